package io.haulwatch.console.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.ConsoleDatabase;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.port.DrivenTimes.Drive;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.study.StudyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Example E-4: studied from 21:00 to 21:40, driven from 21:10 to 21:35 by positions that came late. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudyAtTheWheelTest {
    private static final Instant NINE = Instant.parse("2026-11-20T13:00:00Z");
    private static final int LESSONS = 15;
    private static final int SECONDS = 160;

    private final ConsoleDatabase database = new ConsoleDatabase();
    private final ObjectMapper json = Json.mapper();
    private final Map<Integer, List<Drive>> driven = new ConcurrentHashMap<>();
    private Instant now = NINE.plus(Duration.ofHours(2));
    private final StudyAtTheWheel watch = new StudyAtTheWheel(
            new ScopedDatabase(database.databases().app()),
            driver -> CompletableFuture.completedFuture(driven.getOrDefault(driver, List.of())),
            new StudyBook(json, () -> 1),
            new AuditLog(json),
            () -> now);

    @BeforeAll
    void start() throws Exception {
        database.run(
                "insert into hw.company (company_id, name, adcode) values (1, '甲', '110105')",
                "insert into hw.driver (driver_id, company_id, name) select n, 1, '员' || n from generate_series(1, 9) n",
                "insert into hw.course (course_id, code, topic, title, made_by, made_at, published_at) overriding system value"
                        + " values (1, 'one', 'x', '一', 1, now(), now())",
                "insert into hw.lesson (lesson_id, course_id, code, place) overriding system value select n, 1, 'l' || n, n from generate_series(0, "
                        + (LESSONS - 1) + ") n",
                "insert into hw.lesson_version (lesson_id, version, title, body, seconds, made_by, made_at) select lesson_id, 1, '课', '文', "
                        + SECONDS + ", 1, now() from hw.lesson");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void twentyFiveMinutesAreVoidAndFifteenStay() throws Exception {
        long task = studied(1, "study_done");
        later();
        assertThat(sums(task)).as("nobody drove").isEqualTo("2400 2400 2400 study_done");
        driven.put(1, List.of(drive(600, 1_500), drive(1_200, 2_100)));
        later();
        assertThat(sums(task)).isEqualTo("900 900 900 in_progress");
        assertThat(database.column("select credited_s || ' ' || (done_at is not null) from hw.study where task_id = "
                        + task + " order by lesson_id"))
                .startsWith("160 true", "160 true", "160 true", "120 false", "0 false")
                .endsWith("0 false", "140 false", "160 true");
        assertThat(database.column("select sum(seconds) from hw.study_event where kind = 'driving' and driver_id = 1"))
                .containsExactly("1500");
        assertThat(database.column(
                        "select sum(driven_s) || ' ' || sum(void_s) || ' ' || count(*) from hw.study_at_wheel where task_id = "
                                + task))
                .containsExactly("1500 1500 11");
        assertThat(database.column("select kind || ' ' || words from hw.driver_message where driver_id = 1"))
                .containsExactly("driving 25");
        assertThat(database.column("select action from hw.audit where object = 'training_task:" + task + "'"))
                .containsExactly("study.at_wheel");
        later();
        later();
        assertThat(sums(task)).as("looking again takes nothing more").isEqualTo("900 900 900 in_progress");
        driven.put(1, List.of(drive(0, 2_400)));
        later();
        assertThat(sums(task)).as("more of the drive came still later").isEqualTo("0 0 0 in_progress");
    }

    @Test
    void aTaskWithACertificateStaysClosedAndIsListed() throws Exception {
        long task = studied(2, "study_done");
        database.run(
                "insert into hw.exam_attempt (attempt_id, task_id, company_id, driver_id, course_id, number, seed, device, pass_percent, begun_at, ends_at,"
                        + " closed_at, closed_by, score, passed) values ('00000000-0000-4000-8000-000000000002', "
                        + task
                        + ", 1, 2, 1, 1, 1, 'device-1', 80, now(), now(), now(), 'driver', 90, true)",
                "insert into hw.certificate (certificate_no, task_id, company_id, driver_id, course_id, attempt_id, holder, score, studied_s, issued_at,"
                        + " expires_on) values ('HW-2', " + task
                        + ", 1, 2, 1, '00000000-0000-4000-8000-000000000002', '员*', 90, 2400, now(), '2027-01-01')",
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic, task_id, score) values (1, 2, 'remedial',"
                        + " '2026-11-20', 0.88, '一', " + task + ", 90)",
                "update hw.training_task set state = 'exam_passed', closed_at = now() where task_id = " + task);
        database.run("update hw.outbox_switch set wanted = true");
        driven.put(2, List.of(drive(600, 2_100)));
        later();
        assertThat(
                        database.column(
                                "select event || ' ' || (object = (select max(finding_id)::text from hw.study_at_wheel)) from hw.outbox"))
                .as("one message for all of them")
                .containsExactly("study_at_wheel true");
        assertThat(sums(task)).isEqualTo("900 900 900 exam_passed");
        assertThat(database.column("select count(*) from hw.study where done_at is null and task_id = " + task))
                .containsExactly("0");
        assertThat(database.column("select hours from hw.training_record where task_id = " + task))
                .as("the ledger is only added to")
                .containsExactly("0.88");
        assertThat(database.column("select sum(void_s) from hw.study_at_wheel where task_id = " + task))
                .containsExactly("1500");
    }

    @Test
    void rulesThatDoNotAnswerAreAskedAgain() throws Exception {
        long task = studied(3, "in_progress");
        boolean[] broken = {true};
        StudyAtTheWheel other = new StudyAtTheWheel(
                new ScopedDatabase(database.databases().app()),
                driver -> broken[0]
                        ? CompletableFuture.failedFuture(new IllegalStateException("too many questions"))
                        : CompletableFuture.completedFuture(driver == 3 ? List.of(drive(600, 2_100)) : List.of()),
                new StudyBook(json, () -> 1),
                new AuditLog(json),
                () -> now);
        other.look();
        assertThat(sums(task)).isEqualTo("2400 2400 2400 in_progress");
        broken[0] = false;
        now = now.plus(Duration.ofMinutes(10));
        other.look();
        assertThat(sums(task)).isEqualTo("900 900 900 in_progress");
    }

    private static Drive drive(int fromSecond, int toSecond) {
        return new Drive(
                71,
                NINE.plusSeconds(fromSecond).toEpochMilli(),
                NINE.plusSeconds(toSecond).toEpochMilli());
    }

    private void later() {
        now = now.plus(Duration.ofMinutes(10));
        watch.look();
    }

    /** A driver who went through all lessons, one after the other, from 21:00 on. */
    private long studied(int driver, String state) throws Exception {
        String task = database.column(
                        "insert into hw.training_task (company_id, driver_id, course_id, kind, state, assigned_at, due_at, studied_s) values (1, "
                                + driver + ", 1, 'remedial', '" + state + "', now(), now(), " + LESSONS * SECONDS
                                + ") returning task_id")
                .getFirst();
        for (int lesson = 0; lesson < LESSONS; lesson++) {
            Instant from = NINE.plusSeconds((long) lesson * SECONDS);
            long millis = SECONDS * 1_000L;
            Instant to = from.plusMillis(millis);
            Sitting sitting = new Sitting(
                    new StudyState(
                            millis, millis, millis, millis, millis, to.toEpochMilli(), 11, "n", true, 1, 0, 0, false),
                    null);
            database.run(
                    "insert into hw.study (task_id, company_id, driver_id, lesson_id, version, seed, state, begun_at, credited_s, proved_s, done_at, sitting)"
                            + " values (" + task + ", 1, " + driver + ", " + lesson + ", 1, 1, 'done', '" + from
                            + "', " + SECONDS + ", " + SECONDS + ", '" + to + "', '" + sitting.write(json) + "')",
                    "insert into hw.study_stretch (study_id, task_id, company_id, driver_id, begun_at, ended_at, credited_ms) select study_id, task_id,"
                            + " company_id, driver_id, '" + from + "', '" + to + "', " + millis
                            + " from hw.study where task_id = " + task + " and lesson_id = " + lesson);
        }
        database.run("insert into hw.study_day (task_id, day, company_id, driver_id, credited_s) values (" + task
                + ", '2026-11-20', 1, " + driver + ", " + LESSONS * SECONDS + ")");
        return Long.parseLong(task);
    }

    /** Seconds of the task, of its lessons and of its days, and its state. */
    private String sums(long task) throws Exception {
        return database.column(
                        "select studied_s || ' ' || (select sum(credited_s) from hw.study s where s.task_id = t.task_id) || ' '"
                                + " || (select sum(credited_s) from hw.study_day d where d.task_id = t.task_id) || ' ' || state"
                                + " from hw.training_task t where task_id = " + task)
                .getFirst();
    }
}
