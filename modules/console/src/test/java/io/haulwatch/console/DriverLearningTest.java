package io.haulwatch.console;

import static io.haulwatch.console.Answers.json;
import static io.haulwatch.console.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.training.study.PresenceChecks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lessons on a phone: what time counts, what does not, and that nothing counts twice. */
class DriverLearningTest extends DriverStage {
    private static final long LATE_CHECK = lateCheck();

    /** Begins a lesson whose check is asked in its last third. */
    @Override
    JsonNode begin(int lesson) throws Exception {
        JsonNode study = super.begin(lesson);
        stage.database.run("update hw.study set seed = " + LATE_CHECK + " where study_id = "
                + study.get("id").asText());
        return study;
    }

    private static long lateCheck() {
        for (long seed = 1; ; seed++) {
            long due = PresenceChecks.drawn(seed, 60 * SECOND).dueMillis(0);
            if (due > 41 * SECOND && due < 49 * SECOND) {
                return seed;
            }
        }
    }

    private static String body(String... beats) {
        return "{\"beats\":[" + String.join(",", beats) + "]}";
    }

    /** Plays a lesson from a place on, and shows that somebody is there whenever that is asked. */
    private JsonNode play(JsonNode begun, int from, int to) throws Exception {
        JsonNode study = begun;
        int sequence = 1;
        beats(study, beat(0, from, true));
        for (int at = from; at < to; ) {
            at = Math.min(at + 15, to);
            stage.ahead(15 * SECOND);
            study = beats(study, beat(sequence++, at, true));
            if (!study.get("check_until").isNull()) {
                study = json(
                        phone.post("/api/v1/driver/studies/" + study.get("id").asText() + "/present", "{}"));
            }
        }
        return study;
    }

    private List<String> events(JsonNode study) throws Exception {
        return stage.database.column("select kind from hw.study_event where study_id = "
                + study.get("id").asText() + " order by event_id");
    }

    @Test
    void aTaskShowsItsLessonsAndIsDoneWhenAllOfThemAre() throws Exception {
        JsonNode shown = phone.json("/api/v1/driver/tasks/" + task);
        assertThat(shown.get("state").textValue()).isEqualTo("assigned");
        JsonNode first = shown.get("lessons").get(0);
        assertThat(first.get("html").textValue())
                .contains("<p>打哈欠。</p>", "/api/v1/course-pictures/" + DriverGround.COURSE + "/clock.svg");
        assertThat(first.get("html_en").textValue()).contains("Yawning.");
        assertThat(first.get("quiz")).hasSize(3);
        assertThat(first.get("quiz").toString()).doesNotContain("right", "因为");
        assertThat(phone.get("/api/v1/course-pictures/" + DriverGround.COURSE + "/clock.svg")
                        .headers()
                        .firstValue("Content-Type"))
                .contains("image/svg+xml");

        JsonNode study = play(begin(DriverGround.LESSON_1), 0, 60);
        assertThat(study.get("state").textValue()).isEqualTo("done");
        assertThat(study.get("credited_s").intValue()).isBetween(57, 60);
        JsonNode under = phone.json("/api/v1/driver/tasks/" + task);
        assertThat(under.get("state").textValue()).isEqualTo("in_progress");
        assertThat(under.get("lessons_done").intValue()).isEqualTo(1);
        assertThat(under.get("studied_s").intValue())
                .isEqualTo(study.get("credited_s").intValue());
        refused(phone.post("/api/v1/exams/" + task + "/attempts", "{\"device\":\"phone-one\"}"), 409, "study-first");
        play(begin(DriverGround.LESSON_2), 0, 60);
        assertThat(phone.json("/api/v1/driver/tasks/" + task).get("state").textValue())
                .isEqualTo("study_done");
        assertThat(stage.database.column(
                        "select regexp_replace(body -> 'verb' ->> 'id', '.*/', '') || ' ' || (body -> 'object' ->> 'id') || ' '"
                                + " || coalesce(body -> 'result' ->> 'completion', '-') from hw.learning_statement where driver_id = "
                                + driver + " order by statement_no"))
                .containsExactly(
                        "initialized urn:haulwatch:course:ground:lesson:signs -",
                        "completed urn:haulwatch:course:ground:lesson:signs true",
                        "terminated urn:haulwatch:course:ground:lesson:signs true",
                        "initialized urn:haulwatch:course:ground:lesson:rest -",
                        "completed urn:haulwatch:course:ground:lesson:rest true",
                        "terminated urn:haulwatch:course:ground:lesson:rest true");
        assertThat(stage.database.column(
                        "select sum(credited_ms) / 1000 from hw.study_stretch where task_id = " + task))
                .containsExactlyElementsOf(
                        stage.database.column("select studied_s from hw.training_task where task_id = " + task));
        assertThat(phone.json("/api/v1/driver/hours")
                        .get("days")
                        .get(0)
                        .get("seconds")
                        .intValue())
                .isBetween(114, 120);
    }

