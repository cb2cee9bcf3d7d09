package io.haulwatch.console.training;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.CourseRoutes.CourseRow;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies of courses: a built-in one is rewritten in a course of one's own, which no start of the product puts back. A copy is a draft with the lessons
 * and questions in use, each in its newest version, and with the pictures. What drivers did with the original stays with the original.
 */
final class CourseCopies {
    private static final String MARK = "（副本）";
    private static final String MARK_EN = " (copy)";
    private static final int LONGEST_CODE = 40;
    private static final int LONGEST_TITLE = 100;
    private static final int MOST_OF_ONE = 99;

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final InstantSource clock;

    CourseCopies(ScopedDatabase database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.post("/api/v1/courses/:id/copy", Right.WRITE_COURSES, this::copy));
    }

    private Answer copy(Call call) throws SQLException {
        CourseRoutes.needAll(call);
        int id = call.pathId("id");
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            CourseRow original = CourseRoutes.need(connection, call.scope(), id);
            Instant now = clock.instant();
            int made = course(connection, original, me, now);
            lessons(connection, id, made, me, now);
            questions(connection, id, made, me, now);
            new SqlText(
                            "insert into hw.lesson_picture (course_id, name, content, made_at)"
                                    + " select ?, name, content, ? from hw.lesson_picture where course_id = ?",
                            made,
                            now,
                            id)
                    .run(connection);
            audit.add(connection, me, "course.copy", "course:" + made, Map.of("from", id), call.address());
            return CourseRoutes.detail(connection, call.scope(), made);
        }));
    }

    /** A draft with the words and the exam of another course, and a code of its own. */
    private static int course(Connection connection, CourseRow original, int me, Instant now) throws SQLException {
        for (int number = 1; number <= MOST_OF_ONE; number++) {
            Integer made = new SqlText(
                            """
                            insert into hw.course (code, topic, title, title_en, summary, summary_en, exam_questions, exam_minutes, pass_percent, attempts,
                                valid_months, made_by, made_at)
                            select ?, topic, ?, nullif(?, ''), summary, summary_en, exam_questions, exam_minutes, pass_percent, attempts, valid_months, ?, ?
                            from hw.course where course_id = ? on conflict (code) do nothing returning course_id
                            """,
                            ended(original.code(), number == 1 ? "-copy" : "-copy-" + number, LONGEST_CODE),
                            ended(original.title(), MARK, LONGEST_TITLE),
                            marked(original.titleEn()),
                            me,
                            now,
                            original.id())
                    .first(connection, row -> row.getInt(1))
                    .orElse(null);
            if (made != null) {
                return made;
            }
        }
        throw Refusal.conflict(
                "course-there", "There are " + MOST_OF_ONE + " copies of this course already: code=" + original.code());
    }

    private static String marked(@Nullable String english) {
        return english == null ? "" : ended(english, MARK_EN, 2 * LONGEST_TITLE);
    }

    /** A text with an end, of which the text gives way where both are too long. */
    private static String ended(String text, String end, int longest) {
        int kept = text.offsetByCodePoints(0, Math.min(text.codePointCount(0, text.length()), longest - end.length()));
        return text.substring(0, kept) + end;
    }

    /** A file that was uploaded belongs to the original: a lesson of the copy names none until it has one of its own. */
    private static void lessons(Connection connection, int from, int made, int me, Instant now) throws SQLException {
        new SqlText(
                        "insert into hw.lesson (course_id, code, place) select ?, code, row_number() over (order by place, lesson_id) from hw.lesson"
                                + " where course_id = ? and retired_at is null",
                        made,
                        from)
                .run(connection);
        new SqlText("""
                        insert into hw.lesson_version (lesson_id, version, title, title_en, body, body_en, seconds, video, made_by, made_at)
                        select n.lesson_id, 1, v.title, v.title_en, v.body, v.body_en, v.seconds, case when starts_with(v.video, 'https://') then v.video end,
                            ?, ?
                        from hw.lesson n join hw.lesson l on l.course_id = ? and l.code = n.code join lateral (
                            select * from hw.lesson_version v where v.lesson_id = l.lesson_id order by version desc limit 1) v on true
                        where n.course_id = ?
                        """, me, now, from, made).run(connection);
    }

    private static void questions(Connection connection, int from, int made, int me, Instant now) throws SQLException {
        new SqlText("""
                        insert into hw.question (course_id, lesson_id, code)
                        select ?, n.lesson_id, q.code from hw.question q left join hw.lesson l on l.lesson_id = q.lesson_id
                            left join hw.lesson n on n.course_id = ? and n.code = l.code
                        where q.course_id = ? and q.state = 'live' order by q.question_id
                        """, made, made, from).run(connection);
        new SqlText("""
                        insert into hw.question_version (question_id, version, kind, difficulty, stem, stem_en, options, explanation, explanation_en, clause,
                            clause_en, effective, made_by, made_at)
                        select n.question_id, 1, v.kind, v.difficulty, v.stem, v.stem_en, v.options, v.explanation, v.explanation_en, v.clause, v.clause_en,
                            v.effective, ?, ?
                        from hw.question n join hw.question q on q.course_id = ? and q.code = n.code join lateral (
                            select * from hw.question_version v where v.question_id = q.question_id order by version desc limit 1) v on true
                        where n.course_id = ?
                        """, me, now, from, made).run(connection);
    }
}
