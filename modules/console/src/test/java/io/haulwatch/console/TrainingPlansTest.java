package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.training.TaskCompletion;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Plans become tasks in the background; companies see how far they are, excuse drivers and are not asked about those who left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingPlansTest {
    private Stage stage;
    private Visitor centre;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        TrainingRows.course(stage.database, 9011, "speed-a", "speed");
        TrainingRows.course(stage.database, 9012, "fatigue-a", "fatigue");
        stage.database.run(
                "insert into hw.course (course_id, code, topic, title, made_by, made_at) overriding system value values (9019, 'draft', 'x', '草稿', 1, now())",
                // More drivers than a batch takes, of a company of their own.
                "insert into hw.company (company_id, name, adcode) values (50, '大队', '110105'), (51, '小队', '110105')",
                "insert into hw.driver (driver_id, company_id, name) select 100000 + n, 50, '司机' || n from generate_series(1, 4100) n",
                "insert into hw.driver (driver_id, company_id, name, created_at, retired_at) values (701, 51, '甲', '2020-01-01', null), "
                        + "(702, 51, '乙', now(), null), (703, 51, '丙', '2020-01-01', now()), (704, 51, '丁', '2020-01-01', null)",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values (71, 51, '京A70001', 2, 'DANGEROUS_GOODS')",
                "insert into hw.assignment (vehicle_id, driver_id, company_id, effective_from, effective_to) values (71, 704, 51, '-infinity', 'infinity'), "
                        + "(71, 701, 51, '2020-01-01', '2020-02-01')",
                "insert into hw.app_user (username, password_hash, display_name, role, scope) select 'company51', password_hash, '小', 'company', "
                        + "'company:51' from hw.app_user where username = 'company1'");
        centre = Visitor.signedIn(stage.port(), "centre");
        company = Visitor.signedIn(stage.port(), "company51");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aPlanOfManyDriversIsAnsweredAtOnceAndAssignedInBatches() throws Exception {
        JsonNode made = make(centre, plan("monthly", "[9011,9012]", day(0), day(20), ",\"company_ids\":[50]"));
        assertThat(made.get("state").textValue()).isEqualTo("assigning");
        int id = made.get("id").intValue();
        JsonNode plan = assigned(centre, id);
        assertThat(plan.get("wanted").intValue()).isEqualTo(4100);
        assertThat(plan.get("assigned").intValue()).isEqualTo(4100);
        assertThat(one("select count(*) || ' ' || count(distinct driver_id) from hw.training_task where plan_id = "
                        + id))
                .isEqualTo("8200 4100");
        assertThat(one("select count(*) from hw.driver_message where kind = 'assigned' and task_id in"
                        + " (select task_id from hw.training_task where plan_id = " + id + ")"))
                .isEqualTo("8200");
        assertThat(one("select distinct to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')"
                        + " from hw.training_task where plan_id = " + id))
                .isEqualTo(day(20) + " 23:59:59");
        JsonNode progress = centre.json("/api/v1/training-progress?plan=" + id);
        assertThat(progress.at("/items/0/company/id").intValue()).isEqualTo(50);
        assertThat(progress.at("/total/drivers").intValue()).isEqualTo(4100);
        assertThat(progress.at("/total/rate").doubleValue()).isZero();

        stage.database.run("update hw.training_task set state = 'in_progress' where plan_id = " + id
                + " and driver_id = 100001 and course_id = 9011");
        JsonNode withdrawn = json(centre.post("/api/v1/training-plans/" + id + "/withdraw", "{\"reason\":\"发错了课程\"}"));
        assertThat(withdrawn.get("taken_back").intValue()).isEqualTo(8199);
        assertThat(withdrawn.get("stay").intValue()).isEqualTo(1);
        assertThat(one(
                        "select string_agg(distinct state || ' ' || coalesce(reason, ''), ',' order by state || ' ' || coalesce(reason, ''))"
                                + " from hw.training_task where plan_id = " + id))
                .isEqualTo("in_progress ,taken_back plan-withdrawn");
        refused(centre.post("/api/v1/training-plans/" + id + "/withdraw", "{\"reason\":\"x\"}"), 409, "plan-withdrawn");
        assertThat(one("select detail ->> 'taken_back' from hw.audit where action = 'training_plan.withdraw'"))
                .isEqualTo("8199");
    }

    @Test
    void aPlanGoesOnWhereARestartInterruptedIt() throws Exception {
        stage.database.run(
                "insert into hw.company (company_id, name, adcode) values (53, '中断', '110105')",
                "insert into hw.driver (driver_id, company_id, name) select 710 + n, 53, '续' || n from generate_series(1, 3) n",
                "insert into hw.training_plan (plan_id, kind, title, course_ids, begins_on, due_on, company_ids, wanted, assigned, made_by, made_at)"
                        + " overriding system value values (900, 'continuing', '中断', '{9011}', '" + day(2) + "', '"
                        + day(9) + "', '{53}', 3, 1, 1, now())",
                "insert into hw.training_task (company_id, driver_id, course_id, plan_id, kind, assigned_at, due_at) values "
                        + "(53, 711, 9011, 900, 'continuing', now(), now() + interval '9 days')");
        assertThat(centre.json("/api/v1/training-plans/900").get("state").textValue())
                .as("its day has not come")
                .isEqualTo("waiting");
        stage.database.run("update hw.training_plan set begins_on = '" + day(0) + "' where plan_id = 900");
        JsonNode plan = assigned(centre, 900);
        assertThat(plan.get("assigned").intValue()).isEqualTo(3);
        assertThat(drivers(900)).isEqualTo("711,712,713");
    }

    @Test
    void whoeverChangesCompanyUnderAPlanOfBothGoesOnWithHisTask() throws Exception {
        stage.database.run(
                "insert into hw.company (company_id, name, adcode) values (60, '先', '110105'), (61, '后', '110105')",
                "insert into hw.driver (driver_id, company_id, name) values (760, 60, '走')");
        int plan = make(centre, plan("monthly", "[9011]", day(0), day(20), ",\"company_ids\":[60,61]"))
                .get("id")
                .intValue();
        assigned(centre, plan);
        String task = one("select task_id from hw.training_task where driver_id = 760");
        stage.database.run(
                "update hw.training_task set state = 'in_progress', studied_s = 2700 where task_id = " + task,
                "insert into hw.study (task_id, company_id, driver_id, lesson_id, version, seed, begun_at) values ("
                        + task + ", 60, 760, 9011, 1, 1, now())",
                "insert into hw.study_day (task_id, day, company_id, driver_id, credited_s) values (" + task
                        + ", '2026-11-02', 60, 760, 1800)",
                "update hw.driver set company_id = 61 where driver_id = 760");
        later(2);
        until(() -> one("select company_id from hw.training_task where task_id = " + task)
                .equals("61"));
        later(61);
        assertThat(
                        one(
                                "select string_agg(state || ' ' || company_id, ',') from hw.training_task where driver_id = 760"))
                .as("one task, and content once")
                .isEqualTo("in_progress 61");
        assertThat(one("select company_id from hw.study where task_id = " + task))
                .isEqualTo("61");
        // The days before the change are of the company that he drove for then, in the ledger too.
        stage.database.run(
                "insert into hw.study_day (task_id, day, company_id, driver_id, credited_s) values (" + task
                        + ", '2026-11-03', 61, 760, 900)",
                "insert into hw.exam_attempt (attempt_id, task_id, company_id, driver_id, course_id, number, seed, device, pass_percent, begun_at,"
                        + " ends_at, closed_at, closed_by, score, passed) values ('76000000-0000-4000-8000-000000000000', "
                        + task
                        + ", 61, 760, 9011, 1, 1, 'device-1', 80, now(), now(), now(), 'driver', 90, true)");
        TaskCompletion completion = new TaskCompletion(new SecureRandom());
        new ScopedDatabase(stage.database.databases().app()).write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
            completion.passed(
                    connection,
                    Long.parseLong(task),
                    UUID.fromString("76000000-0000-4000-8000-000000000000"),
                    stage.clock.instant());
            return true;
        });
        assertThat(one(
                        "select string_agg(company_id || ' ' || held_on || ' ' || hours, ',' order by held_on) from hw.training_record"
                                + " where task_id = " + task))
                .isEqualTo("60 2026-11-02 0.66,61 2026-11-03 0.34");
    }

    @Test
    void goodsAndTheDayOfHiringChooseDriversAndNewOnesFollow() throws Exception {
        int goods = make(company, plan("monthly", "[9011]", day(0), day(5), ",\"cargo\":[\"DANGEROUS_GOODS\"]"))
                .get("id")
                .intValue();
        int hired = make(company, plan("prejob", "[9012]", day(0), day(5), ",\"hired_from\":\"" + day(-1) + "\""))
                .get("id")
                .intValue();
        assertThat(assigned(company, goods).get("company_ids").toString()).isEqualTo("[51]");
        assigned(company, hired);
        assertThat(drivers(goods)).as("who drives dangerous goods now").isEqualTo("704");
        assertThat(drivers(hired)).isEqualTo("702");
        stage.database.run("insert into hw.driver (driver_id, company_id, name) values (705, 51, '戊')");
        later(61);
        until(() -> drivers(hired).equals("702,705"));
        JsonNode plan = company.json("/api/v1/training-plans/" + hired);
        assertThat(plan.get("wanted").intValue()).isEqualTo(2);
        assertThat(plan.get("assigned").intValue()).isEqualTo(2);

        stage.database.run(
                "update hw.driver set company_id = 1 where driver_id = 705",
                "update hw.driver set retired_at = now() where driver_id = 702");
        later(2);
        until(() -> one("select count(*) from hw.training_task where driver_id in (702, 705) and closed_at is null")
                .equals("0"));
        assertThat(one(
                        "select string_agg(distinct driver_id || ' ' || state || ' ' || reason, ',') from hw.training_task where plan_id = "
                                + hired))
                .isEqualTo("702 excused driver-left,705 excused driver-moved");
        JsonNode rows = company.json("/api/v1/companies/51/training-tasks?state=excused&plan=" + hired);
        assertThat(rows.get("items").findValuesAsText("driver"))
                .as("rows of the time before keep their names")
                .containsExactly("乙", "戊");
        JsonNode progress =
                company.json("/api/v1/training-progress?plan=" + hired).get("total");
        assertThat(progress.get("excused").intValue()).isEqualTo(2);
        assertThat(progress.get("rate").isNull()).as("nobody has to").isTrue();
    }

    @Test
    void progressCountsDriversAndLeavesOutWhoIsExcused() throws Exception {
        stage.database.run(
                "insert into hw.company (company_id, name, adcode) values (52, '进度', '110105')",
                "insert into hw.driver (driver_id, company_id, name) select 800 + n, 52, '员' || n from generate_series(1, 4) n",
                "insert into hw.training_plan (plan_id, kind, title, course_ids, begins_on, due_on, company_ids, assigned_at, made_by, made_at)"
                        + " overriding system value values (901, 'monthly', '三月', '{9011,9012}', '2026-03-01', '2026-03-31', '{52}', now(), 1, now())",
                "insert into hw.training_task (task_id, company_id, driver_id, course_id, plan_id, kind, state, assigned_at, due_at, closed_at)"
                        + " overriding system value select 900000 + row_number() over (), 52, d, c, 901, 'monthly', s, '2026-03-01', '2026-03-31T15:59:59Z',"
                        + " case when s in ('exam_passed', 'excused') then timestamptz '2026-03-20' end from (values (801, 9011, 'exam_passed'), "
                        + "(801, 9012, 'exam_passed'), (802, 9011, 'exam_passed'), (802, 9012, 'in_progress'), (803, 9011, 'excused'), (803, 9012, 'excused'), "
                        + "(804, 9011, 'exam_passed'), (804, 9012, 'assigned')) v (d, c, s)");
        JsonNode row = centre.json("/api/v1/training-progress?month=2026-03&company=52")
                .at("/items/0");
        assertThat(row.get("drivers").intValue()).isEqualTo(3);
        assertThat(row.get("done").intValue()).isEqualTo(1);
        assertThat(row.get("overdue").intValue()).isEqualTo(2);
        assertThat(row.get("excused").intValue()).isEqualTo(1);
        assertThat(row.get("rate").doubleValue()).isEqualTo(0.3333);
        String open = one(
                "select task_id from hw.training_task where plan_id = 901 and driver_id = 804 and course_id = 9012");
        refused(centre.post("/api/v1/training-tasks/" + open + "/excuse", "{\"reason\":\" \"}"), 400, "bad-value");
        JsonNode excused = json(centre.post("/api/v1/training-tasks/" + open + "/excuse", "{\"reason\":\"病假 20 天\"}"));
        assertThat(excused.get("state").textValue()).isEqualTo("excused");
        assertThat(excused.get("driver").textValue()).isEqualTo("员4");
        refused(centre.post("/api/v1/training-tasks/" + open + "/excuse", "{\"reason\":\"x\"}"), 409, "task-closed");
        row = centre.json("/api/v1/training-progress?plan=901").at("/items/0");
        assertThat(row.get("done").intValue()).isEqualTo(2);
        assertThat(row.get("rate").doubleValue()).isEqualTo(0.6667);
        assertThat(one("select detail ->> 'reason' from hw.audit where action = 'training_task.excuse'"))
                .isEqualTo("病假 20 天");

        Set<String> seen = new HashSet<>();
        String cursor = "";
        for (int pages = 0; pages < 4; pages++) {
            JsonNode page = centre.json("/api/v1/companies/52/training-tasks?limit=3" + cursor);
            page.get("items")
                    .forEach(item ->
                            assertThat(seen.add(item.get("id").asText())).isTrue());
            if (page.get("next_cursor").isNull()) {
                break;
            }
            cursor = "&cursor=" + page.get("next_cursor").textValue();
        }
        assertThat(seen).hasSize(8);
        assertThat(centre.json("/api/v1/companies/52/training-tasks?state=overdue")
                        .get("items"))
                .hasSize(1);
        assertThat(Visitor.signedIn(stage.port(), "admin")
                        .json("/api/v1/companies/52/training-tasks?state=done&driver=801")
                        .get("items"))
                .hasSize(2);
    }

    @Test
    void aCompanyPlansForItselfAlone() throws Exception {
        refused(
                company.post(
                        "/api/v1/training-plans",
                        plan("monthly", "[9011]", day(0), day(5), ",\"company_ids\":[51,50]")),
                404,
                "not-found");
        refused(
                company.post("/api/v1/training-plans", plan("monthly", "[9011,9019]", day(0), day(5), "")),
                422,
                "course-not-published");
        refused(
                company.post("/api/v1/training-plans", plan("monthly", "[9011]", day(-9), day(-1), "")),
                422,
                "plan-dates");
        refused(
                company.post(
                        "/api/v1/training-plans", plan("monthly", "[9011]", day(0), day(1), ",\"cargo\":[\"milk\"]")),
                400,
                "bad-value");
        JsonNode all = make(centre, plan("monthly", "[9012]", day(3), day(9), ""));
        assertThat(all.get("company_ids")).isEmpty();
        String path = "/api/v1/training-plans/" + all.get("id").intValue();
        assertThat(company.json(path).get("wanted").isNull()).isTrue();
        refused(company.post(path + "/withdraw", "{\"reason\":\"x\"}"), 422, "plan-of-others");
        int other = make(centre, plan("monthly", "[9012]", day(3), day(9), ",\"company_ids\":[50]"))
                .get("id")
                .intValue();
        refused(company.get("/api/v1/training-plans/" + other), 404, "not-found");
        assertThat(company.json("/api/v1/training-plans?limit=200").get("items").findValuesAsText("id"))
                .contains(all.get("id").asText())
                .doesNotContain(Integer.toString(other));
    }

    private static String plan(String kind, String courses, String begins, String due, String more) {
        return "{\"kind\":\"" + kind + "\",\"title\":\"计划\",\"course_ids\":" + courses + ",\"begins_on\":\"" + begins
                + "\",\"due_on\":\"" + due + "\"" + more + "}";
    }

    private static JsonNode make(Visitor who, String body) throws Exception {
        return json(who.post("/api/v1/training-plans", body));
    }

    private JsonNode assigned(Visitor who, int plan) throws Exception {
        until(() ->
                !who.json("/api/v1/training-plans/" + plan).get("assigned_at").isNull());
        return who.json("/api/v1/training-plans/" + plan);
    }

    private String drivers(int plan) throws Exception {
        return one(
                "select string_agg(distinct driver_id::text, ',' order by driver_id::text) from hw.training_task where plan_id = "
                        + plan);
    }

    private String one(String query) throws Exception {
        return stage.database.column(query).getFirst();
    }

    /** Time goes by, and whoever is signed in looks at something now and then. */
    private void later(int minutes) throws Exception {
        for (int left = minutes; left > 0; left -= 20) {
            stage.ahead(Duration.ofMinutes(Math.min(left, 20)).toMillis());
            centre.json("/api/v1/session");
            company.json("/api/v1/session");
        }
    }

    private static void until(Callable<Boolean> is) {
        await().atMost(Duration.ofSeconds(20)).until(is);
    }

    private String day(int fromToday) {
        return LocalDate.ofInstant(stage.clock.instant(), PaperState.ZONE)
                .plusDays(fromToday)
                .toString();
    }
}
