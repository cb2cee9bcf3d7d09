package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.users.Accounts;
import io.haulwatch.store.scope.ScopedDatabase;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The second factor as its owner, an administrator and an attacker meet it. Each test has a user of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondFactorTest {
    private static final String FACTOR = "/api/v1/account/factor";

    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void signInAsksForACodeThatCountsOnce() throws Exception {
        Visitor lead = Visitor.signedIn(stage.port(), "centre");
        Visitor elsewhere = Visitor.signedIn(stage.port(), "centre");
        refused(lead.post(FACTOR, "{\"current\":\"not-my-password\"}"), 422, "wrong-password");
        Authenticator phone = begun(lead);
        assertThat(stage.database.column("select encode(secret, 'hex') from hw.second_factor"))
                .noneMatch(row -> row.contains(java.util.HexFormat.of().formatHex(phone.secret())));
        assertThat(lead.signIn("centre", Visitor.PASSWORD).statusCode()).isEqualTo(200);
        refused(lead.post(FACTOR + "/confirm", "{\"code\":\"" + wrong(phone) + "\"}"), 422, "wrong-code");
        String first = now(phone);
        List<String> recovery = confirmed(lead, first);
        assertThat(recovery)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
        assertThat(elsewhere.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(lead.json(FACTOR).get("recovery_codes").intValue()).isEqualTo(10);
        refused(lead.post(FACTOR, current()), 422, "factor-there");

        Visitor attacker = new Visitor(stage.port());
        refused(attacker.signIn("centre", Visitor.PASSWORD), 401, "second-factor-needed");
        assertThat(attacker.cookie).isNull();
        refused(attacker.signIn("centre", Visitor.PASSWORD, first), 401, "wrong-code");
        refused(attacker.signIn("centre", Visitor.PASSWORD, wrong(phone)), 401, "wrong-code");
        assertThat(attacker.signIn("centre", "not-the-password", now(phone)).body())
                .doesNotContain("wrong-code");

        stage.ahead(30_000);
        String second = now(phone);
        assertThat(lead.signIn("centre", Visitor.PASSWORD, second.substring(0, 3) + " " + second.substring(3))
                        .statusCode())
                .isEqualTo(200);
        refused(attacker.signIn("centre", Visitor.PASSWORD, second), 401, "wrong-code");
        assertThat(lead.signIn("centre", Visitor.PASSWORD, recovery.getFirst().toLowerCase(java.util.Locale.ROOT))
                        .statusCode())
                .isEqualTo(200);
        refused(attacker.signIn("centre", Visitor.PASSWORD, recovery.getFirst()), 401, "wrong-code");
        assertThat(lead.json(FACTOR).get("recovery_codes").intValue()).isEqualTo(9);

        assertThat(stage.database.column("select action from hw.audit where user_id = 2 and action like 'factor%'"))
                .containsExactly("factor.begin");
        assertThat(stage.database.column(
                        "select detail ->> 'why' from hw.audit where user_id = 2 and action = 'session.refused'"))
                .contains("code");
        assertThat(stage.database.column("select a::text from hw.audit a"))
                .noneMatch(row ->
                        recovery.stream().anyMatch(row::contains) || row.contains(first) || row.contains(second));
        assertThat(stage.database.column("select encode(code_hash, 'escape') from hw.recovery_code"))
                .hasSize(9)
                .noneMatch(row -> recovery.stream().anyMatch(row::contains));
    }

    @Test
    void oneCodeSaidByFourAtTheSameMomentLetsOneIn() throws Exception {
        Visitor agent = Visitor.signedIn(stage.port(), "agent");
        Authenticator phone = begun(agent);
        confirmed(agent, now(phone));
        stage.ahead(30_000);
        String code = now(phone);
        List<CompletableFuture<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tries.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return new Visitor(stage.port())
                            .signIn("agent", Visitor.PASSWORD, code)
                            .statusCode();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        assertThat(tries.stream().map(CompletableFuture::join)).containsOnlyOnce(200);
    }

    @Test
    void itsOwnerGivesItUpWithPasswordAndCodeAndAnAdministratorTakesALostOneAway() throws Exception {
        Visitor regulator = Visitor.signedIn(stage.port(), "regulator50");
        Authenticator phone = begun(regulator);
        confirmed(regulator, now(phone));
        stage.ahead(30_000);
        JsonNode renewed = answer(regulator.post(FACTOR + "/recovery", "{\"code\":\"" + now(phone) + "\"}"), 201);
        String recovery = renewed.get("recovery_codes").get(0).textValue();
        assertThat(regulator
                        .send("DELETE", FACTOR, "{\"current\":\"x\",\"code\":\"" + recovery + "\"}")
                        .statusCode())
                .isEqualTo(422);
        refused(
                regulator.send(
                        "DELETE",
                        FACTOR,
                        "{\"current\":\"" + Visitor.PASSWORD + "\",\"code\":\"" + wrong(phone) + "\"}"),
                422,
                "wrong-code");
        assertThat(regulator
                        .send(
                                "DELETE",
                                FACTOR,
                                "{\"current\":\"" + Visitor.PASSWORD + "\",\"code\":\"" + recovery + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(regulator.signIn("regulator50", Visitor.PASSWORD).statusCode())
                .isEqualTo(200);

        Authenticator lost = begun(regulator);
        confirmed(regulator, now(lost));
        Visitor admin = Visitor.signedIn(stage.port(), "admin");
        assertThat(admin.json("/api/v1/users/5").get("second_factor").booleanValue())
                .isTrue();
        assertThat(Visitor.signedIn(stage.port(), "company1")
                        .send("DELETE", "/api/v1/users/5/factor", "{}")
                        .statusCode())
                .isEqualTo(403);
        refused(admin.send("DELETE", "/api/v1/users/1/factor", "{}"), 422, "own-factor");
        assertThat(admin.send("DELETE", "/api/v1/users/5/factor", "{}").statusCode())
                .isEqualTo(204);
        refused(admin.send("DELETE", "/api/v1/users/5/factor", "{}"), 422, "no-factor");
        assertThat(regulator.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(regulator.signIn("regulator50", Visitor.PASSWORD).statusCode())
                .isEqualTo(200);
        assertThat(
                        stage.database.column(
                                "select action from hw.audit where object = 'user:5' and action like 'factor%' order by audit_id"))
                .containsExactly("factor.begin", "factor.recovery", "factor.end", "factor.begin", "factor.take_away");

        Authenticator again = begun(regulator);
        confirmed(regulator, now(again));
        Accounts accounts = Accounts.forCommand(
                new ScopedDatabase(stage.database.databases().app()));
        assertThat(accounts.takeFactorFromCommandLine("nobody")).isFalse();
        assertThat(accounts.takeFactorFromCommandLine("regulator50")).isTrue();
        assertThat(regulator.signIn("regulator50", Visitor.PASSWORD).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSecretThatIsNotConfirmedInTimeCountsForNothing() throws Exception {
        Visitor spare = Visitor.signedIn(stage.port(), "spare");
        Authenticator phone = begun(spare);
        stage.ahead(16 * 60_000L);
        refused(spare.post(FACTOR + "/confirm", "{\"code\":\"" + now(phone) + "\"}"), 422, "wrong-code");
        assertThat(spare.signIn("spare", Visitor.PASSWORD).statusCode()).isEqualTo(200);
        Authenticator newer = begun(spare);
        refused(spare.post(FACTOR + "/confirm", "{\"code\":\"" + now(phone) + "\"}"), 422, "wrong-code");
        confirmed(spare, now(newer));
    }

    @Test
    void whereItIsRequiredNothingButTheAccountAnswersBeforeAndGuessersFromManyAddressesWaitToo() throws Exception {
        ConsoleOptions plain = ConsoleOptions.plain("127.0.0.1", 0, "test");
        try (Stage strict = new Stage(new ConsoleOptions(
                plain.host(),
                0,
                null,
                true,
                null,
                false,
                plain.version(),
                true,
                null,
                plain.secrets(),
                NotificationOptions.NONE,
                "[]"))) {
            Visitor lead = new Visitor(strict.port());
            lead.forwardedFor = "10.0.0.1";
            JsonNode session = Visitor.JSON.readTree(
                    lead.signIn("centre", Visitor.PASSWORD).body());
            assertThat(session.get("second_factor_owed").booleanValue()).isTrue();
            refused(lead.get("/api/v1/vehicles"), 403, "second-factor-owed");
            refused(lead.post("/api/v1/imports?name=a.csv", "a,b"), 403, "second-factor-owed");
            assertThat(AccessWalkTest.opened(lead, "/ws/fleet")).isEqualTo(403);
            assertThat(lead.json(FACTOR).get("required").booleanValue()).isTrue();
            JsonNode begun = answer(lead.post(FACTOR, current()), 201);
            Authenticator phone = Authenticator.of(begun.get("secret").textValue());
            confirmed(lead, phone.code(strict.clock.millis()));
            assertThat(lead.get("/api/v1/vehicles").statusCode()).isEqualTo(200);
            refused(lead.send("DELETE", FACTOR, "{\"current\":\"x\",\"code\":\"x\"}"), 422, "factor-required");
            Visitor company = new Visitor(strict.port());
            assertThat(Visitor.JSON
                            .readTree(
                                    company.signIn("company1", Visitor.PASSWORD).body())
                            .get("second_factor_owed")
                            .booleanValue())
                    .isFalse();

            // Some proxies add a line of their own behind the one that the client made up.
            Visitor liar = new Visitor(strict.port());
            liar.forwardedFor = "10.0.0.1\n198.51.100.7";
            assertThat(liar.signIn("nobody", "x").statusCode()).isEqualTo(401);
            assertThat(strict.database.column("select address from hw.audit where detail ->> 'username' = 'nobody'"))
                    .containsExactly("198.51.100.7");

            int last = 0;
            // Each failure doubles the wait, so that a slow machine only needs some more of them.
            for (int i = 1; i <= 14 && last != 429; i++) {
                Visitor guesser = new Visitor(strict.port());
                guesser.forwardedFor = "203.0.113." + i;
                last = guesser.signIn("centre", Visitor.PASSWORD, "AAAA").statusCode();
                assertThat(last).isEqualTo(i <= 5 ? 401 : last == 429 ? 429 : 401);
            }
            assertThat(last).isEqualTo(429);
            // Who has signed in from his address before is not locked out by them.
            strict.ahead(30_000);
            assertThat(lead.signIn("centre", Visitor.PASSWORD, phone.code(strict.clock.millis()))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRightPasswordLetsNobodyGuessCodesBehindItWithoutEnd() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company2");
        Authenticator phone = begun(company);
        confirmed(company, now(phone));
        int last = 0;
        // Each failure doubles the wait, so that a slow machine only needs some more of them.
        for (int i = 0; i < 14 && last != 429; i++) {
            last = company.send(
                            "DELETE",
                            FACTOR,
                            "{\"current\":\"" + Visitor.PASSWORD + "\",\"code\":\"" + wrong(phone) + "\"}")
                    .statusCode();
            assertThat(last).isIn(422, 429);
        }
        assertThat(last).isEqualTo(429);
        stage.ahead(120_000);
        assertThat(company.send(
                                "DELETE",
                                FACTOR,
                                "{\"current\":\"" + Visitor.PASSWORD + "\",\"code\":\"" + now(phone) + "\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    private static Authenticator begun(Visitor visitor) throws Exception {
        JsonNode begun = answer(visitor.post(FACTOR, current()), 201);
        String secret = begun.get("secret").textValue();
        assertThat(begun.get("uri").textValue())
                .startsWith("otpauth://totp/Haulwatch%3A")
                .contains("?secret=" + secret + "&");
        return Authenticator.of(secret);
    }

    private static List<String> confirmed(Visitor visitor, String code) throws Exception {
        List<String> codes = new ArrayList<>();
        answer(visitor.post(FACTOR + "/confirm", "{\"code\":\"" + code + "\"}"), 201)
                .get("recovery_codes")
                .forEach(each -> codes.add(each.textValue()));
        return codes;
    }

    private String now(Authenticator phone) throws Exception {
        return phone.code(stage.clock.millis());
    }

    /** Six digits that are none of the codes of these minutes. */
    private String wrong(Authenticator phone) throws Exception {
        long now = stage.clock.millis();
        List<String> near = new ArrayList<>();
        for (long step = -3; step <= 3; step++) {
            near.add(phone.code(now + step * 30_000));
        }
        for (int i = 0; ; i++) {
            String code = "00000" + i;
            if (!near.contains(code)) {
                return code;
            }
        }
    }

    private static String current() {
        return "{\"current\":\"" + Visitor.PASSWORD + "\"}";
    }

    private static void refused(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("urn:haulwatch:problem:" + type);
    }

    private static JsonNode answer(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Visitor.JSON.readTree(answer.body());
    }
}
