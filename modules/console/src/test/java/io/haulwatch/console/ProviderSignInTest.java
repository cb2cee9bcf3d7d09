package io.haulwatch.console;

import static io.haulwatch.console.StandInProvider.BY_ANOTHER_KEY;
import static io.haulwatch.console.StandInProvider.BY_CLIENT_SECRET;
import static io.haulwatch.console.StandInProvider.BY_PUBLIC_KEY;
import static io.haulwatch.console.StandInProvider.RIGHT;
import static io.haulwatch.console.StandInProvider.UNSIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.haulwatch.console.StandInProvider.Signing;
import io.haulwatch.console.notifications.NotificationOptions;
import io.haulwatch.console.provider.ProviderOptions;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Signing in through a provider that also lies, in an installation that wants a second factor. Each test has users of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // @BeforeAll sets the fields
class ProviderSignInTest {
    private static final String PROVIDER = "/api/v1/session/provider";
    private static final String HERE = "http://127.0.0.1:9" + PROVIDER + "/callback";

    private StandInProvider provider;
    private Stage stage;
    private HttpResponse<String> early;
    private JsonNode earlyView;
    private Visitor desk;

    @BeforeAll
    void start() throws Exception {
        provider = new StandInProvider();
        // The provider is away while the console starts.
        provider.away(true);
        stage = new Stage(options(provider.issuer()));
        provider.follow(stage.clock);
        Visitor visitor = new Visitor(stage.port());
        early = visitor.post(PROVIDER, "{}");
        earlyView = visitor.json(PROVIDER);
        desk = Visitor.signedIn(stage.port(), "centre");
        provider.away(false);
        stage.ahead(6_000);
    }

    @AfterAll
    void stop() {
        stage.close();
        provider.close();
    }

    @Test
    void aLinkedPersonEntersIsBoundAndKnownAgainWhateverHisAddressBecomes() throws Exception {
        link("agent", "li.hua@example.com");
        Visitor browser = new Visitor(stage.port());
        String address = begin(browser, "/alarms?status=open");
        Map<String, String> asked = StandInProvider.form(address.substring(address.indexOf('?') + 1));
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", StandInProvider.CLIENT)
                .containsEntry("redirect_uri", HERE)
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("acr_values", "two-steps");
        assertThat(asked.get("state")).hasSize(43);
        assertThat(asked.get("nonce")).hasSize(43).isNotEqualTo(asked.get("state"));
        assertThat(asked.getOrDefault("scope", "").split(" ")).containsExactlyInAnyOrder("openid", "email");
        assertThat(browser.cookie).startsWith("hw_provider=");

        HttpResponse<String> in = back(browser, address, RIGHT, verified("Li.Hua@Example.com", "s-agent"));
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).contains("/alarms?status=open");
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("hw_session=")
                .contains("HttpOnly", "SameSite=Strict");
        enter(browser, in);
        assertThat(browser.json("/api/v1/session").get("user").get("username").textValue())
                .isEqualTo("agent");
        JsonNode session = browser.json("/api/v1/account/sessions").get("items").get(0);
        assertThat(session.get("by_provider").booleanValue()).isTrue();
        assertThat(audit("agent", "detail ->> 'second_factor'", "session.begin"))
                .containsExactly("none");
        assertThat(audit("agent", "detail ->> 'bound_to'", "user.provider_bind"))
                .containsExactly("s-agent");

        Visitor again = new Visitor(stage.port());
        assertEntered(again, back(again, begin(again, null), RIGHT, verified("married@example.com", "s-agent")), "/");
        assertThat(stage.database.column("select name from hw.provider_link where subject = 's-agent'"))
                .containsExactly("li.hua@example.com");

