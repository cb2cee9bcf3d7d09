package io.haulwatch.console.desk;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms of the desk a list is about.
 *
 * @param view todo: what somebody can do something about now; waiting: what waits for others; mine: what the caller holds or has begun
 */
record DeskFilter(
        String view,
        Set<String> severities,
        Set<String> rules,
        @Nullable Integer company,
        @Nullable String query) {
    private static final List<String> VIEWS = List.of("todo", "waiting", "mine");
    private static final List<String> SEVERITIES = List.of("1", "2", "3", "4");
    private static final List<String> RULES = List.of(
            "speeding",
            "fatigue",
            "fatigue_night",
            "cum24",
            "papers",
            "speed_source_mismatch",
            "card_change_moving",
            "terminal_alarm");

    static DeskFilter of(Call call) {
        String view = call.word("view", VIEWS);
        return new DeskFilter(
                view == null ? "todo" : view,
                call.words("severity", SEVERITIES),
                call.words("rule", RULES),
                call.number("company", 0, Integer.MAX_VALUE),
                call.search("query"));
    }

    /** Adds the conditions but that of the severity, for the aliases {@code e} of episode and {@code v} of vehicle. */
    void restrict(SqlText sql, Scope scope, int userId, Instant now) {
        sql.within(scope, "e.company_id = any (?)");
        // As the index episode_desk has them.
        sql.and("e.handling in ('new', 'claimed', 'acting', 'waiting') and e.state in ('open', 'closed', 'amended')");
        // What a terminal says of an alarm of the platform is that alarm's second evidence.
        sql.and("e.ended_by is distinct from 'joined'");
        switch (view) {
            case "waiting" -> sql.and("e.handling = 'waiting'");
            case "mine" -> sql.and("e.held_by = ?", userId);
            default ->
                sql.and(
                        "e.handling <> 'waiting' or coalesce(e.waits_for, 'centre') = 'centre' or (e.waits_for = 'company' and e.due_at <= ?)"
                                + " or (e.waits_for = 'second_person' and e.asked_by is distinct from ?)",
                        now,
                        userId);
        }
        if (!rules.isEmpty()) {
            sql.and("e.rule = any (?)", rules);
        }
        if (company != null) {
            sql.and("e.company_id = ?", company);
        }
        if (query != null) {
            sql.and("v.plate ilike ?", SqlText.anywhere(query));
        }
    }

    /** Names the filter for its cursors. */
    String name() {
        return "desk|" + this;
    }
}
