package io.haulwatch.console.training;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * What was learnt, as xAPI statements for a learning record store: one a line, in the order in which they were made. Each line has the number after
 * which the next call goes on.
 */
final class StatementRoutes {
    private static final int MOST = 5_000;
    private static final int USUAL = 1_000;

    private final ScopedDatabase database;

    StatementRoutes(ScopedDatabase database) {
        this.database = database;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1/learning-statements", Right.WATCH, this::list));
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
