package io.haulwatch.console.training;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.remedial.ClosedEpisode;
import io.haulwatch.training.remedial.ClosedEpisode.Answered;
import io.haulwatch.training.remedial.RemedialParameters;
import io.haulwatch.training.remedial.RemedialRules;
import io.haulwatch.training.remedial.RemedialTopic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What drivers have to learn after alarms (违规补学). An alarm that ends, falls or changes asks for a look at its driver; what the rules want is compared
 * with what he has: a task is given, extended, or taken back. A task that somebody has begun is never taken back: its alarm is marked as fallen.
 * A driver's look is one transaction, with its rows of the audit.
 */
final class RemedialTraining {
    private static final Logger LOG = LoggerFactory.getLogger(RemedialTraining.class);
    /** Drivers looked at in a row before other work gets its turn. */
    private static final int AT_ONCE = 500;
    /** Of the advisory lock: two consoles look at one driver one after the other. */
    private static final int LOCK = 7_310;

    private static final List<String> SPEEDING = List.of("speeding");
    private static final List<String> FATIGUE = List.of("fatigue", "fatigue_night", "cum24");

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final RemedialRules rules;
    private final InstantSource clock;
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    /** Drivers whose look failed, with when: they wait a minute, so that one of them does not hold up the others. */
    private final Map<Integer, Instant> broken = new HashMap<>();

    RemedialTraining(ScopedDatabase database, AuditLog audit, RemedialRules rules, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.rules = rules;
        this.clock = clock;
    }

