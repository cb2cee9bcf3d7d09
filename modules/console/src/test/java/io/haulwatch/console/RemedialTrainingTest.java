package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.model.paper.PaperState;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Alarms ask for training: a task is given, extended and taken back as they come and fall; and whether that helps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemedialTrainingTest {
    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run(
                "insert into hw.company (company_id, name, adcode) values (70, '补学', '110105')",
                "insert into hw.driver (driver_id, company_id, name) select 7000 + n, 70, '补' || n from generate_series(1, 40) n");
        await().until(() -> one("select count(*) from hw.course where topic in ('speed', 'fatigue') and built_in")
                .equals("2"));
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void oneMajorAlarmAsksForHalfAnHourAndMoreOfThemForMore() throws Exception {
        String first = alarm(7001, "speeding", 3, 3);
        settled();
        assertThat(task(7001)).isEqualTo("assigned 30 f " + day(7) + " speed 1");
        JsonNode row = Visitor.signedIn(stage.port(), "centre")
                .json("/api/v1/companies/70/training-tasks?state=open&driver=7001")
                .at("/items/0");
        assertThat(row.get("causes").intValue()).isEqualTo(1);
        assertThat(row.at("/alarms/0").textValue()).isEqualTo(first);
        assertThat(exam(7001)).as("a quiz of ten, whatever its course asks").isEqualTo("10 80");
        alarm(7001, "speeding", 3, 2);
        settled();
        assertThat(exam(7001)).isEqualTo("10 80");
        assertThat(task(7001)).as("longer, not another one").isEqualTo("assigned 60 f " + day(7) + " speed 2");
        alarm(7001, "speeding", 3, 1);
        settled();
        assertThat(task(7001)).isEqualTo("assigned 120 t " + day(3) + " speed 3");
        assertThat(exam(7001)).as("the exam of its course").isEqualTo("- 80");
        assertThat(one("select string_agg(kind, ',') from hw.driver_message where driver_id = 7001"))
                .isEqualTo("assigned,assigned,assigned");
        stage.database.run("update hw.episode set handling = 'overturned' where episode_id = '" + first + "'");
        settled();
        assertThat(task(7001)).as("what stays asks for less").isEqualTo("assigned 60 f " + day(3) + " speed 2");
        assertThat(stage.database.column("select action from hw.audit where object = 'training_task:"
                        + one("select task_id from hw.training_task where driver_id = 7001") + "' order by audit_id"))
                .containsExactly("remedial.give", "remedial.extend", "remedial.extend", "remedial.shorten");
    }

    @Test
    void aTaskThatNobodyBeganIsTakenBackWithItsLastAlarm() throws Exception {
        String id = alarm(7002, "fatigue_night", 4, 1);
        settled();
        assertThat(task(7002)).isEqualTo("assigned 120 t " + day(3) + " fatigue 1");
        stage.database.run("update hw.episode set state = 'withdrawn' where episode_id = '" + id + "'");
        settled();
        assertThat(task(7002)).isEqualTo("taken_back 120 t " + day(3) + " fatigue 0");
        assertThat(one("select reason from hw.training_task where driver_id = 7002"))
                .isEqualTo("alarms-withdrawn");
        assertThat(
                        one(
                                "select string_agg(kind, ',' order by message_id) from hw.driver_message where driver_id = 7002"))
                .isEqualTo("assigned,taken_back");
        stage.database.run("update hw.episode set state = 'amended' where episode_id = '" + id + "'");
        settled();
        assertThat(one("select string_agg(state, ',' order by task_id) from hw.training_task where driver_id = 7002"))
                .as("it stands again, and asks again")
                .isEqualTo("taken_back,assigned");
    }

    @Test
    void aTaskThatWasBegunStaysAndItsAlarmIsMarked() throws Exception {
        String id = alarm(7003, "speeding", 3, 1);
        settled();
        stage.database.run("update hw.training_task set state = 'in_progress' where driver_id = 7003");
        stage.database.run("update hw.episode set handling = 'false' where episode_id = '" + id + "'");
        settled();
        assertThat(task(7003)).isEqualTo("in_progress 30 f " + day(7) + " speed 0");
        assertThat(one("select count(*) from hw.training_cause where driver_id = 7003 and withdrawn_at is not null"))
                .isEqualTo("1");
    }

    @Test
    void whatWasLearntIsNotAskedForAgainButCountsAmongThree() throws Exception {
        alarm(7004, "speeding", 3, 9);
        settled();
        stage.database.run(
                "update hw.training_task set state = 'exam_passed', closed_at = now() where driver_id = 7004");
        alarm(7004, "speeding", 2, 8);
        alarm(7004, "geofence", 4, 8);
        settled();
        assertThat(one("select count(*) from hw.training_task where driver_id = 7004"))
                .isEqualTo("1");
        alarm(7004, "speeding", 3, 5);
        alarm(7004, "speeding", 3, 4);
        settled();
        assertThat(one(
                        "select state || ' ' || minutes || ' ' || (select count(*) from hw.training_cause c where c.task_id = t.task_id)"
                                + " from hw.training_task t where driver_id = 7004 order by task_id desc limit 1"))
                .isEqualTo("assigned 120 2");
        String due = one("select max(due_at) from hw.training_task where driver_id = 7004");
        stage.database.run(
                "insert into hw.training_due select episode_id, company_id, driver_id from hw.episode where driver_id = 7004");
        settled();
        assertThat(one("select max(due_at) from hw.training_task where driver_id = 7004"))
                .as("looking again changes nothing")
                .isEqualTo(due);
    }

    @Test
    void anAlarmThatWasSomebodyElsesMovesItsTask() throws Exception {
        String id = alarm(7005, "cum24", 3, 1);
        settled();
        assertThat(task(7005)).startsWith("assigned 30");
        stage.database.run("update hw.episode set driver_id = 7006 where episode_id = '" + id + "'");
        settled();
        assertThat(task(7005)).startsWith("taken_back");
        assertThat(task(7006)).isEqualTo("assigned 30 f " + day(7) + " fatigue 1");
    }

    @Test
    void aDriverWhoLeftIsGivenNothing() throws Exception {
        stage.database.run("update hw.driver set retired_at = now() where driver_id = 7007");
        alarm(7007, "speeding", 4, 1);
        settled();
        assertThat(one("select count(*) from hw.training_task where driver_id = 7007"))
                .isEqualTo("0");
    }

    @Test
    void theEffectComparesWhoLearntWithWhoDidNot() throws Exception {
        // Twenty had an alarm 60 days ago: ten learnt and one of them did it again, ten did not learn and eight did it
        // again.
        for (int n = 11; n <= 30; n++) {
            alarm(7000 + n, "speeding", 3, 60);
            if (n <= 20) {
                stage.database.run(
                        "insert into hw.training_task (company_id, driver_id, course_id, kind, state, minutes, assigned_at, due_at, closed_at)"
                                + " select 70, " + (7000 + n)
                                + ", course_id, 'remedial', 'exam_passed', 30, now() - interval '59 days', now() - interval '50 days',"
                                + " now() - interval '55 days' from hw.course where topic = 'speed' and built_in");
            }
            if (n == 11 || n > 22) {
                alarm(7000 + n, "speeding", 3, 40);
            }
        }
        stage.database.run(
                "delete from hw.training_due where driver_id between 7011 and 7030",
                "delete from hw.training_effect_count");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        one("select count(*) from hw.training_effect_count").equals("1"));
        JsonNode items = Visitor.signedIn(stage.port(), "centre")
                .json("/api/v1/training-effect?company=70")
                .get("items");
        JsonNode speed = items.findValuesAsText("topic").getFirst().equals("speed") ? items.get(0) : items.get(1);
        assertThat(speed.at("/taught").toString()).isEqualTo("{\"n\":10,\"relapsed\":1}");
        assertThat(speed.at("/comparable").toString()).isEqualTo("{\"n\":10,\"relapsed\":8}");
        assertThat(speed.get("difference").doubleValue()).isCloseTo(0.7, within(1e-9));
        assertThat(speed.get("verdict").textValue()).isEqualTo("works");
    }

    /** An alarm that ended some days ago. */
    private String alarm(int driver, String rule, int severity, int daysAgo) throws Exception {
        String id = UUID.randomUUID().toString();
        stage.database.run(
                "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, started_at, ended_at,"
                        + " severity, evidence, measures, facts, points, stream_offset) values ('" + id
                        + "', 70, 1, 'closed', '" + rule + "', 'v', 's', 1, " + driver + ", now() - interval '"
                        + daysAgo + " days', now() - interval '" + daysAgo + " days' + interval '1 minute', " + severity
                        + ", 'live', '{}', '{}', '[]', 900)");
        return id;
    }

    private void settled() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> one("select count(*) from hw.training_due").equals("0"));
    }

    /** State, minutes, whether restricted, day, topic and causes that stand. */
    private String task(int driver) throws Exception {
        List<String> tasks = stage.database.column(
                "select t.state || ' ' || t.minutes || ' ' || left(t.restricted::text, 1) || ' ' || (t.due_at at time zone 'Asia/Shanghai')::date || ' '"
                        + " || c.topic || ' ' || (select count(*) from hw.training_cause a where a.task_id = t.task_id and a.withdrawn_at is null)"
                        + " from hw.training_task t join hw.course c using (course_id) where t.driver_id = " + driver);
        return tasks.isEmpty() ? "none" : tasks.getLast();
    }

    private String exam(int driver) throws Exception {
        return one(
                "select coalesce(exam_questions::text, '-') || ' ' || pass_percent from hw.training_task where driver_id = "
                        + driver);
    }

    private String one(String query) throws Exception {
        return stage.database.column(query).getFirst();
    }

    private static String day(int fromToday) {
        return LocalDate.now(PaperState.ZONE).plusDays(fromToday).toString();
    }
}
