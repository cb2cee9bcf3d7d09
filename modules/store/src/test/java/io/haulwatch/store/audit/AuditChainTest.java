package io.haulwatch.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.store.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit's chain, edited by somebody who has every right in the database. */
class AuditChainTest {
    private final TestDatabase database = TestDatabase.onEmbedded();

    @BeforeEach
    void write() throws Exception {
        database.run(
                row(1, "session.begin", "user:1", "{\"username\": \"周岚\"}", "2026-03-10T15:59:59Z"),
                row(1, "command.send", "vehicle:17", "{\"text\": \"慢\\u001f行\"}", "2026-03-10T16:00:00Z"),
                row(2, "user.disable", "user:3", "{}", "2026-03-11T01:00:00Z"),
                "insert into hw.audit (action) values ('session.refused')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String row(int user, String action, String object, String detail, String at) {
        return "insert into hw.audit (user_id, action, object, detail, at, address) values (" + user + ", '" + action
                + "', '" + object + "', '" + detail + "', '" + at + "', '10.0.0.1')";
    }

    private AuditChain.Result verify(String noted) throws Exception {
        try (Connection connection = database.databases().administrator()) {
            return AuditChain.verify(connection, noted.isEmpty() ? null : noted);
        }
    }

    /** As one who may do everything would. */
    private void edit(String sql) throws Exception {
        database.run(
                "alter table hw.audit disable trigger all",
                "alter table hw.audit_chain disable trigger all",
                sql,
                "alter table hw.audit enable trigger all",
                "alter table hw.audit_chain enable trigger all");
    }

    @Test
    void aWholeChainIsGoodAndTellsTheLastHashOfEachDay() throws Exception {
        AuditChain.Result result = verify("");
        assertThat(result.faults()).isEmpty();
        assertThat(result.rows()).isEqualTo(4);
        assertThat(result.days())
                .extracting(day -> day.day() + " " + day.rows())
                .startsWith("2026-03-10 1", "2026-03-11 2");
        assertThat(verify(result.days().getFirst().hash()).good()).isTrue();
    }

    @Test
    void anEditOfAnyColumnIsFound() throws Exception {
        for (String change : List.of(
                "detail = '{\"text\": \"快\"}'",
                "user_id = 2",
                "user_id = null",
                "object = 'vehicle:18'",
                "at = at + interval '1 microsecond'",
                "address = '10.0.0.2'",
                "action = 'command.sent'")) {
            String was =
                    Objects.requireNonNull(database.column("select row_to_json(a) from hw.audit a where audit_id = 2")
                            .getFirst());
            edit("update hw.audit set " + change + " where audit_id = 2");
            assertThat(verify("").faults()).as(change).containsExactly("row 2 or its link was changed");
            edit(
                    "update hw.audit a set (at, user_id, action, object, detail, address) = (select o.at, o.user_id, o.action, o.object,"
                            + " o.detail, o.address from json_populate_record(null::hw.audit, '"
                            + was.replace("'", "''")
                            + "') o) where audit_id = 2");
            assertThat(verify("").faults()).as("undone: " + change).isEmpty();
        }
    }

    @Test
    void aRemovedASlippedInAndACutRowAreFound() throws Exception {
        String last = verify("").days().getLast().hash();
        edit("delete from hw.audit where audit_id = 2");
        assertThat(verify("").faults()).containsExactly("row 2 was removed");
        edit("delete from hw.audit_chain where audit_id = 2");
        assertThat(verify("").faults())
                .containsExactly("link 2 is missing before row 3", "row 3 or its link was changed");
        edit(row(9, "command.send", "vehicle:1", "{}", "2026-03-11T02:00:00Z"));
        assertThat(verify("").faults()).last().asString().contains("slipped in");
        edit("with gone as (delete from hw.audit_chain where audit_id = 4) delete from hw.audit where audit_id = 4");
        assertThat(verify(last).faults()).last().asString().startsWith("no row has the noted hash " + last);
    }

    @Test
    void manyAtOnceMakeOneChainAndRowsOfAnUndoneTransactionLeaveNoGap() throws Exception {
        Callable<Void> hundred = () -> {
            for (int i = 0; i < 100; i++) {
                try (Connection connection = database.databases().app().getConnection()) {
                    connection.setAutoCommit(false);
                    try (var statement = connection.createStatement()) {
                        statement.execute("insert into hw.audit (action) values ('a.b')");
                    }
                    if (i % 3 == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                }
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (var done : threads.invokeAll(List.of(hundred, hundred, hundred, hundred))) {
                done.get();
            }
        }
        AuditChain.Result result = verify("");
        assertThat(result.faults()).isEmpty();
        assertThat(result.rows()).isEqualTo(4 + 4 * 66);
    }
}
