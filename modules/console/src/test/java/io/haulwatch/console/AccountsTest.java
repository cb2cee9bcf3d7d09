package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.users.Accounts;
import io.haulwatch.console.users.Link;
import io.haulwatch.store.scope.ScopedDatabase;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users are invited, changed, disabled and reset, and every act leaves its row in the audit. */
@SuppressWarnings("NullAway.Init") // @BeforeEach sets the fields
class AccountsTest {
    private static final String NEW_PASSWORD = "海阔天空-1121-ab";

    private Stage stage;
    private Visitor admin;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage();
        admin = Visitor.signedIn(stage.port(), "admin");
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void anInvitedPersonChoosesHisPasswordByALinkThatWorksOnce() throws Exception {
        JsonNode invited = invite("lihua", "李华", "company", "company:2,1");
        String path = invited.get("link").get("path").textValue();
        assertThat(path).startsWith("/welcome#");
        String token = path.substring(path.indexOf('#') + 1);
        assertThat(invited.get("user").get("state").textValue()).isEqualTo("pending");
        assertThat(invited.get("user").get("scope").textValue()).isEqualTo("company:1,2");
        assertThat(stage.database.column("select l::text from hw.one_time_link l"))
                .noneMatch(row -> row.contains(token));
        assertThat(admin.get("/api/v1/users").body()).contains("lihua").doesNotContain(token);

        Visitor invitee = new Visitor(stage.port());
        assertThat(invitee.signIn("lihua", NEW_PASSWORD).statusCode()).isEqualTo(401);
        JsonNode owner = Visitor.JSON.readTree(
                invitee.post("/api/v1/link", body("token", token)).body());
        assertThat(owner.get("display_name").textValue()).isEqualTo("李华");
        assertThat(owner.get("purpose").textValue()).isEqualTo("invitation");

        HttpResponse<String> weak =
                invitee.post("/api/v1/link/password", body("token", token, "password", "lihua-lihua-1"));
        assertThat(weak.statusCode()).isEqualTo(422);
        assertThat(weak.body()).contains("urn:haulwatch:problem:password-name");
        assertThat(choose(invitee, token, NEW_PASSWORD).statusCode()).isEqualTo(204);
        assertThat(choose(invitee, token, "another-password-77").statusCode()).isEqualTo(404);
        assertThat(invitee.signIn("lihua", NEW_PASSWORD).statusCode()).isEqualTo(200);
        assertThat(invitee.json("/api/v1/companies").get("items")).hasSize(2);
        assertThat(acts("lihua")).containsExactly("user.invite", "user.password", "session.begin");
        assertThat(stage.database.column("select a::text from hw.audit a"))
                .noneMatch(row -> row.contains(token) || row.contains(NEW_PASSWORD));
    }

    @Test
    void linksThatAreUnknownOverReplacedOrOfADisabledUserAllGetTheSameWords() throws Exception {
        String replaced = token(invite("lihua", "李华", "agent", "all"));
        int id = idOf("lihua");
        String newer = token(answer(admin.post("/api/v1/users/" + id + "/link", "{}"), 201));
        String ofDisabled = token(invite("wang", "王", "agent", "all"));
        patch(idOf("wang"), "{\"disabled\":true}", 200);
        Visitor stranger = new Visitor(stage.port());
        List<String> words = new ArrayList<>();
        for (String token : List.of(replaced, ofDisabled, "x".repeat(43), "short")) {
            JsonNode refused = Visitor.JSON.readTree(
                    stranger.post("/api/v1/link", body("token", token)).body());
            words.add(refused.get("status") + " " + refused.get("detail") + " " + refused.get("title"));
        }
        assertThat(words).hasSize(4).containsOnly(words.getFirst());
        assertThat(words.getFirst()).startsWith("404");
        assertThat(stranger.post("/api/v1/link", body("token", newer)).statusCode())
                .isEqualTo(200);
        stage.ahead(Duration.ofHours(73).toMillis());
        JsonNode over = Visitor.JSON.readTree(
                stranger.post("/api/v1/link", body("token", newer)).body());
        assertThat(over.get("status") + " " + over.get("detail") + " " + over.get("title"))
                .isEqualTo(words.getFirst());
    }

