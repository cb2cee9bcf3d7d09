package io.haulwatch.console.driver;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.training.exam.AttemptRule;
import io.haulwatch.training.exam.AttemptRule.Attempt;
import io.haulwatch.training.exam.AttemptRule.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A driver's tasks, with how far he is. Everything here runs in his own scope and names him besides. */
final class TaskBook {
    /** Open and closed ones that one answer shows. */
    private static final int MOST = 200;

    private static final String TASK = """
            select t.task_id, t.company_id, t.course_id, c.title, c.title_en, c.topic, t.kind, t.state, t.due_at, t.restricted, t.studied_s,
                t.best_score, t.closed_at, coalesce(t.exam_questions, c.exam_questions) as exam_questions, c.exam_minutes,
                coalesce(t.pass_percent, c.pass_percent) as pass_percent, c.attempts
            from hw.training_task t join hw.course c on c.course_id = t.course_id
            where t.driver_id = ?
            """;

    private TaskBook() {}

    /**
     * A task as the phone shows it.
     *
     * @param seconds that have to be studied: the lessons once, or more where more was asked
     * @param cause the newest alarm that asked for it
     */
    record TaskRow(
            long id,
            CourseView course,
            String kind,
            String state,
            String dueAt,
            boolean overdue,
            boolean restricted,
            int lessons,
            int lessonsDone,
            int studiedS,
            int seconds,
            ExamView exam,
            @Nullable Cause cause,
            @Nullable Double bestScore,
            @Nullable String closedAt) {}

    record CourseView(int id, String title, @Nullable String titleEn, String topic) {}

    /** @param mayStartAt not before then, null if at once @param openAttempt that is not closed yet */
    record ExamView(
            int questions,
            int minutes,
            int passPercent,
            int attemptsLeft,
            @Nullable String mayStartAt,
            @Nullable String openAttempt) {}

    record Cause(String episodeId, String rule, int severity, String startedAt) {}

    /** A task with what the rules need of it. */
    record Task(
            long id,
            int companyId,
            int courseId,
            String title,
            @Nullable String titleEn,
            String topic,
            String kind,
            String state,
            Instant dueAt,
            boolean restricted,
            int studiedS,
            @Nullable Double bestScore,
            @Nullable Instant closedAt,
            int examQuestions,
            int examMinutes,
            int passPercent,
            int attempts) {
        boolean isOpen() {
            return closedAt == null;
        }
    }

    /** A lesson of a course in the version that this driver sees: the one that he began with, else the newest. */
    record Lesson(
            int id, int version, int seconds, @Nullable Long studyId, boolean done) {}

    /**
     * Lessons of a task, and whether they are studied. Each is studied once: nobody sits through the same three minutes again to fill the hours that a
     * rule names.
     */
    record Progress(List<Lesson> lessons, int seconds, boolean studied) {
        static Progress of(List<Lesson> lessons) {
            return new Progress(
                    lessons,
                    lessons.stream().mapToInt(Lesson::seconds).sum(),
                    !lessons.isEmpty() && lessons.stream().allMatch(Lesson::done));
        }
    }

    /** His tasks: open ones by what is due first, then closed ones, newest first. */
    static List<TaskRow> of(Connection connection, int driverId, boolean closedToo, Instant now) throws SQLException {
        List<Task> tasks = new SqlText(TASK, driverId)
                .add(closedToo ? "" : "and t.closed_at is null")
                .add(
                        "order by t.closed_at is not null, t.closed_at desc, t.restricted desc, t.due_at, t.task_id limit ?",
                        MOST)
                .list(connection, TaskBook::task);
        return rows(connection, driverId, tasks, now);
    }

    /** One of his tasks. @throws Refusal if he has no such task */
    static TaskRow row(Connection connection, int driverId, long taskId, Instant now) throws SQLException {
        return rows(connection, driverId, List.of(one(connection, driverId, taskId)), now)
                .getFirst();
    }