    @Test
    void whatIsSkippedHiddenOrSaidTwiceCountsForNothing() throws Exception {
        JsonNode study = begin(DriverGround.LESSON_1);
        beats(study, beat(0, 0, true));
        stage.ahead(15 * SECOND);
        assertThat(beats(study, beat(1, 15, true)).get("credited_s").intValue()).isBetween(14, 15);
        stage.ahead(15 * SECOND);
        JsonNode again = beats(study, beat(1, 15, true));
        assertThat(again.get("credited_s").intValue()).as("said again").isLessThanOrEqualTo(15);
        JsonNode skipped = beats(study, beat(2, 58, true));
        assertThat(skipped.get("position_s").intValue()).isEqualTo(15);
        assertThat(skipped.get("reason").textValue()).isEqualTo("skip");
        assertThat(skipped.get("credited_s").intValue()).isLessThanOrEqualTo(15);
        stage.ahead(5 * SECOND);
        assertThat(beats(study, beat(3, 20, false)).get("state").textValue()).isEqualTo("paused");
        stage.ahead(10 * SECOND);
        JsonNode hidden = beats(study, beat(4, 20, true));
        assertThat(hidden.get("credited_s").intValue()).isLessThanOrEqualTo(20);
        stage.ahead(300 * SECOND);
        JsonNode gap = beats(study, beat(5, 20, true));
        assertThat(gap.get("credited_s").intValue()).isLessThanOrEqualTo(20);
        assertThat(events(study)).containsSubsequence("skip", "hidden", "gap");
    }

    @Test
    void beatsThatWaitedOnThePhoneEarnNoMoreThanTimeThatPassedHere() throws Exception {
        JsonNode study = begin(DriverGround.LESSON_2);
        beats(study, beat(0, 0, true));
        stage.ahead(20 * SECOND);
        String forged = body(
                "{\"sequence\":1,\"nonce\":\"a\",\"position_s\":15,\"visible\":true,\"at\":\"2026-01-01T00:00:00Z\"}",
                "{\"sequence\":2,\"nonce\":\"b\",\"position_s\":30,\"visible\":true,\"at\":\"2026-01-01T00:00:15Z\"}",
                "{\"sequence\":3,\"nonce\":\"c\",\"position_s\":45,\"visible\":true,\"at\":\"2026-01-01T02:00:30Z\"}");
        JsonNode after =
                json(phone.post("/api/v1/driver/studies/" + study.get("id").asText() + "/beats", forged));
        assertThat(after.get("credited_s").intValue()).isLessThanOrEqualTo(21);
    }

    @Test
    void aMissedCheckTakesBackWhatWasStudiedSinceTheLastOne() throws Exception {
        JsonNode study = begin(DriverGround.LESSON_1);
        beats(study, beat(0, 0, true));
        int sequence = 1;
        int position = 0;
        while (study.get("check_until").isNull()) {
            assertThat(position).as("a lesson asks once").isLessThan(60);
            position += 10;
            stage.ahead(10 * SECOND);
            study = beats(study, beat(sequence++, position, true));
        }
        assertThat(study.get("credited_s").intValue()).isPositive();
        stage.ahead(61 * SECOND);
        JsonNode missed = beats(study, beat(sequence, position, true));
        assertThat(missed.get("credited_s").intValue()).isZero();
        assertThat(missed.get("reason").textValue()).isEqualTo("check_missed");
        assertThat(events(study)).endsWith("check_missed");
        assertThat(stage.database.column("select studied_s from hw.training_task where task_id = " + task))
                .containsExactly("0");
        assertThat(stage.database.column("select sum(credited_s) from hw.study_day where task_id = " + task))
                .containsExactly("0");
    }

