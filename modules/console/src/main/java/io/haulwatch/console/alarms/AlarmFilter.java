package io.haulwatch.console.alarms;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms a list is about.
 *
 * @param source terminal: what terminals call an alarm and the platform does not judge, or judges otherwise; platform: all others; null: both
 * @param status open: waiting for somebody; closed: handled or withdrawn; all: both
 */
record AlarmFilter(
        String status,
        Set<String> states,
        Set<String> handling,
        @Nullable Integer company,
        @Nullable Integer vehicle,
        @Nullable Integer driver,
        Set<String> rules,
        Set<String> severities,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String query,
        @Nullable String source) {

    static AlarmFilter of(Call call) {
        String status = call.word("status", AlarmWords.STATUS);
        Instant from = call.moment("from");
        Instant to = call.moment("to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw Refusal.badValue("from must lie before to: from=" + from + ", to=" + to + ".");
        }
        return new AlarmFilter(
                status == null ? "all" : status,
                call.words("state", AlarmWords.STATES),
                call.words("handling", AlarmWords.HANDLING),
                call.number("company", 0, Integer.MAX_VALUE),
                call.number("vehicle", 0, Integer.MAX_VALUE),
                call.number("driver", 0, Integer.MAX_VALUE),
                call.words("rule", AlarmWords.RULES),
                call.words("severity", AlarmWords.SEVERITIES),
                from,
                to,
                call.search("query"),
                call.word("source", AlarmWords.SOURCES));
    }

    /** Adds the conditions, for the aliases {@code e} of episode and {@code v} of vehicle. */
    void restrict(SqlText sql, Scope scope) {
        sql.within(scope, "e.company_id = any (?)");
        // What a terminal says of an alarm of the platform is that alarm's second evidence, see AlarmDetail.
        sql.and("e.ended_by is distinct from 'joined'");
        switch (status) {
            case "open" ->
                sql.and(
                        "e.state in ('open', 'closed', 'amended') and e.handling in ('new', 'claimed', 'acting', 'waiting')");
            case "closed" ->
                sql.and("e.state = 'withdrawn' or e.state in ('open', 'closed', 'amended') "
                        + "and e.handling in ('resolved', 'false', 'appealed', 'overturned')");
            default -> {
                // A prompt in the cab is no alarm; it shows only when asked for.
                if (states.isEmpty()) {
                    sql.and("e.state <> 'prewarned'");
                }
            }
        }
        if (!states.isEmpty()) {
            sql.and("e.state = any (?)", states);
        }
        if (!handling.isEmpty()) {
            sql.and("e.handling = any (?)", handling);
        }
        if (company != null) {
            sql.and("e.company_id = ?", company);
        }
        if (vehicle != null) {
            sql.and("e.vehicle_id = ?", vehicle);
        }
        if (driver != null) {
            sql.and("e.driver_id = ?", driver);
        }
        if (!rules.isEmpty()) {
            sql.and("e.rule = any (?)", rules);
        }
        if (source != null) {
            sql.and(source.equals("terminal") ? "e.evidence = 'terminal'" : "e.evidence <> 'terminal'");
        }
        if (!severities.isEmpty()) {
            sql.and(
                    "e.severity = any (?)",
                    severities.stream().map(Integer::valueOf).toList());
        }
        if (from != null) {
            sql.and("e.started_at >= ?", from);
        }
        if (to != null) {
            sql.and("e.started_at < ?", to);
        }
        if (query != null) {
            sql.and("v.plate ilike ?", SqlText.anywhere(query));
        }
    }

    /** Names the filter for its cursors. */
    String name() {
        return "alarms|" + this;
    }
}
