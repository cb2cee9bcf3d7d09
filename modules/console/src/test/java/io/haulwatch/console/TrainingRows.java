package io.haulwatch.console;

import java.sql.SQLException;
import java.util.List;

/** Courses, plans and tasks of a made-up world: of company 1 with the numbers 1, of company 2 with the numbers 4713. */
final class TrainingRows {
    static final int FOREIGN = 4713;
    /** Above what comes with the product. */
    static final int COURSE = 9_001;

    /** A video of that course whose upload has begun. */
    static final String VIDEO = "4c4c4c4c-4c4c-4c4c-8c4c-4c4c4c4c4c4c";

    private TrainingRows() {}

    /** A published course with a lesson and five questions. */
    static void course(ConsoleDatabase database, int id, String code, String topic) throws SQLException {
        database.run(
                "insert into hw.course (course_id, code, topic, title, title_en, exam_questions, made_by, made_at, published_at) overriding system value"
                        + " values (" + id + ", '" + code + "', '" + topic + "', '课程 " + code + "', 'Course " + code
                        + "', 5, 1, now(), now())",
                "insert into hw.lesson (lesson_id, course_id, code, place) overriding system value values (" + id + ", "
                        + id + ", 'one', 1)",
                "insert into hw.lesson_version (lesson_id, version, title, title_en, body, body_en, seconds, made_by, made_at) values ("
                        + id + ", 1, '第一课', 'First', '## 标题', '## Title', 60, 1, now())",
                "insert into hw.question (question_id, course_id, lesson_id, code) overriding system value select " + id
                        + " * 100 + n, " + id + ", " + id + ", 'Q-' || n from generate_series(1, 5) n",
                "insert into hw.question_version (question_id, version, kind, difficulty, stem, stem_en, options, made_by, made_at) select "
                        + id
                        + " * 100 + n, 1, 'single', 'easy', '题目 ' || n, 'Question ' || n, '[{\"text\":\"对\",\"text_en\":\"yes\",\"right\":true},"
                        + "{\"text\":\"错\",\"text_en\":\"no\",\"right\":false}]', 1, now() from generate_series(1, 5) n");
    }

    /** A plan and a done task with its exam, certificate and ledger row for each of the companies 1 and 2. */
    static void histories(ConsoleDatabase database) throws SQLException {
        course(database, COURSE, "first", "speed");
        database.run(
                "insert into hw.course_video (video_id, course_id, name, size, made_by, made_at, taken_at) values ('"
                        + VIDEO + "', " + COURSE + ", '制动.mp4', 4096, 1, now(), now())",
                "insert into hw.lesson_picture (course_id, name, content, made_at) values (" + COURSE
                        + ", 'brake.svg', '<svg xmlns=\"http://www.w3.org/2000/svg\"/>', now())",
                "select setval(pg_get_serial_sequence('hw.training_plan', 'plan_id'), 100000)",
                "select setval(pg_get_serial_sequence('hw.training_task', 'task_id'), 100000)");
        for (int company : List.of(1, 2)) {
            int id = company == 1 ? 1 : FOREIGN;
            String name = company == 1 ? "陈**" : "马**";
            database.run(
                    "insert into hw.training_plan (plan_id, kind, title, course_ids, begins_on, due_on, company_ids, wanted, assigned, assigned_at, made_by,"
                            + " made_at) overriding system value values (" + id + ", 'monthly', '"
                            + (company == 1 ? "月度" : "蓉通月度")
                            + "', '{9001}', '2026-10-01', '2026-10-31', '{" + company
                            + "}', 1, 1, now(), 1, now())",
                    "insert into hw.training_task (task_id, company_id, driver_id, course_id, plan_id, kind, state, assigned_at, due_at, studied_s,"
                            + " best_score, closed_at) overriding system value values (" + id + ", " + company + ", "
                            + company + ", " + COURSE + ", " + id
                            + ", 'monthly', 'exam_passed', '2026-10-01', '2026-10-31T15:59:59Z', 60, 100, '2026-10-10T02:00:00Z')",
                    "insert into hw.exam_attempt (attempt_id, task_id, company_id, driver_id, course_id, number, seed, device, pass_percent, begun_at,"
                            + " ends_at, closed_at, closed_by, score, passed) values ('" + attempt(company) + "', " + id
                            + ", " + company + ", " + company
                            + ", " + COURSE
                            + ", 1, 7, 'device-0', 80, '2026-10-10T01:50:00Z', '2026-10-10T02:05:00Z', '2026-10-10T02:00:00Z', 'driver', 100, true)",
                    "insert into hw.certificate (certificate_no, task_id, company_id, driver_id, course_id, attempt_id, holder, score, studied_s,"
                            + " issued_at, expires_on) values ('" + certificate(company) + "', " + id + ", " + company
                            + ", " + company + ", " + COURSE + ", '" + attempt(company) + "', '" + name
                            + "', 100, 60, '2026-10-10T02:00:00Z', '2190-10-10')",
                    "insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic, task_id, score) values ("
                            + company + ", " + company + ", 'monthly', '2026-10-10', 0.5, '课程 first', " + id + ", 100)",
                    "insert into hw.learning_statement (statement_id, company_id, driver_id, at, body) values ('"
                            + attempt(company)
                            + "', " + company + ", " + company
                            + ", '2026-10-10T02:00:00Z', '{\"actor\":{\"account\":{\"name\":\"driver-" + company
                            + "\"}}}')");
        }
    }

    private static String attempt(int company) {
        return "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa" + company;
    }

    static String certificate(int company) {
        return company == 1 ? "TC-2026-OWN" : "TC-2026-FOREIGN";
    }
}