    @Test
    void anotherPhonePausesTheLessonThatRunsOnTheFirst() throws Exception {
        JsonNode study = begin(DriverGround.LESSON_1);
        beats(study, beat(0, 0, true));
        Visitor first = phone;
        phone = ground.phone(driver);
        assertThat(first.post("/api/v1/driver/studies/" + study.get("id").asText() + "/beats", body(beat(1, 5, true)))
                        .statusCode())
                .isEqualTo(401);
        JsonNode elsewhere = beats(study, beat(1, 5, true));
        assertThat(elsewhere.get("reason").textValue()).isEqualTo("other_session");
        begin(DriverGround.LESSON_1);
        JsonNode other = begin(DriverGround.LESSON_2);
        assertThat(events(study)).contains("other_session");
        assertThat(beats(study, beat(9, 5, true)).get("state").textValue()).isEqualTo("paused");
        assertThat(other.get("state").textValue()).isEqualTo("running");
    }

    @Test
    void whatRunsAtTheWheelIsWorthNothingAndIsWrittenDown() throws Exception {
        int truck = driver + 1_000;
        stage.database.run(
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values (" + truck
                        + ", 1, '渝C0" + truck + "', 2, 'GENERAL')",
                "insert into hw.assignment (vehicle_id, driver_id, company_id, effective_from) values (" + truck + ", "
                        + driver + ", 1, '-infinity')");
        Visitor centre = Visitor.signedIn(stage.port(), "centre");
        await().until(() -> centre.get("/api/v1/vehicles/" + truck).statusCode() == 200
                && phone.json("/api/v1/driver/today").get("vehicle").hasNonNull("plate"));
        JsonNode study = begin(DriverGround.LESSON_1);
        beats(study, beat(0, 0, true));
        ground.drives(truck, 50);
        stage.ahead(15 * SECOND);
        String path = "/api/v1/driver/studies/" + study.get("id").asText() + "/beats";
        refused(phone.post(path, body(beat(1, 15, true))), 423, "truck-moving");
        refused(phone.get("/api/v1/driver/tasks"), 423, "truck-moving");
        assertThat(events(study)).containsExactly("driving");
        ground.drives(truck, 0);
        stage.ahead(15 * SECOND);
        assertThat(beats(study, beat(2, 15, true)).get("credited_s").intValue()).isZero();
    }

    @Test
    void aDayHasNoMoreThanItsHours() throws Exception {
        stage.database.run("insert into hw.study_day (task_id, day, company_id, driver_id, credited_s) values (" + task
                + ", ('" + stage.clock.instant() + "'::timestamptz at time zone 'Asia/Shanghai')::date, 1, " + driver
                + ", 16190)");
        JsonNode study = begin(DriverGround.LESSON_1);
        beats(study, beat(0, 0, true));
        stage.ahead(15 * SECOND);
        assertThat(beats(study, beat(1, 15, true)).get("credited_s").intValue()).isEqualTo(10);
        stage.ahead(15 * SECOND);
        JsonNode full = beats(study, beat(2, 30, true));
        assertThat(full.get("credited_s").intValue()).isEqualTo(10);
        assertThat(full.get("reason").textValue()).isEqualTo("day_full");
        assertThat(events(study)).contains("day_full");
    }

    @Test
    void twoWrongAnswersToOneQuestionSendBackTwoMinutes() throws Exception {
        play(begin(DriverGround.LESSON_1), 0, 60);
        String wrong = "{\"question_id\":" + DriverGround.QUESTION + ",\"version\":1,\"given\":[2]}";
        assertThat(json(phone.post("/api/v1/driver/quiz", wrong))
                        .get("rewatch_from_s")
                        .isNull())
                .isTrue();
        assertThat(json(phone.post("/api/v1/driver/quiz", wrong))
                        .get("rewatch_from_s")
                        .isNull())
                .as("the same answer, sent again over a poor network")
                .isTrue();
        assertThat(phone.json("/api/v1/driver/tasks/" + task)
                        .get("lessons_done")
                        .intValue())
                .isEqualTo(1);
        stage.ahead(15 * SECOND);
        assertThat(json(phone.post("/api/v1/driver/quiz", wrong))
                        .get("rewatch_from_s")
                        .intValue())
                .as("the lesson has one minute")
                .isZero();
        JsonNode back = phone.json("/api/v1/driver/tasks/" + task);
        assertThat(back.get("lessons_done").intValue()).isZero();
        assertThat(back.at("/lessons/0/reached_s").intValue()).isZero();
        assertThat(back.at("/lessons/0/credited_s").intValue()).isBetween(57, 60);
        int credited = back.get("studied_s").intValue();
        JsonNode again = play(begin(DriverGround.LESSON_1), 0, 60);
        assertThat(again.get("state").textValue()).isEqualTo("done");
        assertThat(phone.json("/api/v1/driver/tasks/" + task).get("studied_s").intValue())
                .as("what is seen again is worth no more than the lesson")
                .isBetween(credited, 60);
        String right = wrong.replace("[2]", "[0]");
        stage.ahead(15 * SECOND);
        assertThat(json(phone.post("/api/v1/driver/quiz", wrong))
                        .get("rewatch_from_s")
                        .isNull())
                .isTrue();
        assertThat(json(phone.post("/api/v1/driver/quiz", right)).get("right").booleanValue())
                .isTrue();
        assertThat(json(phone.post("/api/v1/driver/quiz", wrong))
                        .get("rewatch_from_s")
                        .isNull())
                .as("a right answer wipes out the wrong ones before it")
                .isTrue();
        assertThat(stage.database.column(
                        "select regexp_replace(body -> 'verb' ->> 'id', '.*/', '') from hw.learning_statement where driver_id = "
                                + driver + " order by statement_no"))
                .containsExactly(
                        "initialized",
                        "completed",
                        "terminated",
                        "answered",
                        "answered",
                        "voided",
                        "initialized",
                        "completed",
                        "terminated",
                        "answered",
                        "answered",
                        "answered");
        assertThat(stage.database.column(
                        "select (body -> 'result' ->> 'response') || ' ' || (body -> 'result' ->> 'success') || ' '"
                                + " || (body -> 'object' -> 'definition' ->> 'interactionType') from hw.learning_statement where driver_id = "
                                + driver
                                + " and body -> 'verb' ->> 'id' like '%answered' order by statement_no limit 1"))
                .containsExactly("o2 false choice");
    }

    @Test
    void aQuizSaysWhyAndAsksOnlyWhatIsLearnt() throws Exception {
        String right = "{\"question_id\":" + (DriverGround.QUESTION + 4) + ",\"version\":1,\"given\":[1,0]}";
        JsonNode answer = json(phone.post("/api/v1/driver/quiz", right));
        assertThat(answer.get("right").booleanValue()).isTrue();
        assertThat(answer.get("clause").textValue()).isEqualTo("第 62 条");
        JsonNode wrong = json(phone.post(
                "/api/v1/driver/quiz", "{\"question_id\":" + DriverGround.QUESTION + ",\"version\":1,\"given\":[2]}"));
        assertThat(wrong.get("right").booleanValue()).isFalse();
        assertThat(wrong.get("right_options").get(0).intValue()).isZero();
        refused(
                phone.post(
                        "/api/v1/driver/quiz",
                        "{\"question_id\":" + DriverGround.QUESTION + ",\"version\":1,\"given\":[7]}"),
                400,
                "bad-value");
        refused(phone.post("/api/v1/driver/quiz", "{\"question_id\":1,\"version\":1,\"given\":[0]}"), 404, "not-found");
        Visitor other = ground.phone(1);
        ground.drives(1, 0);
        stage.ahead(1_500);
        refused(other.post("/api/v1/driver/quiz", right), 404, "not-found");
        refused(other.get("/api/v1/driver/tasks/" + task), 404, "not-found");
    }
}
