package io.haulwatch.console.training;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.effect.Relapse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what courses do (培训成效), once a day and company by company, so that no question is long: of drivers with an alarm, how many have the like again
 * within thirty days after they passed the course, beside drivers with such an alarm who did not learn. Only alarms that stand count, and only drivers
 * whose thirty days are over.
 */
final class TrainingEffects {
    /** Courses about what alarms can tell, by their topic. */
    static final Map<String, List<String>> RULES =
            Map.of("speed", List.of("speeding"), "fatigue", List.of("fatigue", "fatigue_night", "cum24"));

    private static final Logger LOG = LoggerFactory.getLogger(TrainingEffects.class);
    private static final Duration AFTER = Duration.ofDays(30);
    /** When a task would have been due, had there been one: from then on the others are looked at. */
    private static final Duration LEARNING = Duration.ofDays(7);

    private static final Duration BACK = Duration.ofDays(365);

    // An alarm that asks for training.
    private static final String STANDS =
            " and e.rule = any (?::text[]) and e.severity >= 3 and e.state in ('closed', 'amended')"
                    + " and e.handling not in ('false', 'overturned')";

    private final ScopedDatabase database;
    private final InstantSource clock;

    TrainingEffects(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Course(int id, String topic) {}

    /** Counts anew on the first look of a local day. */
    void look() throws SQLException {
        Instant now = clock.instant();
        Instant day = TrainingDays.begin(now.atZone(PaperState.ZONE).toLocalDate());
        boolean isCounted = database.read(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new SqlText("select 1 from hw.training_effect_count where counted_at >= ?", day)
                        .first(connection, row -> row.getInt(1))
                        .isPresent());
        if (!isCounted) {
            count(now);
        }
    }

    private void count(Instant now) throws SQLException {
        List<Course> courses = database.read(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "select course_id, topic from hw.course where topic = any (?::text[])"
                                        + " and published_at is not null order by course_id",
                                RULES.keySet())
                        .list(connection, row -> new Course(row.getInt(1), row.getString(2))));
        List<Integer> companies = database.read(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new SqlText("select company_id from hw.company where company_id > 0 order by company_id")
                        .list(connection, row -> row.getInt(1)));
        for (int company : companies) {
            database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> count(connection, company, courses, now));
        }
        database.write(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "insert into hw.training_effect_count (counted_at) values (?)"
                                        + " on conflict (one) do update set counted_at = excluded.counted_at",
                                now)
                        .run(connection));
        LOG.info("training: what courses do was counted for {} companies", companies.size());
    }

    private static int count(Connection connection, int company, List<Course> courses, Instant now)
            throws SQLException {
        new SqlText("delete from hw.training_effect where company_id = ?", company).run(connection);
        for (Course course : courses) {
            List<String> rules = RULES.getOrDefault(course.topic, List.of());
            Relapse.Group taught = taught(connection, company, course.id, rules, now);
            Relapse.Group others = others(connection, company, course.topic, rules, now);
            if (taught.drivers() + others.drivers() > 0) {
                new SqlText(
                                "insert into hw.training_effect (course_id, company_id, taught, taught_again, others, others_again)"
                                        + " values (?, ?, ?, ?, ?, ?)",
                                course.id,
                                company,
                                taught.drivers(),
                                taught.relapsed(),
                                others.drivers(),
                                others.relapsed())
                        .run(connection);
            }
        }
        return courses.size();
    }

    private static Relapse.Group taught(Connection connection, int company, int course, List<String> rules, Instant now)
            throws SQLException {
        SqlText drivers = new SqlText(
                """
                        select t.driver_id, min(t.closed_at) as at from hw.training_task t where t.company_id = ? and t.course_id = ?
                            and t.state = 'exam_passed' and t.closed_at between ? and ?
                            and exists (select from hw.episode e where e.driver_id = t.driver_id
                                and e.started_at between t.closed_at - interval '30 days' and t.closed_at""" + STANDS + ")" + " group by t.driver_id",
                company,
                course,
                now.minus(BACK),
                now.minus(AFTER),
                rules);
        return relapsed(connection, drivers, rules);
    }

    private static Relapse.Group others(
            Connection connection, int company, String topic, List<String> rules, Instant now) throws SQLException {
        SqlText drivers = new SqlText(
                "select e.driver_id, min(e.ended_at) + make_interval(secs => ?) as at from hw.episode e where e.company_id = ?"
                        + " and e.driver_id is not null and e.started_at >= ? and e.started_at <= ? and e.ended_at <= ?"
                        + STANDS
                        + " and not exists (select from hw.training_task t join hw.course c using (course_id)"
                        + " where t.driver_id = e.driver_id and c.topic = ? and t.state = 'exam_passed') group by e.driver_id",
                (double) LEARNING.toSeconds(),
                company,
                now.minus(BACK),
                now.minus(AFTER).minus(LEARNING),
                now.minus(AFTER).minus(LEARNING),
                rules,
                topic);
        return relapsed(connection, drivers, rules);
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

    /** When the last count ended, null before the first. */
    static @Nullable Instant countedAt(Connection connection) throws SQLException {
        return new SqlText("select counted_at from hw.training_effect_count")
                .first(connection, row -> row.getTimestamp(1))
                .map(Timestamp::toInstant)
                .orElse(null);
    }
}