    /** Looks at drivers as long as some are due; called again and again by one thread. */
    void look() {
        Instant before = clock.instant().minus(AFTER_FAILURE);
        broken.values().removeIf(failedAt -> failedAt.isBefore(before));
        for (int i = 0; i < AT_ONCE; i++) {
            int[] driver = {0};
            try {
                boolean more = database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
                    driver[0] = due(connection);
                    if (driver[0] != 0) {
                        look(connection, driver[0], clock.instant());
                    }
                    return driver[0] != 0;
                });
                if (!more) {
                    return;
                }
            } catch (SQLException e) {
                if (driver[0] == 0 || e.getSQLState() == null || e.getSQLState().startsWith("08")) {
                    LOG.debug("remedial training waits until the database answers: {}", e.getMessage());
                    return;
                }
                LOG.error("remedial training of driver {} failed", driver[0], e);
                broken.put(driver[0], clock.instant());
            }
        }
    }

    /** A driver who is due and whom nobody else looks at; 0 if there is none. */
    private int due(Connection connection) throws SQLException {
        return new SqlText(
                        "select driver_id from hw.training_due where driver_id <> all (?::integer[]) order by driver_id limit 1"
                                + " for update skip locked",
                        broken.keySet())
                .first(connection, row -> row.getInt(1))
                .orElse(0);
    }

    /** Looks at a driver, and at whoever one of his alarms was held to be of before. */
    private void look(Connection connection, int driver, Instant now) throws SQLException {
        Set<Integer> drivers = new TreeSet<>(new SqlText("""
                        select distinct c.driver_id from hw.training_due d join hw.training_cause c using (episode_id)
                        where d.driver_id = ? and c.withdrawn_at is null
                        """, driver).list(connection, row -> row.getInt(1)));
        drivers.add(driver);
        for (int each : drivers) {
            new SqlText("select 1 from pg_advisory_xact_lock(?, ?)", LOCK, each).first(connection, row -> true);
        }
        new SqlText("delete from hw.training_due where driver_id = ?", driver).run(connection);
        for (int each : drivers) {
            settle(connection, each, now);
        }
    }

    /** A course that teaches a topic. */
    private record Course(int id, RemedialTopic topic) {}

    /** What a driver has to learn now. @param begun whether he has begun @param causes alarms that stand */
    private record Open(long task, RemedialTopic topic, boolean begun, int minutes, Set<UUID> causes) {}

    private void settle(Connection connection, int driver, Instant now) throws SQLException {
        Integer company = new SqlText(
                        "select company_id from hw.driver where driver_id = ? and retired_at is null and company_id > 0",
                        driver)
                .first(connection, row -> row.getInt(1))
                .orElse(null);
        if (company == null) {
            // Whoever has left learns nothing more; what he had open is closed with him.
            return;
        }
        List<ClosedEpisode> episodes = episodes(connection, driver, now);
        Set<UUID> answered = episodes.stream()
                .filter(episode -> episode.answered() != Answered.NO)
                .map(ClosedEpisode::id)
                .collect(Collectors.toSet());
        List<RemedialRules.Task> wanted = rules.wanted(episodes);
        List<Open> open = open(connection, driver);
        for (RemedialTopic topic : RemedialTopic.values()) {
            RemedialRules.Task task = wanted.stream()
                    .filter(each -> each.topic() == topic)
                    .findFirst()
                    .orElse(null);
            Open there = open.stream()
                    .filter(each -> each.topic == topic)
                    .findFirst()
                    .orElse(null);
            Subject subject = new Subject(driver, company, now);
            if (there != null && task != null) {
                change(connection, subject, there, task, answered);
            } else if (there != null) {
                drop(connection, subject, there);
            } else if (task != null) {
                give(connection, subject, task, answered);
            }
        }
    }

    /** Whom a look is about. */
    private record Subject(int driver, int company, Instant now) {}

    /** Alarms of the window, and older ones that asked for what is open. */
    private List<ClosedEpisode> episodes(Connection connection, int driver, Instant now) throws SQLException {
        List<String> all = new ArrayList<>(SPEEDING);
        all.addAll(FATIGUE);
        RemedialParameters parameters = rules.parameters();
        return new SqlText("""
                        select e.episode_id, e.rule, e.severity, e.ended_at,
                            e.state in ('closed', 'amended') and e.handling not in ('false', 'overturned'), a.longest
                        from hw.episode e left join lateral (
                            select max(t.minutes) as longest from hw.training_cause c join hw.training_task t using (task_id)
                            where c.episode_id = e.episode_id and c.withdrawn_at is null and t.closed_at is not null
                                and t.state <> 'taken_back') a on true
                        where e.driver_id = ? and e.severity >= 3 and e.rule = any (?::text[]) and e.state in ('closed', 'amended', 'withdrawn')
                            and (e.ended_at >= ? or exists (
                                select from hw.training_cause c join hw.training_task t using (task_id)
                                where c.episode_id = e.episode_id and c.driver_id = e.driver_id and t.closed_at is null))
                        """, driver, all, now.minus(parameters.window())).list(connection, row -> {
            int longest = row.getInt(6);
            Answered answered = row.wasNull()
                    ? Answered.NO
                    : longest >= parameters.full().minutes() ? Answered.FULL : Answered.BRIEF;
            return new ClosedEpisode(
                    row.getObject(1, UUID.class),
                    SPEEDING.contains(row.getString(2)) ? RemedialTopic.SPEEDING : RemedialTopic.FATIGUE,
                    row.getInt(3),
                    row.getTimestamp(4).toInstant(),
                    row.getBoolean(5),
                    answered);
        });
    }

    private static List<Open> open(Connection connection, int driver) throws SQLException {
        return new SqlText("""
                select t.task_id, c.topic, t.state <> 'assigned', t.minutes,
                    coalesce((select array_agg(a.episode_id::text) from hw.training_cause a
                        where a.task_id = t.task_id and a.withdrawn_at is null), '{}')
                from hw.training_task t join hw.course c using (course_id)
                where t.driver_id = ? and t.kind = 'remedial' and t.plan_id is null and t.closed_at is null and c.topic in ('speed', 'fatigue')
                order by t.task_id for update of t
                """, driver).list(connection, row -> {
            Set<UUID> causes = new TreeSet<>();
            for (String id : (String[]) row.getArray(5).getArray()) {
                causes.add(UUID.fromString(id));
            }
            return new Open(row.getLong(1), topic(row.getString(2)), row.getBoolean(3), row.getInt(4), causes);
        });
    }

    private static RemedialTopic topic(String word) {
        return word.equals("speed") ? RemedialTopic.SPEEDING : RemedialTopic.FATIGUE;
    }

    /** The course of a topic; what comes with the product before what was written here. */
    private static Optional<Course> course(Connection connection, RemedialTopic topic) throws SQLException {
        return new SqlText(
                        "select course_id from hw.course where topic = ? and published_at is not null and retired_at is null"
                                + " order by not built_in, course_id limit 1",
                        topic == RemedialTopic.SPEEDING ? "speed" : "fatigue")
                .first(connection, row -> new Course(row.getInt(1), topic));
    }

    private void give(Connection connection, Subject subject, RemedialRules.Task wanted, Set<UUID> answered)
            throws SQLException {
        Course course = course(connection, wanted.topic()).orElse(null);
        if (course == null) {
            LOG.warn("alarms ask for a course that nobody has published: topic={}", wanted.topic());
            return;
        }
        RemedialParameters.Demand demand = wanted.demand();
        long task = new SqlText(
                        """
                        insert into hw.training_task (company_id, driver_id, course_id, kind, minutes, restricted, assigned_at, due_at,
                            exam_questions, pass_percent)
                        values (?, ?, ?, 'remedial', ?, ?, ?, ?, nullif(?, 0), ?) returning task_id
                        """,
                        subject.company,
                        subject.driver,
                        course.id,
                        demand.minutes(),
                        demand.restricted(),
                        subject.now,
                        due(subject.now, demand),
                        questions(demand),
                        demand.passPercent())
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
        Set<UUID> causes = new TreeSet<>(wanted.episodes());
        causes.removeAll(answered);
        add(connection, subject, task, causes);
        told(connection, subject, "assigned", task, last(wanted));
        kept(connection, subject, task, "give", demand.minutes(), causes);
    }

    private void change(
            Connection connection, Subject subject, Open there, RemedialRules.Task wanted, Set<UUID> answered)
            throws SQLException {
        Set<UUID> fresh = new TreeSet<>(wanted.episodes());
        fresh.removeAll(answered);
        fresh.removeAll(there.causes);
        Set<UUID> gone = new TreeSet<>(there.causes);
        gone.removeAll(wanted.episodes());
        if (fresh.isEmpty() && gone.isEmpty()) {
            return;
        }
        withdraw(connection, there.task, gone, subject.now);
        add(connection, subject, there.task, fresh);
        RemedialParameters.Demand demand = wanted.demand();
        // What he has begun is not made shorter under his hands.
        int minutes = there.begun ? Math.max(there.minutes, demand.minutes()) : demand.minutes();
        new SqlText(
                        "update hw.training_task set minutes = ?, restricted = ? or (? and restricted), exam_questions = nullif(?, 0),"
                                + " pass_percent = ?,"
                                + " due_at = case when ? then ? else due_at end,"
                                // More to study than he was through with: he goes on where he was.
                                + " state = case when state = 'study_done' and ? > minutes then 'in_progress' else state end where task_id = ?",
                        minutes,
                        demand.restricted(),
                        there.begun,
                        questions(demand),
                        demand.passPercent(),
                        !fresh.isEmpty(),
                        due(subject.now, demand),
                        minutes,
                        there.task)
                .run(connection);
        if (!fresh.isEmpty()) {
            told(connection, subject, "assigned", there.task, last(wanted));
        }
        kept(
                connection,
                subject,
                there.task,
                fresh.isEmpty() ? "shorten" : "extend",
                minutes,
                fresh.isEmpty() ? gone : fresh);
    }

    private void drop(Connection connection, Subject subject, Open there) throws SQLException {
        if (there.causes.isEmpty()) {
            return;
        }
        withdraw(connection, there.task, there.causes, subject.now);
        if (!there.begun) {
            TaskClosing.close(
                    connection,
                    new SqlText(
                            "select task_id, ?::text as reason from hw.training_task where task_id = ? and state = 'assigned'",
                            TaskClosing.ALARMS,
                            there.task),
                    TaskClosing.As.TAKEN_BACK,
                    "",
                    ScopedDatabase.NO_USER,
                    subject.now);
        }
        kept(connection, subject, there.task, there.begun ? "keep" : "take_back", there.minutes, there.causes);
    }

    /** A quiz has its own size; an exam has the one of its course, which is 0 here. */
    private int questions(RemedialParameters.Demand demand) {
        return demand.questions() > rules.parameters().brief().questions() ? 0 : demand.questions();
    }

    private static Instant due(Instant now, RemedialParameters.Demand demand) {
        return TrainingDays.end(TrainingDays.today(now).plusDays(demand.dueDays()));
    }

    private static UUID last(RemedialRules.Task wanted) {
        return wanted.triggers().getLast().episodes().getLast();
    }

    private static List<String> texts(Set<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }

    private static void add(Connection connection, Subject subject, long task, Set<UUID> episodes) throws SQLException {
        new SqlText("""
                        insert into hw.training_cause (task_id, episode_id, company_id, driver_id, added_at)
                        select ?, e::uuid, ?, ?, ? from unnest(?::text[]) e
                        on conflict (task_id, episode_id) do update set withdrawn_at = null
                        """, task, subject.company, subject.driver, subject.now, texts(episodes)).run(connection);
    }

    private static void withdraw(Connection connection, long task, Set<UUID> episodes, Instant now)
            throws SQLException {
        new SqlText(
                        "update hw.training_cause set withdrawn_at = ? where task_id = ? and episode_id::text = any (?::text[]) and withdrawn_at is null",
                        now,
                        task,
                        texts(episodes))
                .run(connection);
    }

    private static void told(Connection connection, Subject subject, String kind, long task, @Nullable UUID episode)
            throws SQLException {
        new SqlText(
                        "insert into hw.driver_message (company_id, driver_id, kind, task_id, episode_id, at) values (?, ?, ?, ?, nullif(?, '')::uuid, ?)",
                        subject.company,
                        subject.driver,
                        kind,
                        task,
                        episode == null ? "" : episode.toString(),
                        subject.now)
                .run(connection);
    }

    private void kept(Connection connection, Subject subject, long task, String what, int minutes, Set<UUID> episodes)
            throws SQLException {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("driver", subject.driver);
        detail.put("minutes", minutes);
        detail.put("alarms", texts(episodes));
        audit.add(connection, null, "remedial." + what, "training_task:" + task, detail, "");
    }
}
