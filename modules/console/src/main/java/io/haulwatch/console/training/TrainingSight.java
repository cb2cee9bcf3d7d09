package io.haulwatch.console.training;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;

/** Whether somebody may see a company or a driver at all; what is not there and what is not his get the same words. */
final class TrainingSight {
    private TrainingSight() {}

    /** The name of a company. */
    static String company(Connection connection, Call call, int id) throws SQLException {
        return new SqlText("select name from hw.company where company_id > 0")
                .within(call.scope(), "company_id = any (?)")
                .and("company_id = ?", id)
                .first(connection, row -> row.getString(1))
                .orElseThrow(() ->
                        Refusal.notFound("There is no such company among those that you may see: id=" + id + "."));
    }

    /** The name of a driver. */
    static String driver(Connection connection, Call call, int id) throws SQLException {
        return new SqlText("select name from hw.driver where true")
                .within(call.scope(), "company_id = any (?)")
                .and("driver_id = ?", id)
                .first(connection, row -> row.getString(1))
                .orElseThrow(
                        () -> Refusal.notFound("There is no such driver among those that you may see: id=" + id + "."));
    }
}
