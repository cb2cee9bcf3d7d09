package io.haulwatch.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of access decides, and it is whole. */
class AccessTableTest {
    private static final String TITLES = "method path right token admin lead agent company regulator driver\n";
    private static final String AUDIT = "GET /api/v1/audit ADMINISTER_USERS - x . . . . .\n";
    private static final Route AUDIT_ROUTE = Route.get("/api/v1/audit", Right.ADMINISTER_USERS, call -> Answer.empty());

    private static void refuses(String table, String words, Route... routes) {
        assertThatThrownBy(() -> AccessTable.read(TITLES + table).check(List.of(routes), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aRouteWithoutALineKeepsTheConsoleFromStarting() {
        refuses("", "GET /api/v1/audit has no line", AUDIT_ROUTE);
        refuses(AUDIT, "GET /api/v1/audit has a line and is no route");
    }

    @Test
    void aLineThatSaysOtherwiseThanTheRouteDoesToo() {
        refuses(AUDIT.replace("ADMINISTER_USERS", "WATCH"), "needs ADMINISTER_USERS, its line says WATCH", AUDIT_ROUTE);
        refuses(AUDIT.replace("x . .", "x x ."), "lead does not hold ADMINISTER_USERS", AUDIT_ROUTE);
        refuses(AUDIT.replace("x . .", ". . ."), "admin holds ADMINISTER_USERS", AUDIT_ROUTE);
    }

    @Test
    void aLineThatCannotBeReadIsNamed() {
        refuses(AUDIT.replace("x", "y"), "may (x) or may not (.)", AUDIT_ROUTE);
        refuses(AUDIT + AUDIT, "two lines for one route", AUDIT_ROUTE);
        refuses("GET /api/v1/audit ADMINISTER_USERS - x .\n", "another number of columns", AUDIT_ROUTE);
        refuses(AUDIT.replace("- x", "everything x"), "names no scope of tokens", AUDIT_ROUTE);
        refuses(AUDIT.replace("- x", "map x").replace("GET", "POST"), "a token only reads", AUDIT_ROUTE);
        assertThatThrownBy(() -> AccessTable.read(TITLES.replace(" driver", "")))
                .hasMessageContaining("no column for a role: role=driver");
    }

    @Test
    void onlyWhoHasAMarkMayCall() {
        AccessTable table = AccessTable.read(TITLES + AUDIT);
        table.check(List.of(AUDIT_ROUTE), List.of());
        for (Role role : Role.values()) {
            assertThat(table.allows(AUDIT_ROUTE.name(), role)).as(role.word()).isEqualTo(role == Role.ADMIN);
        }
        assertThat(table.allows("GET /api/v1/else", Role.ADMIN)).isFalse();
    }
}