    /** One of his tasks. @throws Refusal if he has no such task */
    static Task one(Connection connection, int driverId, long taskId) throws SQLException {
        return new SqlText(TASK, driverId)
                .and("t.task_id = ?", taskId)
                .first(connection, TaskBook::task)
                .orElseThrow(() -> unknown(taskId));
    }

    /** The same, held until the transaction ends. */
    static Task hold(Connection connection, int driverId, long taskId) throws SQLException {
        return new SqlText(TASK, driverId)
                .and("t.task_id = ?", taskId)
                .add("for update of t")
                .first(connection, TaskBook::task)
                .orElseThrow(() -> unknown(taskId));
    }

    private static Refusal unknown(long taskId) {
        return Refusal.notFound("You have no such task: id=" + taskId + ". Look at your list of tasks again.");
    }

    static Progress progress(Connection connection, Task task) throws SQLException {
        return Progress.of(lessons(connection, List.of(task)).getOrDefault(task.id, List.of()));
    }

    private static List<TaskRow> rows(Connection connection, int driverId, List<Task> tasks, Instant now)
            throws SQLException {
        if (tasks.isEmpty()) {
            return List.of();
        }
        Map<Long, List<Lesson>> lessons = lessons(connection, tasks);
        Map<Long, Attempts> attempts = attempts(connection, driverId, tasks);
        Map<Long, Cause> causes = causes(connection, driverId, tasks);
        List<TaskRow> rows = new ArrayList<>();
        for (Task task : tasks) {
            Progress progress = Progress.of(lessons.getOrDefault(task.id, List.of()));
            Instant closedAt = task.closedAt;
            rows.add(new TaskRow(
                    task.id,
                    new CourseView(task.courseId, task.title, task.titleEn, task.topic),
                    task.kind,
                    task.state,
                    Json.time(task.dueAt),
                    task.isOpen() && task.dueAt.isBefore(now),
                    task.restricted,
                    progress.lessons.size(),
                    (int) progress.lessons.stream().filter(Lesson::done).count(),
                    task.studiedS,
                    progress.seconds,
                    attempts.getOrDefault(task.id, Attempts.NONE).view(task, now),
                    causes.get(task.id),
                    task.bestScore,
                    closedAt == null ? null : Json.time(closedAt)));
        }
        return rows;
    }

    private static Map<Long, List<Lesson>> lessons(Connection connection, List<Task> tasks) throws SQLException {
        Map<Long, List<Lesson>> found = new HashMap<>();
        new SqlText("""
                        select t.task_id, l.lesson_id, v.version, v.seconds, s.study_id, s.done_at is not null as done
                        from hw.training_task t
                            join hw.lesson l on l.course_id = t.course_id and l.retired_at is null
                            left join hw.study s on s.task_id = t.task_id and s.lesson_id = l.lesson_id
                            cross join lateral (select v.version, v.seconds from hw.lesson_version v
                                where v.lesson_id = l.lesson_id and (s.version is null or v.version = s.version)
                                order by v.version desc limit 1) v
                        where t.task_id = any (?::bigint[])
                        order by t.task_id, l.place, l.lesson_id
                        """, ids(tasks)).each(connection, row -> {
            long study = row.getLong("study_id");
            Long studyId = row.wasNull() ? null : (Long) study;
            found.computeIfAbsent(row.getLong("task_id"), none -> new ArrayList<>())
                    .add(new Lesson(
                            row.getInt("lesson_id"),
                            row.getInt("version"),
                            row.getInt("seconds"),
                            studyId,
                            row.getBoolean("done")));
        });
        return found;
    }

