package io.haulwatch.console.reports;

import io.haulwatch.console.risk.DrivingAlarms;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;

/**
 * What a company's trucks drove, and how many alarms of their driving there were, by month as {@code 2026-10}: half a year of days of thousands of trucks.
 *
 * @param km kilometres
 */
record MonthSums(Map<String, Integer> alarms, Map<String, Double> km) {
    static final int MONTHS = 6;

    MonthSums {
        alarms = Map.copyOf(alarms);
        km = Map.copyOf(km);
    }

    /** The six months that end with this one. */
    static MonthSums until(YearMonth month, Connection connection, Scope scope, int companyId) throws SQLException {
        LocalDate first = month.minusMonths(MONTHS - 1).atDay(1);
        LocalDate end = month.plusMonths(1).atDay(1);
        Map<String, Integer> alarms = new HashMap<>();
        new SqlText(
                        "select to_char(started_at at time zone 'Asia/Shanghai', 'YYYY-MM'), count(*) from hw.episode where "
                                + DrivingAlarms.COUNTED)
                .within(scope, "company_id = any (?)")
                .and(
                        "company_id = ? and started_at >= ? and started_at < ?",
                        companyId,
                        first.atStartOfDay(PaperState.ZONE).toInstant(),
                        end.atStartOfDay(PaperState.ZONE).toInstant())
                .add("group by 1")
                .each(connection, row -> alarms.put(row.getString(1), row.getInt(2)));
        Map<String, Double> km = new HashMap<>();
        new SqlText(
                        "select to_char(month, 'YYYY-MM'), km from (select date_trunc('month', day) as month, sum(distance_m) / 1000.0 as km"
                                + " from hw.vehicle_day where day >= ? and day < ?",
                        first,
                        end)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("group by 1) sums")
                .each(connection, row -> km.put(row.getString(1), row.getDouble(2)));
        return new MonthSums(alarms, km);
    }
}