    @Test
    void whoTriesLinksIsSlowedDown() throws Exception {
        Visitor stranger = new Visitor(stage.port());
        HttpResponse<String> last = stranger.post("/api/v1/link", body("token", "x".repeat(43)));
        for (int i = 0; i < 6; i++) {
            last = stranger.post("/api/v1/link/password", body("token", "y".repeat(42) + i, "password", NEW_PASSWORD));
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(admin.get("/api/v1/users").statusCode()).isEqualTo(200);
    }

    @Test
    void twoWhoUseOneLinkAtTheSameMomentAreOneTooMany() throws Exception {
        String token = token(invite("lihua", "李华", "agent", "all"));
        List<CompletableFuture<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String password = NEW_PASSWORD + i;
            tries.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return choose(new Visitor(stage.port()), token, password).statusCode();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        List<Integer> answers = tries.stream().map(CompletableFuture::join).toList();
        assertThat(answers).containsOnlyOnce(204);
        assertThat(stage.database.column("select 1 from hw.audit where action = 'user.password'"))
                .hasSize(1);
    }

    @Test
    void aResetEndsTheSessionsAndTheOldPasswordAtOnce() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        String token = token(answer(admin.post("/api/v1/users/" + idOf("company1") + "/link", "{}"), 201));
        assertThat(company.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(company.signIn("company1", Visitor.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(choose(company, token, NEW_PASSWORD).statusCode()).isEqualTo(204);
        assertThat(company.signIn("company1", NEW_PASSWORD).statusCode()).isEqualTo(200);
        assertThat(admin.post("/api/v1/users/" + idOf("admin") + "/link", "{}").body())
                .contains("own-password");
    }

    @Test
    void theLastAdministratorIsNeitherDisabledNorDemoted() throws Exception {
        int own = idOf("admin");
        assertThat(patch(own, "{\"disabled\":true}", 422)).contains("last-administrator");
        assertThat(patch(own, "{\"role\":\"lead\"}", 422)).contains("last-administrator");
        // One who has not chosen a password cannot sign in, so he does not count.
        String token = token(invite("second", "第二", "admin", "all"));
        assertThat(patch(own, "{\"disabled\":true}", 422)).contains("last-administrator");
        choose(new Visitor(stage.port()), token, NEW_PASSWORD);
        patch(own, "{\"role\":\"lead\"}", 200);
        assertThat(admin.get("/api/v1/users").statusCode()).isEqualTo(403);
    }

    @Test
    void twoAdministratorsWhoDisableEachOtherAtTheSameMomentLeaveOne() throws Exception {
        choose(new Visitor(stage.port()), token(invite("second", "第二", "admin", "all")), NEW_PASSWORD);
        Visitor second = new Visitor(stage.port());
        second.signIn("second", NEW_PASSWORD);
        int first = idOf("admin");
        int other = idOf("second");
        var one = CompletableFuture.runAsync(() -> sendPatch(admin, other));
        var two = CompletableFuture.runAsync(() -> sendPatch(second, first));
        CompletableFuture.allOf(one, two).join();
        assertThat(stage.database.column("select username from hw.app_user where role = 'admin' and not disabled"))
                .hasSize(1);
    }

    @Test
    void aDisabledUserIsOutAtOnceAndBackWithHisPasswordWhenEnabled() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        int id = idOf("company1");
        patch(id, "{\"disabled\":true}", 200);
        assertThat(company.get("/api/v1/session").statusCode()).isEqualTo(401);
        HttpResponse<String> refused = company.signIn("company1", Visitor.PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("User name or password is wrong.");
        assertThat(admin.post("/api/v1/users/" + id + "/link", "{}").body()).contains("user-disabled");
        patch(id, "{\"disabled\":false}", 200);
        assertThat(company.signIn("company1", Visitor.PASSWORD).statusCode()).isEqualTo(200);
        assertThat(acts("company1")).contains("user.disable", "user.enable");
    }

    @Test
    void anotherRoleAndScopeCountFromTheNextCall() throws Exception {
        Visitor company = Visitor.signedIn(stage.port(), "company1");
        assertThat(company.json("/api/v1/companies").get("items")).hasSize(1);
        patch(idOf("company1"), "{\"role\":\"regulator\",\"scope\":\"region:51,50\",\"display_name\":\"李 敏\"}", 200);
        assertThat(company.json("/api/v1/companies").get("items")).hasSize(2);
        assertThat(company.json("/api/v1/session").get("user").get("role").textValue())
                .isEqualTo("regulator");
        assertThat(patch(idOf("company1"), "{\"role\":\"company\"}", 400)).contains("company manager");
        assertThat(patch(idOf("company1"), "{\"scope\":\"company:77\"}", 400)).contains("company=77");
        assertThat(
                        stage.database.column(
                                "select detail ->> 'scope_before' || ' ' || (detail ->> 'scope') from hw.audit where action = 'user.change'"))
                .containsExactly("company:1 region:50,51");
    }

    @Test
    void aTakenNameIsRefusedWhateverItsCase() throws Exception {
        HttpResponse<String> taken = admin.post(
                "/api/v1/users", body("username", "COMPANY1", "display_name", "x", "role", "agent", "scope", "all"));
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(taken.body()).contains("urn:haulwatch:problem:name-taken");
    }

    @Test
    void usersAreFoundByNameRoleCompanyAndStatePageByPage() throws Exception {
        invite("zoe_1", "佐伊", "driver", "company:2");
        assertThat(names("?query=%E4%BD%90")).containsExactly("zoe_1");
        assertThat(names("?query=e_1")).containsExactly("zoe_1");
        assertThat(names("?role=regulator")).containsExactly("regulator50");
        assertThat(names("?state=pending")).containsExactly("zoe_1");
        assertThat(names("?company=2")).containsExactly("company2", "group", "zoe_1");
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = admin.json("/api/v1/users?limit=3&cursor=" + cursor);
            page.get("items").forEach(user -> paged.add(user.get("username").textValue()));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : page.get("next_cursor").textValue();
        } while (!cursor.isEmpty());
        assertThat(paged).isSorted().doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void anOwnPasswordNeedsTheCurrentOneAndEndsTheOtherSessions() throws Exception {
        Visitor here = Visitor.signedIn(stage.port(), "company1");
        Visitor there = Visitor.signedIn(stage.port(), "company1");
        HttpResponse<String> wrong =
                here.post("/api/v1/account/password", body("current", "not-it-at-all", "password", NEW_PASSWORD));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("wrong-password");
        assertThat(here.post("/api/v1/account/password", body("current", Visitor.PASSWORD, "password", "short"))
                        .body())
                .contains("password-length");
        assertThat(here.post("/api/v1/account/password", body("current", Visitor.PASSWORD, "password", NEW_PASSWORD))
                        .statusCode())
                .isEqualTo(204);
        assertThat(here.get("/api/v1/session").statusCode()).isEqualTo(200);
        assertThat(there.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(there.signIn("company1", Visitor.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(there.signIn("company1", NEW_PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void whoGuessesTheCurrentPasswordOfAnOpenDeskIsSlowedDown() throws Exception {
        Visitor desk = Visitor.signedIn(stage.port(), "company1");
        HttpResponse<String> last =
                desk.post("/api/v1/account/password", body("current", "x", "password", NEW_PASSWORD));
        for (int i = 0; i < 6; i++) {
            last = desk.post("/api/v1/account/password", body("current", "x" + i, "password", NEW_PASSWORD));
        }
        assertThat(last.statusCode()).isEqualTo(429);
    }

    @Test
    void sessionsAreListedAndEndedByTheirOwnerAndByAdministrators() throws Exception {
        Visitor here = Visitor.signedIn(stage.port(), "company1");
        Visitor there = Visitor.signedIn(stage.port(), "company1");
        Visitor other = Visitor.signedIn(stage.port(), "company2");
        JsonNode sessions = here.json("/api/v1/account/sessions").get("items");
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).get("address").textValue()).isEqualTo("127.0.0.1");
        long current = -1;
        long foreign = -1;
        for (JsonNode session : sessions) {
            if (session.get("current").booleanValue()) {
                current = session.get("id").longValue();
            } else {
                foreign = session.get("id").longValue();
            }
        }
        assertThat(current).isPositive();
        assertThat(other.send("DELETE", "/api/v1/account/sessions/" + foreign, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(here.send("DELETE", "/api/v1/account/sessions/" + foreign, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(there.get("/api/v1/session").statusCode()).isEqualTo(401);
        int id = idOf("company1");
        assertThat(admin.json("/api/v1/users/" + id + "/sessions").get("items")).hasSize(1);
        assertThat(admin.send("DELETE", "/api/v1/users/" + id + "/sessions/" + current, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(here.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(admin.send("DELETE", "/api/v1/users/" + idOf("company2") + "/sessions", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(other.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(acts("company1")).contains("session.revoke");
    }

    @Test
    void theAuditIsReadNewestFirstAndNobodyRewritesIt() throws Exception {
        invite("lihua", "李华", "agent", "all");
        patch(idOf("lihua"), "{\"display_name\":\"李 华\"}", 200);
        JsonNode newest = admin.json("/api/v1/audit?kind=user&limit=1");
        JsonNode entry = newest.get("items").get(0);
        assertThat(entry.get("action").textValue()).isEqualTo("user.change");
        assertThat(entry.get("who").get("username").textValue()).isEqualTo("admin");
        assertThat(entry.get("object").textValue()).isEqualTo("user:" + idOf("lihua"));
        assertThat(entry.get("address").textValue()).isEqualTo("127.0.0.1");
        assertThat(entry.get("detail").get("display_name_before").textValue()).isEqualTo("李华");
        JsonNode next = admin.json("/api/v1/audit?kind=user&limit=1&cursor="
                + newest.get("next_cursor").textValue());
        assertThat(next.get("items").get(0).get("action").textValue()).isEqualTo("user.invite");
        assertThat(admin.json("/api/v1/audit?user=" + idOf("lihua")).get("items"))
                .hasSize(2);
        for (String edit : List.of("update hw.audit set action = 'x'", "delete from hw.audit", "truncate hw.audit")) {
            assertThatThrownBy(() -> stage.database.run(edit))
                    .as(edit)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("only ever added to");
        }
    }

    @Test
    void theCommandLineGivesTheOnlyAdministratorAWayIn() throws Exception {
        Accounts accounts = Accounts.forCommand(
                new ScopedDatabase(stage.database.databases().app()));
        assertThat(accounts.all()).hasSize(9);
        assertThat(accounts.resetFromCommandLine("nobody")).isEmpty();
        Link link = accounts.resetFromCommandLine("ADMIN").orElseThrow();
        assertThat(link.toString()).doesNotContain(link.path().substring(9));
        // The running console believes a session for a few seconds.
        stage.ahead(6_000);
        assertThat(admin.get("/api/v1/session").statusCode()).isEqualTo(401);
        assertThat(choose(admin, link.path().substring(9), NEW_PASSWORD).statusCode())
                .isEqualTo(204);
        assertThat(admin.signIn("admin", NEW_PASSWORD).statusCode()).isEqualTo(200);
        try (Passwords passwords = new Passwords(new SecureRandom())) {
            assertThat(accounts.setPasswordFromCommandLine("nobody", "typed-by-hand-77", passwords))
                    .isFalse();
            assertThatThrownBy(() -> accounts.setPasswordFromCommandLine("admin", "short", passwords))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(accounts.setPasswordFromCommandLine("admin", "typed-by-hand-77", passwords))
                    .isTrue();
        }
        assertThat(admin.signIn("admin", "typed-by-hand-77").statusCode()).isEqualTo(200);
        assertThat(stage.database.column(
                        "select distinct address from hw.audit where action in ('user.reset', 'user.password') "
                                + "and user_id is null"))
                .containsExactly(Accounts.COMMAND_LINE);
    }

    private JsonNode invite(String username, String name, String role, String scope) throws Exception {
        return answer(
                admin.post(
                        "/api/v1/users",
                        body("username", username, "display_name", name, "role", role, "scope", scope)),
                201);
    }

    private static HttpResponse<String> choose(Visitor visitor, String token, String password) throws Exception {
        return visitor.post("/api/v1/link/password", body("token", token, "password", password));
    }

    private String patch(int id, String change, int status) throws Exception {
        HttpResponse<String> answer = admin.send("PATCH", "/api/v1/users/" + id, change);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private static void sendPatch(Visitor visitor, int id) {
        try {
            visitor.send("PATCH", "/api/v1/users/" + id, "{\"disabled\":true}");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(JsonNode invited) {
        String path = invited.get("link").get("path").textValue();
        return path.substring(path.indexOf('#') + 1);
    }

    private static JsonNode answer(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Visitor.JSON.readTree(answer.body());
    }

    private List<String> names(String query) throws Exception {
        List<String> names = new ArrayList<>();
        admin.json("/api/v1/users" + query)
                .get("items")
                .forEach(user -> names.add(user.get("username").textValue()));
        return names;
    }

    private int idOf(String username) throws SQLException {
        return Integer.parseInt(stage.database
                .column("select user_id from hw.app_user where username = '" + username + "'")
                .getFirst());
    }

    /** What was done to a user, oldest first. */
    private List<String> acts(String username) throws SQLException {
        return stage.database.column("select action from hw.audit where detail ->> 'username' = '" + username
                + "' and action <> 'session.refused' order by audit_id");
    }

    private static String body(String... pairs) {
        var body = Visitor.JSON.createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put(pairs[i], pairs[i + 1]);
        }
        return body.toString();
    }
}
