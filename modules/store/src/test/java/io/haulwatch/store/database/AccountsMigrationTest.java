package io.haulwatch.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.store.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/** What becomes of the users of a release that knew fewer roles. */
class AccountsMigrationTest {
    @Test
    void whoWorkedInTheCentreGoesOnAsAnAgentAndTheBuiltInNameIsLeftToThePages() throws Exception {
        DatabaseSettings settings = TestDatabase.empty();
        try (Databases databases = new Databases(settings)) {
            databases.migrateTo(MigrationVersion.fromVersion("8"));
            try (Connection admin = DriverManager.getConnection(
                            settings.url(),
                            settings.adminName(),
                            settings.passwords().admin());
                    Statement statement = admin.createStatement()) {
                statement.execute("insert into hw.app_user (username, password_hash, display_name, role, scope) values "
                        + "('admin', 'h1', '管理员', 'admin', 'all'), ('zhou', 'h2', '周岚', 'centre', 'all'), "
                        + "('li', 'h3', '管理员', 'company', 'company:7'), ('wang', 'h4', '王', 'regulator', 'region:50')");
                statement.execute("insert into hw.session (token_hash, user_id, csrf, expires_at) values "
                        + "('x', 2, 'c', now() + interval '1 hour')");
                databases.migrate();
                assertThat(rows(
                                statement,
                                "select concat_ws(' ', username, password_hash, role, scope, coalesce(display_name, '-')) "
                                        + "from hw.app_user order by user_id"))
                        .containsExactly(
                                "admin h1 admin all -",
                                "zhou h2 agent all 周岚",
                                "li h3 company company:7 管理员",
                                "wang h4 regulator region:50 王");
                assertThat(rows(statement, "select session_id from hw.session")).containsExactly("1");
            }
        }
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
