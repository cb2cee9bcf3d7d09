package io.haulwatch.console.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.content.Course;
import io.haulwatch.training.content.Lesson;
import io.haulwatch.training.content.Question;
import io.haulwatch.training.content.Words;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the courses that come with the product into the database when the console starts. A text that the product changed becomes a new version;
 * what somebody wrote here stays as long as the product's own text stays the same. What the product no longer has is retired, never deleted.
 */
final class BuiltInCourses {
    private static final Logger LOG = LoggerFactory.getLogger(BuiltInCourses.class);
    /** Of the advisory lock: two consoles may start at once. */
    private static final int LOCK = 7_309;

    private static final int USUAL_QUESTIONS = 10;

    private final ScopedDatabase database;
    private final ObjectMapper json;
    private final InstantSource clock;

    BuiltInCourses(ScopedDatabase database, ObjectMapper json, InstantSource clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Installs courses, each in a transaction of its own: one that the database does not take keeps no other out.
     *
     * @return whether the database answered
     */
    boolean install(List<Course> courses) {
        boolean all = true;
        for (Course course : courses) {
            try {
                boolean changed = database.write(
                        Scope.ALL, ScopedDatabase.NO_USER, connection -> install(connection, course, clock.instant()));
                if (changed) {
                    LOG.info("built-in course {}: installed", course.id());
                }
            } catch (SQLException e) {
                if (e.getSQLState() != null && e.getSQLState().startsWith("23")) {
                    LOG.error("built-in course {}: the database refuses it: {}", course.id(), e.getMessage());
                } else {
                    LOG.debug("built-in courses wait until the database answers: {}", e.getMessage());
                    all = false;
                }
            }
        }
        return all;
    }

    private boolean install(Connection connection, Course course, Instant now) throws SQLException {
        new SqlText("select 1 from pg_advisory_xact_lock(?)", LOCK).first(connection, row -> true);
        int changes = new SqlText(
                        """
                        insert into hw.course as c (code, topic, title, title_en, summary, summary_en, built_in, exam_questions, made_by, made_at, published_at)
                        values (?, ?, ?, nullif(?, ''), ?, nullif(?, ''), true, ?, 0, ?, ?)
                        on conflict (code) do update set topic = excluded.topic, title = excluded.title, title_en = excluded.title_en,
                            summary = excluded.summary, summary_en = excluded.summary_en
                        where c.built_in and (c.topic, c.title, c.title_en, c.summary, c.summary_en) is distinct from
                            (excluded.topic, excluded.title, excluded.title_en, excluded.summary, excluded.summary_en)
                        """,
                        course.id(),
                        course.topic(),
                        course.title().zh(),
                        english(course.title()),
                        course.summary().zh(),
                        english(course.summary()),
                        Math.clamp(course.questions().size(), 5, USUAL_QUESTIONS),
                        now,
                        now)
                .run(connection);
        Integer id = new SqlText("select course_id from hw.course where built_in and code = ?", course.id())
                .first(connection, row -> row.getInt(1))
                .orElse(null);
        if (id == null) {
            LOG.warn("built-in course {}: somebody's own course has this code, it is left alone", course.id());
            return false;
        }
        for (Map.Entry<String, String> drawing : course.drawings().entrySet()) {
            changes += new SqlText(
                            "insert into hw.lesson_picture as p (course_id, name, content, made_at) values (?, ?, ?, ?)"
                                    + " on conflict (course_id, name) do update set content = excluded.content, made_at = excluded.made_at"
                                    + " where p.content <> excluded.content",
                            id,
                            drawing.getKey(),
                            drawing.getValue().getBytes(StandardCharsets.UTF_8),
                            now)
                    .run(connection);
        }
        List<String> lessons = new ArrayList<>();
        for (Lesson lesson : course.lessons()) {
            lessons.add(lesson.id());
            changes += lesson(connection, id, lessons.size(), lesson, now);
        }
        changes += new SqlText(
                        "update hw.lesson l set retired_at = ? where course_id = ? and retired_at is null and code <> all (?::text[])"
                                + " and not exists (select from hw.lesson_version v where v.lesson_id = l.lesson_id and v.made_by <> 0)",
                        now,
                        id,
                        lessons)
                .run(connection);
        List<String> questions = new ArrayList<>();
        for (Question question : course.questions()) {
            questions.add(question.id());
            changes += question(connection, id, question, now);
        }
        changes += new SqlText(
                        "update hw.question q set state = 'retired' where course_id = ? and state = 'live' and code <> all (?::text[])"
                                + " and not exists (select from hw.question_version v where v.question_id = q.question_id and v.made_by <> 0)",
                        id,
                        questions)
                .run(connection);
        return changes > 0;
    }

    private static int lesson(Connection connection, int course, int place, Lesson lesson, Instant now)
            throws SQLException {
        int changes = new SqlText(
                        "insert into hw.lesson as l (course_id, code, place) values (?, ?, ?) on conflict (course_id, code) do update"
                                + " set place = excluded.place, retired_at = null where l.place <> excluded.place or l.retired_at is not null",
                        course,
                        lesson.id(),
                        place)
                .run(connection);
        changes += new SqlText(
                        """
                        insert into hw.lesson_version (lesson_id, version, title, title_en, body, body_en, seconds, made_by, made_at)
                        select lesson_id, (select coalesce(max(version), 0) + 1 from hw.lesson_version v where v.lesson_id = n.lesson_id),
                            title, title_en, body, body_en, seconds, 0, ?
                        from (select l.lesson_id, ?::text as title, nullif(?, '') as title_en, ?::text as body, nullif(?, '') as body_en,
                                ?::smallint as seconds
                            from hw.lesson l where l.course_id = ? and l.code = ?) n
                        where not exists (
                            select from (select * from hw.lesson_version v where v.lesson_id = n.lesson_id and v.made_by = 0
                                order by version desc limit 1) o
                            where (o.title, o.title_en, o.body, o.body_en, o.seconds)
                                is not distinct from (n.title, n.title_en, n.body, n.body_en, n.seconds))
                        """,
                        now,
                        lesson.title().zh(),
                        english(lesson.title()),
                        lesson.text().zh(),
                        english(lesson.text()),
                        lesson.seconds(),
                        course,
                        lesson.id())
                .run(connection);
        return changes;
    }

    private int question(Connection connection, int course, Question question, Instant now) throws SQLException {
        int changes = new SqlText(
                        "insert into hw.question as q (course_id, lesson_id, code) values (?,"
                                + " (select lesson_id from hw.lesson where course_id = ? and code = ?), ?)"
                                + " on conflict (course_id, code) do update set lesson_id = excluded.lesson_id"
                                + " where q.lesson_id is distinct from excluded.lesson_id",
                        course,
                        course,
                        question.lesson() == null ? "" : question.lesson(),
                        question.id())
                .run(connection);
        int id = new SqlText(
                        "select question_id from hw.question where course_id = ? and code = ?", course, question.id())
                .first(connection, row -> row.getInt(1))
                .orElseThrow();
        return changes + QuestionBook.add(connection, id, question, json, ScopedDatabase.NO_USER, true, now);
    }

    private static String english(@Nullable Words words) {
        String english = words == null ? null : words.en();
        return english == null ? "" : english;
    }

    /** Options as the database keeps them. */
    static String options(Question question, ObjectMapper json) {
        List<Map<String, Object>> options = new ArrayList<>();
        for (Question.Option option : question.options()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("text", option.text().zh());
            each.put("text_en", option.text().en());
            each.put("right", option.right());
            options.add(each);
        }
        try {
            return json.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("options are texts", e);
        }
    }
}