        // The address went to somebody else: it opens nothing.
        assertRefused(verified("li.hua@example.com", "s-new-colleague"), "other-subject");
        assertThat(browser.send("DELETE", "/api/v1/session", null).statusCode()).isEqualTo(204);
        assertThat(browser.get("/api/v1/session").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatDoesNotProveWhatItSaysOpensNothing() throws Exception {
        link("company1", "forged@example.com");
        Instant now = stage.clock.instant();
        UnaryOperator<JWTClaimsSet.Builder> good = verified("forged@example.com", "s-forged");
        assertForged(good, UNSIGNED, "Unsecured");
        assertForged(good, BY_PUBLIC_KEY, "");
        assertForged(good, BY_CLIENT_SECRET, "");
        assertForged(good, BY_ANOTHER_KEY, "Invalid signature");
        assertForged(with(good, claims -> claims.claim("nonce", "another")), RIGHT, "nonce");
        assertForged(with(good, claims -> claims.claim("nonce", null)), RIGHT, "nonce");
        assertForged(with(good, claims -> claims.audience("another-client")), RIGHT, "aud");
        assertForged(with(good, claims -> claims.audience(List.of(StandInProvider.CLIENT, "x"))), RIGHT, "azp");
        assertForged(with(good, claims -> claims.claim("azp", "another-client")), RIGHT, "azp");
        assertForged(with(good, claims -> claims.issuer("https://another.example.com")), RIGHT, "iss");
        assertForged(with(good, claims -> claims.subject(null)), RIGHT, "sub");
        assertForged(with(good, claims -> claims.expirationTime(null)), RIGHT, "exp");
        assertForged(with(good, claims -> claims.expirationTime(Date.from(now.minusSeconds(120)))), RIGHT, "Expired");
        assertForged(with(good, claims -> claims.issueTime(Date.from(now.plusSeconds(600)))), RIGHT, "future");
        // Clocks differ a little.
        Visitor browser = new Visitor(stage.port());
        UnaryOperator<JWTClaimsSet.Builder> late = with(
                good,
                claims -> claims.expirationTime(Date.from(stage.clock.instant().minusSeconds(20))));
        assertEntered(browser, back(browser, begin(browser, null), RIGHT, late), "/");
    }

    @Test
    void onlyTheBrowserThatBeganComesBackAndOnlyOnce() throws Exception {
        link("company2", "once@example.com");
        UnaryOperator<JWTClaimsSet.Builder> good = verified("once@example.com", "s-once");
        Visitor browser = new Visitor(stage.port());
        String address = begin(browser, "/map");
        String code = provider.codeFor(address, RIGHT, good);
        String state = state(address);

        Visitor victim = new Visitor(stage.port());
        begin(victim, null);
        assertThat(refusal(victim.get(callback(code, state)))).isEqualTo("sign-in-expired");
        // Whoever was lured takes the sign-in with him.
        assertThat(refusal(browser.get(callback(code, state)))).isEqualTo("sign-in-expired");

        String second = begin(browser, "/map");
        String secondCode = provider.codeFor(second, RIGHT, good);
        assertThat(refusal(browser.get(callback(secondCode, "made-up")))).isEqualTo("sign-in-expired");
        assertThat(refusal(new Visitor(stage.port()).get(callback(secondCode, state(second)))))
                .isEqualTo("sign-in-expired");

        String third = begin(browser, "/map");
        String thirdCode = provider.codeFor(third, RIGHT, good);
        String bindings = browser.cookie;
        HttpResponse<String> in = browser.get(callback(thirdCode, state(third)));
        assertThat(in.headers().firstValue("Location")).contains("/map");
        browser.cookie = bindings;
        assertThat(refusal(browser.get(callback(thirdCode, state(third))))).isEqualTo("sign-in-expired");
        // A code that was used, under a sign-in of its own.
        String fourth = begin(browser, "/map");
        assertThat(refusal(browser.get(callback(thirdCode, state(fourth))))).isEqualTo("code-refused");

        String fifth = begin(browser, "/map");
        String fifthCode = provider.codeFor(fifth, RIGHT, good);
        stage.ahead(Duration.ofMinutes(11).toMillis());
        assertThat(refusal(browser.get(callback(fifthCode, state(fifth))))).isEqualTo("sign-in-expired");
        String sixth = begin(browser, "/map");
        assertThat(refusal(browser.get(PROVIDER + "/callback?error=access_denied&state=" + state(sixth))))
                .isEqualTo("provider-refused");
    }

    @Test
    void whoCallsBackWithoutEndFillsNoAudit() throws Exception {
        Visitor stranger = new Visitor(stage.port());
        String rows = "select 1 from hw.audit where detail ->> 'why' = 'sign-in-expired'";
        int before = stage.database.column(rows).size();
        for (int i = 0; i < 40; i++) {
            stranger.get(callback("x", "y" + i));
        }
        assertThat(stage.database.column(rows).size() - before).isLessThan(12);
    }

    @Test
    void nobodyIsMadeAndNobodyEntersWithoutAnAccountThatIsLinkedToHim() throws Exception {
        int users = stage.database.column("select 1 from hw.app_user").size();
        assertRefused(verified("stranger@example.com", "s-stranger"), "not-linked");
        link("spare", "spare@example.com");
        assertRefused(claims -> claims.subject("s-spare").claim("email", "spare@example.com"), "email-not-verified");
        assertRefused(
                claims -> claims.subject("s-spare")
                        .claim("email", "spare@example.com")
                        .claim("email_verified", false),
                "email-not-verified");
        assertRefused(claims -> claims.subject("s-spare").claim("email_verified", true), "claim-missing");
        stage.database.run("update hw.app_user set disabled = true where username = 'spare'");
        assertRefused(verified("spare@example.com", "s-spare"), "account-disabled");
        assertThat(stage.database.column("select 1 from hw.app_user")).hasSize(users);
        assertThat(stage.database.column(
                        "select user_id is null from hw.audit where detail ->> 'name' = 'stranger@example.com'"))
                .containsExactly("t");
    }

    @Test
    void ourOwnSecondFactorIsStillAskedUnlessTheProviderAskedForOne() throws Exception {
        link("centre", "lead@example.com");
        JsonNode begun =
                Visitor.JSON.readTree(desk.post("/api/v1/account/factor", "{\"current\":\"" + Visitor.PASSWORD + "\"}")
                        .body());
        Authenticator phone = Authenticator.of(begun.get("secret").textValue());
        assertThat(desk.post("/api/v1/account/factor/confirm", code(phone)).statusCode())
                .isEqualTo(201);
        stage.ahead(30_000);

        UnaryOperator<JWTClaimsSet.Builder> lead = verified("lead@example.com", "s-lead");
        Visitor browser = new Visitor(stage.port());
        HttpResponse<String> half = back(browser, begin(browser, "/orders"), RIGHT, lead);
        assertThat(half.headers().firstValue("Location")).contains("/sign-in?step=code&next=%2Forders");
        assertThat(half.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("hw_provider=")
                .contains("HttpOnly", "SameSite=Lax");
        String earlier = browser.cookie;
        browser.cookie = cookie(half);
        assertThat(browser.cookie).isNotEqualTo(earlier);
        assertThat(browser.get("/api/v1/session").statusCode()).isEqualTo(401);

        Visitor stranger = new Visitor(stage.port());
        assertThat(stranger.post(PROVIDER + "/code", code(phone)).body()).contains("sign-in-expired");
        HttpResponse<String> wrong = browser.post(PROVIDER + "/code", "{\"code\":\"not-a-code\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("wrong-code");
        HttpResponse<String> in = browser.post(PROVIDER + "/code", code(phone));
        assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
        stranger.cookie = browser.cookie;
        stage.ahead(30_000);
        assertThat(stranger.post(PROVIDER + "/code", code(phone)).body()).contains("sign-in-expired");
        browser.cookie = cookie(in);
        assertThat(browser.get("/api/v1/vehicles").statusCode()).isEqualTo(200);

        Visitor trusted = new Visitor(stage.port());
        assertEntered(
                trusted,
                back(trusted, begin(trusted, null), RIGHT, with(lead, claims -> claims.claim("amr", List.of("mfa")))),
                "/");
        assertThat(audit("centre", "detail ->> 'second_factor'", "session.begin"))
                .containsSequence("own", "provider");
        // The administrator takes the account from him between the provider and the code.
        Visitor late = new Visitor(stage.port());
        late.cookie = cookie(back(late, begin(late, null), RIGHT, lead));
        stage.database.run("update hw.app_user set disabled = true where username = 'centre'");
        stage.ahead(30_000);
        assertThat(late.post(PROVIDER + "/code", code(phone)).body()).contains("sign-in-expired");
    }

    @Test
    void aRoleThatMustHaveASecondFactorEntersWhollyWhereTheProviderVouchesForIt() throws Exception {
        link("regulator50", "regulator@example.com");
        UnaryOperator<JWTClaimsSet.Builder> regulator = verified("regulator@example.com", "s-regulator");
        Visitor browser = new Visitor(stage.port());
        assertEntered(browser, back(browser, begin(browser, null), RIGHT, regulator), "/");
        assertThat(browser.get("/api/v1/vehicles").body()).contains("second-factor-owed");
        Visitor vouched = new Visitor(stage.port());
        UnaryOperator<JWTClaimsSet.Builder> twoSteps = with(regulator, claims -> claims.claim("acr", "two-steps"));
        assertEntered(vouched, back(vouched, begin(vouched, null), RIGHT, twoSteps), "/");
        assertThat(vouched.get("/api/v1/vehicles").statusCode()).isEqualTo(200);
    }

    @Test
    void anAdministratorLinksAndUnlinksOnlyOneEachAndUnlinkingEndsTheProvidersSessions() throws Exception {
        link("admin", "admin@example.com");
        Visitor admin = new Visitor(stage.port());
        UnaryOperator<JWTClaimsSet.Builder> vouched =
                with(verified("admin@example.com", "s-admin"), claims -> claims.claim("amr", List.of("pwd", "mfa")));
        assertEntered(admin, back(admin, begin(admin, null), RIGHT, vouched), "/");

        String group = "/api/v1/users/" + idOf("group") + "/provider";
        String driver = "/api/v1/users/" + idOf("driver1") + "/provider";
        assertThat(admin.post(group, "{\"name\":\"no address\"}").body()).contains("provider-no-such-name");
        assertThat(admin.post("/api/v1/users/9999/provider", "{\"name\":\"a@example.com\"}")
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> linked = admin.post(group, "{\"name\":\" Group@Example.com \"}");
        assertThat(linked.statusCode()).as(linked.body()).isEqualTo(201);
        JsonNode user = Visitor.JSON.readTree(linked.body());
        assertThat(user.get("provider_name").textValue()).isEqualTo("group@example.com");
        assertThat(user.get("provider_bound_at").isNull()).isTrue();
        assertThat(admin.post(group, "{\"name\":\"b@example.com\"}").body()).contains("provider-linked");
        assertThat(admin.post(driver, "{\"name\":\"GROUP@example.com\"}").body())
                .contains("provider-name-taken");

        UnaryOperator<JWTClaimsSet.Builder> person = verified("group@example.com", "s-group");
        Visitor provided = new Visitor(stage.port());
        assertEntered(provided, back(provided, begin(provided, null), RIGHT, person), "/");
        stage.database.run("insert into hw.session (token_hash, user_id, csrf, expires_at) values ('by password', "
                + idOf("group") + ", 'x', now() + interval '1 hour')");
        assertThat(admin.json("/api/v1/users/" + idOf("group"))
                        .get("provider_bound_at")
                        .isNull())
                .isFalse();

        assertThat(provided.send("DELETE", group, "{}").statusCode()).isEqualTo(403);
        HttpResponse<String> unlinked = admin.send("DELETE", group, "{}");
        assertThat(unlinked.statusCode()).as(unlinked.body()).isEqualTo(200);
        assertThat(admin.send("DELETE", group, "{}").body()).contains("provider-not-linked");
        assertThat(provided.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(stage.database.column("select by_provider from hw.session where user_id = " + idOf("group")))
                .containsExactly("f");
        assertRefused(person, "not-linked");
        assertThat(stage.database.column("select action from hw.audit where object = 'user:" + idOf("group")
                        + "' and action like 'user.provider%' order by audit_id"))
                .containsExactly("user.provider_link", "user.provider_bind", "user.provider_unlink");
    }

    @Test
    void nobodyIsSentElsewhere() throws Exception {
        Visitor browser = new Visitor(stage.port());
        for (String next : List.of(
                "https://evil.example",
                "//evil.example",
                "/\\\\evil.example",
                "/\\t/evil.example",
                "evil",
                "/a b",
                "/%0d%0aX: y\\n")) {
            assertThat(browser.post(PROVIDER, "{\"next\":\"" + next + "\"}").statusCode())
                    .as(next)
                    .isEqualTo(400);
        }
        browser.origin = "https://evil.example";
        assertThat(browser.post(PROVIDER, "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void aProviderThatIsAwayIsSaidAndPasswordsWorkOn() throws Exception {
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("urn:haulwatch:problem:provider-away");
        assertThat(earlyView.get("configured").booleanValue()).isTrue();
        assertThat(earlyView.get("answers").booleanValue()).isFalse();
        assertThat(desk.cookie).startsWith("hw_session=");
        Visitor browser = new Visitor(stage.port());
        String address = begin(browser, "/map");
        assertThat(browser.json(PROVIDER).get("answers").booleanValue()).isTrue();
        provider.away(true);
        try {
            String code = provider.codeFor(address, RIGHT, verified("x@example.com", "s-x"));
            HttpResponse<String> away = browser.get(callback(code, state(address)));
            assertThat(away.headers().firstValue("Location")).contains("/sign-in?refused=provider-away&next=%2Fmap");
        } finally {
            provider.away(false);
        }
    }

    private static ConsoleOptions options(String issuer) {
        ConsoleOptions plain = ConsoleOptions.plain("127.0.0.1", 0, "test");
        return new ConsoleOptions(
                plain.host(),
                0,
                null,
                false,
                null,
                false,
                plain.version(),
                true,
                new ProviderOptions(
                        issuer,
                        StandInProvider.CLIENT,
                        new ProviderOptions.Secret(StandInProvider.SECRET, null),
                        HERE,
                        "组织账号",
                        "email",
                        Set.of("openid", "email"),
                        Set.of("two-steps"),
                        Set.of("mfa")),
                plain.secrets(),
                NotificationOptions.NONE,
                "[]");
    }

    /** What an administrator does on the page of a user. */
    private void link(String username, String name) throws SQLException {
        stage.database.run(
                "insert into hw.provider_link (user_id, claim, name, linked_at, linked_by) select user_id, 'email', '"
                        + name + "', now(), 1 from hw.app_user where username = '" + username + "'");
    }

    /** A page begins. @return where the browser goes */
    private static String begin(Visitor browser, @Nullable String next) throws Exception {
        HttpResponse<String> begun = browser.post(PROVIDER, next == null ? "{}" : "{\"next\":\"" + next + "\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        browser.cookie = cookie(begun);
        return Visitor.JSON.readTree(begun.body()).get("address").textValue();
    }

    /** Somebody signs in over there, and his browser comes back. */
    private HttpResponse<String> back(
            Visitor browser, String address, Signing signing, UnaryOperator<JWTClaimsSet.Builder> claims)
            throws Exception {
        return browser.get(callback(provider.codeFor(address, signing, claims), state(address)));
    }

    private void assertForged(UnaryOperator<JWTClaimsSet.Builder> claims, Signing signing, String because)
            throws Exception {
        Visitor browser = new Visitor(stage.port());
        assertThat(refusal(back(browser, begin(browser, null), signing, claims)))
                .as(because)
                .isEqualTo("token-invalid");
        assertThat(stage.database
                        .column("select detail ->> 'detail' from hw.audit where detail ->> 'why' = 'token-invalid'"
                                + " order by audit_id desc limit 1")
                        .getFirst())
                .contains(because);
    }

    private void assertRefused(UnaryOperator<JWTClaimsSet.Builder> claims, String why) throws Exception {
        Visitor browser = new Visitor(stage.port());
        assertThat(refusal(back(browser, begin(browser, null), RIGHT, claims))).isEqualTo(why);
        assertThat(stage.database
                        .column("select detail ->> 'why' from hw.audit where action = 'session.refused'"
                                + " order by audit_id desc limit 1")
                        .getFirst())
                .isEqualTo(why);
    }

    /** Why the sign-in page is shown again; without any cookie. */
    private static String refusal(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("/sign-in?refused=");
        return location.substring(location.indexOf('=') + 1).replaceAll("&.*", "");
    }

    private static void assertEntered(Visitor browser, HttpResponse<String> in, String where) throws Exception {
        assertThat(in.headers().firstValue("Location")).contains(where);
        enter(browser, in);
    }

    private static void enter(Visitor browser, HttpResponse<String> in) throws Exception {
        browser.cookie = cookie(in);
        browser.csrf = browser.json("/api/v1/session").get("csrf_token").textValue();
    }

    private static String cookie(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }

    private static String callback(String code, String state) {
        return PROVIDER + "/callback?code=" + code + "&state=" + state;
    }

    private static String state(String address) {
        return StandInProvider.form(address.substring(address.indexOf('?') + 1)).getOrDefault("state", "");
    }

    private String code(Authenticator phone) throws Exception {
        return "{\"code\":\"" + phone.code(stage.clock.millis()) + "\"}";
    }

    private List<String> audit(String username, String column, String action) throws SQLException {
        return stage.database.column("select " + column + " from hw.audit where action = '" + action
                + "' and detail ->> 'username' = '" + username + "' and " + column
                + " is not null order by audit_id");
    }

    private int idOf(String username) throws SQLException {
        return Integer.parseInt(stage.database
                .column("select user_id from hw.app_user where username = '" + username + "'")
                .getFirst());
    }

    private static UnaryOperator<JWTClaimsSet.Builder> verified(String email, String subject) {
        return claims -> claims.subject(subject).claim("email", email).claim("email_verified", true);
    }

    private static UnaryOperator<JWTClaimsSet.Builder> with(
            UnaryOperator<JWTClaimsSet.Builder> first, UnaryOperator<JWTClaimsSet.Builder> then) {
        return claims -> then.apply(first.apply(claims));
    }
}
