package io.haulwatch.console.training;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.effect.Relapse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether courses work (培训成效): of drivers with an alarm, how many have the like again within thirty days after they passed the course, beside
 * drivers with such an alarm who did not learn. Only alarms that stand count, and only drivers whose thirty days are over. What does not work comes
 * first.
 */
final class EffectRoutes {
    /** Courses about what alarms can tell, by their topic. */
    private static final Map<String, List<String>> RULES =
            Map.of("speed", List.of("speeding"), "fatigue", List.of("fatigue", "fatigue_night", "cum24"));

    private static final Duration AFTER = Duration.ofDays(30);
    /** When a task would have been due, had there been one: from then on the others are looked at. */
    private static final Duration LEARNING = Duration.ofDays(7);

    private static final Duration BACK = Duration.ofDays(365);
    private static final int MOST_COURSES = 50;

    // An alarm that asks for training.
    private static final String STANDS =
            " and e.rule = any (?::text[]) and e.severity >= 3 and e.state in ('closed', 'amended')"
                    + " and e.handling not in ('false', 'overturned')";

    private final ScopedDatabase database;
    private final InstantSource clock;

    EffectRoutes(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1/training-effect", Right.WATCH, this::effect));
    }

    /** Drivers, and how many of them did it again. */
    record Group(int n, int relapsed) {
        static Group of(Relapse.Group group) {
            return new Group(group.drivers(), group.relapsed());
        }
    }

    /**
     * What a course does.
     *
     * @param difference share of the others who relapse, less that of those who learnt: above 0 is good
     * @param low end of its 95 % interval
     * @param verdict works, harms, or open if chance explains it
     */
    record Effect(
            ProgressRoutes.Course course,
            Group taught,
            Group comparable,
            double difference,
            double low,
            double high,
            String verdict) {}

    private record Compared(ProgressRoutes.Course course, Relapse.Comparison comparison) {}

    private Answer effect(Call call) throws SQLException {
        Instant now = clock.instant();
        Integer company = call.number("company", 1, Integer.MAX_VALUE);
        List<Compared> found = database.read(call.scope(), call.user().userId(), connection -> {
            List<ProgressRoutes.Course> courses = new SqlText(
                            "select course_id, title, title_en, topic from hw.course where topic = any (?::text[])"
                                    + " and published_at is not null order by course_id limit ?",
                            RULES.keySet(),
                            MOST_COURSES)
                    .list(
                            connection,
                            row -> new ProgressRoutes.Course(
                                    row.getInt(1), row.getString(2), row.getString(3), row.getString(4)));
            List<Compared> each = new ArrayList<>();
            for (ProgressRoutes.Course course : courses) {
                each.add(new Compared(
                        course,
                        Relapse.compare(
                                taught(connection, call.scope(), company, course, now),
                                others(connection, call.scope(), company, course.topic(), now))));
            }
            return each;
        });
        return Answer.json(new Page<>(
                found.stream()
                        .sorted((a, b) -> Relapse.Comparison.DOES_NOT_WORK_FIRST.compare(a.comparison, b.comparison))
                        .map(each -> new Effect(
                                each.course,
                                Group.of(each.comparison.taught()),
                                Group.of(each.comparison.control()),
                                each.comparison.improvement(),
                                each.comparison.lower(),
                                each.comparison.upper(),
                                each.comparison.verdict().name().toLowerCase(Locale.ROOT)))
                        .toList(),
                null));
    }

    private static Relapse.Group taught(
            Connection connection, Scope scope, @Nullable Integer company, ProgressRoutes.Course course, Instant now)
            throws SQLException {
        List<String> rules = RULES.getOrDefault(course.topic(), List.of());
        SqlText sql = new SqlText(
                        "select t.driver_id, min(t.closed_at) as at from hw.training_task t where t.course_id = ? and t.state = 'exam_passed'"
                                + " and t.closed_at between ? and ?",
                        course.id(),
                        now.minus(BACK),
                        now.minus(AFTER))
                .within(scope, "t.company_id = any (?)");
        if (company != null) {
            sql.and("t.company_id = ?", company);
        }
        sql.add(
                "and exists (select from hw.episode e where e.driver_id = t.driver_id and e.started_at between t.closed_at - interval '30 days'"
                        + " and t.closed_at" + STANDS + ") group by t.driver_id",
                rules);
        return relapsed(connection, sql, rules);
    }

    private static Relapse.Group others(
            Connection connection, Scope scope, @Nullable Integer company, String topic, Instant now)
            throws SQLException {
        List<String> rules = RULES.getOrDefault(topic, List.of());
        SqlText sql = new SqlText(
                        "select e.driver_id, min(e.ended_at) + make_interval(secs => ?) as at from hw.episode e where e.driver_id is not null"
                                + " and e.started_at >= ? and e.ended_at <= ?" + STANDS,
                        (double) LEARNING.toSeconds(),
                        now.minus(BACK),
                        now.minus(AFTER).minus(LEARNING),
                        rules)
                .within(scope, "e.company_id = any (?)");
        if (company != null) {
            sql.and("e.company_id = ?", company);
        }
        sql.add(
                "and not exists (select from hw.training_task t join hw.course c using (course_id) where t.driver_id = e.driver_id and c.topic = ?"
                        + " and t.state = 'exam_passed') group by e.driver_id",
                topic);
        return relapsed(connection, sql, rules);
    }

    /** @param drivers with the moment from which on each is looked at */
    private static Relapse.Group relapsed(Connection connection, SqlText drivers, List<String> rules)
            throws SQLException {
        return drivers.around("""
                        select count(*), count(*) filter (where exists (
                            select from hw.episode e where e.driver_id = d.driver_id and e.started_at > d.at and e.started_at <= d.at + interval '30 days'
                                and e.rule = any (r.rules) and e.severity >= 3 and e.state in ('closed', 'amended')
                                and e.handling not in ('false', 'overturned')))
                        from (""", ") d")
                .add("cross join (select ?::text[] as rules) r", rules)
                .first(connection, row -> new Relapse.Group(row.getInt(1), row.getInt(2)))
                .orElseThrow();
    }
}
