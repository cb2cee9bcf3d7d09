package io.haulwatch.console;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Locale;
import org.awaitility.Awaitility;

/** What drivers learn on a stage: one course of two short lessons with six questions, tasks, and phones that sign in. */
final class DriverGround {
    static final String PHONE_1 = "13800002047";
    static final String PHONE_2 = "13700001234";
    static final int COURSE = 900;
    static final int LESSON_1 = 901;
    static final int LESSON_2 = 902;
    /** Six questions from here on; of each the first option is right, of the last two the first and the second. */
    static final int QUESTION = 910;

    private final Stage stage;

    DriverGround(Stage stage) throws SQLException {
        this.stage = stage;
        stage.database.run(
                "insert into hw.course (course_id, code, topic, title, title_en, exam_questions, exam_minutes, made_by, made_at, published_at)"
                        + " overriding system value values (" + COURSE
                        + ", 'ground', 'fatigue', '疲劳驾驶', 'Driving tired', 5, 10, 1, now(), now())",
                "insert into hw.lesson (lesson_id, course_id, code, place) overriding system value values (" + LESSON_1
                        + ", " + COURSE + ", 'signs', 1), (" + LESSON_2 + ", " + COURSE + ", 'rest', 2)",
                "insert into hw.lesson_version (lesson_id, version, title, body, body_en, seconds, made_by, made_at) values ("
                        + LESSON_1 + ", 1, '疲劳的信号', '打哈欠。\n\n![钟](clock.svg)', 'Yawning.', 60, 1, now()), (" + LESSON_2
                        + ", 1, '休息', '停车休息二十分钟。', null, 60, 1, now())",
                "insert into hw.lesson_picture (course_id, name, content, made_at) values (" + COURSE
                        + ", 'clock.svg', '<svg xmlns=\"http://www.w3.org/2000/svg\"/>', now())",
                "insert into hw.question (question_id, course_id, lesson_id, code) overriding system value select "
                        + QUESTION
                        + " + n, " + COURSE + ", case when n % 2 = 0 then " + LESSON_1 + " else " + LESSON_2
                        + " end, 'q' || n from generate_series(0, 5) n");
        question(1, "第 ");
    }

    /** A version of all questions. */
    void question(int version, String stem) throws SQLException {
        stage.database.run(
                "insert into hw.question_version (question_id, version, kind, difficulty, stem, options, explanation, clause, effective, made_by, made_at)"
                        + " select " + QUESTION + " + n, " + version
                        + ", case when n >= 4 then 'multiple' else 'single' end, 'medium', '" + stem
                        + "' || n || ' 题', jsonb_build_array(jsonb_build_object('text', '甲', 'right', true), "
                        + "jsonb_build_object('text', '乙', 'right', n >= 4), jsonb_build_object('text', '丙', 'right', false)), "
                        + "'因为', '第 62 条', '2022-04-01', 1, now() from generate_series(0, 5) n");
    }

    /** A remedial task of a driver for this alarm, open for a week. @return its number */
    String task(int driverId, int companyId, String alarm) throws SQLException {
        String id = stage.database
                .column(
                        "insert into hw.training_task (company_id, driver_id, course_id, kind, assigned_at, due_at) values ("
                                + companyId + ", " + driverId + ", " + COURSE
                                + ", 'remedial', now(), now() + interval '7 days') returning task_id")
                .getFirst();
        stage.database.run(
                "insert into hw.training_cause (task_id, episode_id, company_id, driver_id, added_at) values (" + id
                        + ", '" + alarm + "', " + companyId + ", " + driverId + ", now())");
        return id;
    }

    /** Says that a driver has gone through all lessons of a task. */
    void studied(String task, int driverId, int companyId) throws SQLException {
        stage.database.run(
                "insert into hw.study (task_id, company_id, driver_id, lesson_id, version, seed, state, begun_at, credited_s, done_at) select "
                        + task + ", " + companyId + ", " + driverId
                        + ", lesson_id, 1, 1, 'done', now(), 60, now() from hw.lesson where course_id = "
                        + COURSE,
                "insert into hw.study_day (task_id, day, company_id, driver_id, credited_s) values (" + task
                        + ", (now() at time zone 'Asia/Shanghai')::date, " + companyId + ", " + driverId + ", 120)",
                "update hw.training_task set state = 'study_done', studied_s = 120 where task_id = " + task);
    }

    /** A truck stands, or drives with this speed in km/h; waits until the console knows. */
    void drives(int vehicleId, int speedKmh) throws IOException, InterruptedException {
        stage.ports.report(
                vehicleId,
                29_563_010,
                106_551_640,
                speedKmh * 10,
                speedKmh > 0 ? 0b1111 : 0b1101,
                stage.clock.millis());
        Visitor centre = Visitor.signedIn(stage.port(), "centre");
        Awaitility.await()
                .until(() -> centre.json("/api/v1/vehicles/" + vehicleId)
                                .get("speed_kmh")
                                .intValue()
                        == speedKmh);
    }

    /** A driver's phone, signed in by a link of his company. */
    Visitor phone(int driverId) throws IOException, InterruptedException {
        Visitor centre = Visitor.signedIn(stage.port(), "admin");
        String link = Answers.json(centre.post("/api/v1/drivers/" + driverId + "/entry-link", "{}"))
                .get("link")
                .textValue();
        Visitor phone = new Visitor(stage.port());
        entered(phone, "{\"link\":\"" + link.substring(link.indexOf('=') + 1) + "\"}");
        return phone;
    }

    /** Signs a phone in; it must work. */
    static void entered(Visitor phone, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = phone.post("/api/v1/driver/session", body);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("no sign-in: " + answer.statusCode() + " " + answer.body());
        }
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        phone.cookie = cookie.substring(0, cookie.indexOf(';'));
        phone.csrf = Visitor.JSON.readTree(answer.body()).get("csrf_token").textValue();
    }

    static String codeBody(String phone, String code) {
        return String.format(Locale.ROOT, "{\"phone\":\"%s\",\"code\":\"%s\"}", phone, code);
    }
}
