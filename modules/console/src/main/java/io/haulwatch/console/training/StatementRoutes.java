package io.haulwatch.console.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt, as xAPI statements for a learning record store: one a line, in the order in which they were made. Each line has the number after
 * which the next call goes on. And how it goes with sending them to a store.
 */
final class StatementRoutes {
    private static final int MOST = 5_000;
    private static final int USUAL = 1_000;

    /** Beyond it nobody counts what waits. */
    private static final int MOST_COUNTED = 100_000;

    private final ScopedDatabase database;
    private final StatementPush push;

    StatementRoutes(ScopedDatabase database, StatementPush push) {
        this.database = database;
        this.push = push;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/learning-statements", Right.WATCH, this::list),
                Route.get("/api/v1/learning-statements/push", Right.WATCH, this::state));
    }

    /**
     * How it goes with the learning record store.
     *
     * @param configured whether there is one
     * @param waiting statements of one's own companies that it has not got; a hundred thousand at most
     * @param dead those that it refused for what they are
     * @param error why it takes nothing now: a word of dead letters; with more for those who see all companies
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PushState(
            boolean configured,
            @Nullable String lastSentAt,
            int waiting,
            int dead,
            @Nullable String failingSince,
            @Nullable String error) {}

    private Answer state(Call call) throws SQLException {
        if (!push.isConfigured()) {
            return Answer.json(new PushState(false, null, 0, 0, null, null));
        }
        boolean all = call.scope().equals(Scope.ALL);
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            int waiting = count(connection, call, "pushed_at is null and dead_at is null");
            int dead = count(connection, call, "dead_at is not null");
            return new SqlText("select last_sent_at, failing_since, fault, fault_detail from hw.learning_push")
                    .first(connection, row -> {
                        String fault = row.getString(3);
                        String detail = row.getString(4);
                        return new PushState(
                                true,
                                time(row.getTimestamp(1)),
                                waiting,
                                dead,
                                time(row.getTimestamp(2)),
                                fault == null || !all || detail == null || detail.isEmpty()
                                        ? fault
                                        : fault + ": " + detail);
                    })
                    .orElseThrow();
        }));
    }

    private static int count(Connection connection, Call call, String which) throws SQLException {
        return new SqlText("select 1 from hw.learning_statement where " + which)
                .within(call.scope(), "company_id = any (?)")
                .add("limit ?", MOST_COUNTED)
                .around("select count(*) from (", ") counted")
                .first(connection, row -> row.getInt(1))
                .orElseThrow();
    }

    private static @Nullable String time(@Nullable Timestamp at) {
        return at == null ? null : Json.time(at.toInstant());
    }

    private Answer list(Call call) throws SQLException {
        Integer after = call.number("after", 0, Integer.MAX_VALUE);
        Integer most = call.number("limit", 1, MOST);
        List<String> lines = database.read(
                call.scope(),
                call.user().userId(),
                connection -> new SqlText("select statement_no, body from hw.learning_statement where true")
                        .within(call.scope(), "company_id = any (?)")
                        .and("statement_no > ?", after == null ? 0 : after)
                        .add("order by statement_no limit ?", most == null ? USUAL : most)
                        .list(
                                connection,
                                row -> "{\"no\":" + row.getLong(1) + ",\"statement\":" + row.getString(2) + "}\n"));
        return Answer.bytes(200, String.join("", lines).getBytes(StandardCharsets.UTF_8), "application/jsonl")
                .with("X-Experience-API-Version", "1.0.3");
    }
}