    /** What he tried: what is closed, and the one that is not. */
    record Attempts(
            List<Attempt> ended, int numbers, @Nullable UUID open) {
        static final Attempts NONE = new Attempts(List.of(), 0, null);

        ExamView view(Task task, Instant now) {
            AttemptRule rule = rule(task);
            long failed =
                    ended.stream().filter(a -> a.outcome() == Outcome.FAILED).count();
            return new ExamView(
                    task.examQuestions,
                    task.examMinutes,
                    task.passPercent,
                    (int) Math.max(0, task.attempts - failed - (open == null ? 0 : 1)),
                    rule.next(ended, now) instanceof AttemptRule.Wait(Instant until) ? Json.time(until) : null,
                    open == null ? null : open.toString());
        }

        static AttemptRule rule(Task task) {
            return new AttemptRule(task.attempts, AttemptRule.USUAL.failuresBeforePause(), AttemptRule.USUAL.pause());
        }
    }

    static Attempts attempts(Connection connection, int driverId, Task task) throws SQLException {
        return attempts(connection, driverId, List.of(task)).getOrDefault(task.id, Attempts.NONE);
    }

    private static Map<Long, Attempts> attempts(Connection connection, int driverId, List<Task> tasks)
            throws SQLException {
        Map<Long, Attempts> found = new HashMap<>();
        new SqlText("""
                        select task_id, attempt_id, number, closed_at, closed_by, coalesce(passed, false) as passed from hw.exam_attempt
                        where driver_id = ? and task_id = any (?::bigint[])
                        """, driverId, ids(tasks)).each(connection, row -> {
            Attempts before = found.getOrDefault(row.getLong("task_id"), Attempts.NONE);
            Timestamp closed = row.getTimestamp("closed_at");
            List<Attempt> ended = new ArrayList<>(before.ended);
            UUID open = before.open;
            if (closed == null) {
                open = row.getObject("attempt_id", UUID.class);
            } else {
                Outcome outcome = row.getString("closed_by").equals("taken_back")
                        ? Outcome.VOIDED
                        : row.getBoolean("passed") ? Outcome.PASSED : Outcome.FAILED;
                ended.add(new Attempt(outcome, closed.toInstant()));
            }
            found.put(
                    row.getLong("task_id"), new Attempts(ended, Math.max(before.numbers, row.getInt("number")), open));
        });
        return found;
    }

    private static Map<Long, Cause> causes(Connection connection, int driverId, List<Task> tasks) throws SQLException {
        Map<Long, Cause> found = new LinkedHashMap<>();
        new SqlText("""
                        select distinct on (u.task_id) u.task_id, e.episode_id, e.rule, e.severity, e.started_at
                        from hw.training_cause u join hw.episode e on e.episode_id = u.episode_id and e.driver_id = u.driver_id
                        where u.driver_id = ? and u.task_id = any (?::bigint[]) and u.withdrawn_at is null
                        order by u.task_id, e.started_at desc
                        """, driverId, ids(tasks))
                .each(
                        connection,
                        row -> found.put(
                                row.getLong(1),
                                new Cause(
                                        row.getString(2),
                                        row.getString(3),
                                        row.getInt(4),
                                        Json.time(row.getTimestamp(5).toInstant()))));
        return found;
    }

    private static List<String> ids(List<Task> tasks) {
        return tasks.stream().map(task -> Long.toString(task.id)).toList();
    }

    private static Task task(ResultSet row) throws SQLException {
        Timestamp closed = row.getTimestamp("closed_at");
        double best = row.getDouble("best_score");
        Double bestScore = row.wasNull() ? null : (Double) best;
        return new Task(
                row.getLong("task_id"),
                row.getInt("company_id"),
                row.getInt("course_id"),
                row.getString("title"),
                row.getString("title_en"),
                row.getString("topic"),
                row.getString("kind"),
                row.getString("state"),
                row.getTimestamp("due_at").toInstant(),
                row.getBoolean("restricted"),
                row.getInt("studied_s"),
                bestScore,
                closed == null ? null : closed.toInstant(),
                row.getInt("exam_questions"),
                row.getInt("exam_minutes"),
                row.getInt("pass_percent"),
                row.getInt("attempts"));
    }
}
