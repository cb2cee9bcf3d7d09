package io.haulwatch.console.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.ConsoleDatabase;
import io.haulwatch.store.scope.ScopedDatabase;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** When drivers are reminded, and that it is not at night. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingRemindersTest {
    private final ConsoleDatabase database = new ConsoleDatabase();
    private Instant now = Instant.EPOCH;
    private Set<Integer> atWork = Set.of();
    private final TrainingReminders reminders =
            new TrainingReminders(new ScopedDatabase(database.databases().app()), () -> atWork, () -> now);

    @BeforeAll
    void start() throws Exception {
        database.run(
                "insert into hw.company (company_id, name, adcode) values (1, '甲', '110105')",
                "insert into hw.driver (driver_id, company_id, name) select n, 1, '员' || n from generate_series(1, 9) n",
                "insert into hw.course (course_id, code, topic, title, made_by, made_at, published_at) overriding system value"
                        + " values (1, 'one', 'x', '一', 1, now(), now())");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void aMonthIsRemindedOfOnThe25thThe28thAndItsLastDayAndWhenItIsOver() throws Exception {
        int task = task(1, "monthly", "2026-10-01T02:00:00Z", "2026-10-31T15:59:59Z");
        assertThat(at(task, "2026-10-24T06:00:00Z")).isEmpty();
        assertThat(at(task, "2026-10-24T22:59:00Z")).as("06:59 of the 25th").isEmpty();
        assertThat(at(task, "2026-10-24T23:00:00Z")).as("07:00").isEqualTo("reminder");
        assertThat(at(task, "2026-10-25T06:00:00Z")).as("once").isEqualTo("reminder");
        assertThat(at(task, "2026-10-27T06:00:00Z")).isEqualTo("reminder");
        assertThat(at(task, "2026-10-28T13:00:00Z")).as("21:00").isEqualTo("reminder");
        assertThat(at(task, "2026-10-29T06:00:00Z"))
                .as("what the night kept back comes in the morning")
                .isEqualTo("reminder,reminder");
        assertThat(at(task, "2026-10-31T06:00:00Z")).isEqualTo("reminder,reminder,reminder");
        assertThat(at(task, "2026-11-01T06:00:00Z")).isEqualTo("reminder,reminder,reminder,overdue");
        assertThat(at(task, "2026-11-09T06:00:00Z")).isEqualTo("reminder,reminder,reminder,overdue");
    }

    @Test
    void othersAreRemindedOfTwoDaysBeforeAndOnTheDay() throws Exception {
        int task = task(2, "remedial", "2026-08-01T02:00:00Z", "2026-08-08T15:59:59Z");
        assertThat(at(task, "2026-08-05T06:00:00Z")).isEmpty();
        assertThat(at(task, "2026-08-06T06:00:00Z")).isEqualTo("reminder");
        assertThat(at(task, "2026-08-07T06:00:00Z")).isEqualTo("reminder");
        assertThat(at(task, "2026-08-08T06:00:00Z")).isEqualTo("reminder,reminder");
        int late = task(3, "monthly", "2026-07-27T02:00:00Z", "2026-07-31T15:59:59Z");
        assertThat(at(late, "2026-07-27T06:00:00Z"))
                .as("whoever was told yesterday is not reminded of a day before that")
                .isEmpty();
        int done = task(4, "continuing", "2026-06-01T02:00:00Z", "2026-06-08T15:59:59Z");
        database.run("update hw.training_task set state = 'exam_passed', closed_at = now() where task_id = " + done);
        assertThat(at(done, "2026-06-09T06:00:00Z")).isEmpty();
    }

    @Test
    void whoeverDrivesOrRestsIsToldWhenThatIsOver() throws Exception {
        int task = task(5, "remedial", "2026-05-01T02:00:00Z", "2026-05-08T15:59:59Z");
        atWork = Set.of(5);
        assertThat(at(task, "2026-05-06T06:00:00Z")).isEmpty();
        atWork = Set.of();
        assertThat(at(task, "2026-05-06T06:10:00Z")).isEqualTo("reminder");
    }

    private int task(int driver, String kind, String assigned, String due) throws Exception {
        database.run(
                "insert into hw.training_plan (kind, title, course_ids, begins_on, due_on, made_by, made_at) values ('monthly', 'x', '{1}', '2026-01-01',"
                        + " '2026-12-31', 1, now())");
        database.run(
                "insert into hw.training_task (company_id, driver_id, course_id, plan_id, kind, assigned_at, due_at) select 1, "
                        + driver + ", 1, max(plan_id), '" + kind + "', '" + assigned + "', '" + due
                        + "' from hw.training_plan");
        return Integer.parseInt(
                database.column("select max(task_id) from hw.training_task").getFirst());
    }

    /** What the driver of a task was told until a moment. */
    private String at(int task, String moment) throws Exception {
        now = Instant.parse(moment);
        reminders.look();
        return database.column(
                        "select coalesce(string_agg(kind, ',' order by message_id), '') from hw.driver_message where task_id = "
                                + task)
                .getFirst();
    }
}
