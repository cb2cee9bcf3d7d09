package io.haulwatch.console.driver;

import io.haulwatch.console.driver.Questions.Asked;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.LearningRecords;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Questions between lessons: answers are kept, and whoever does not know the same thing twice sees the lesson's end again. */
final class QuizBook {
    private static final int WRONG_TO_GO_BACK = 2;
    /** Answers to one question of a task; whoever gives more of them tells nothing new. */
    private static final int MOST_KEPT = 50;

    /** The same answer so soon after is the same one, sent again over a poor network. */
    private static final Duration SENT_AGAIN = Duration.ofSeconds(10);

    private final Questions questions;
    private final StudyBook studies;

    QuizBook(Questions questions, StudyBook studies) {
        this.questions = questions;
        this.studies = studies;
    }

    /** What came of an answer. @param rewatchFromS from where the lesson is to be seen again; null if it need not be */
    record QuizAnswer(
            boolean right,
            List<Integer> rightOptions,
            String explanation,
            @Nullable String explanationEn,
            String clause,
            @Nullable String clauseEn,
            @Nullable String effective,
            @Nullable Integer rewatchFromS) {}

    /** The task of which a question is asked. */
    private record Of(long task, int company, int lesson) {}

    /** An answer that is there already. */
    private record Last(Set<Integer> given, Instant at) {}

    /** Takes an answer. @param given read once the question is known to be his */
    QuizAnswer answer(Connection connection, int driverId, int questionId, int version, Given given, Instant now)
            throws SQLException {
        // Of two tasks with the same course the one that he is at.
        Of of = new SqlText("""
                        select t.task_id, t.company_id, q.lesson_id
                        from hw.question q join hw.training_task t on t.course_id = q.course_id
                            left join hw.study s on s.task_id = t.task_id and s.lesson_id = q.lesson_id
                        where q.question_id = ? and q.lesson_id is not null and t.driver_id = ? and t.closed_at is null
                        order by s.beat_at desc nulls last, t.task_id limit 1
                        """, questionId, driverId)
                .first(connection, row -> new Of(row.getLong(1), row.getInt(2), row.getInt(3)))
                .orElseThrow(() -> unknown(questionId));
        Asked asked = questions.one(connection, questionId, version).orElseThrow(() -> unknown(questionId));
        ExamReview.refuseWhileAsked(connection, driverId, questionId, now);
        Set<Integer> chosen = given.of(asked.options().size());
        TaskBook.hold(connection, driverId, of.task);
        boolean right = chosen.equals(asked.right());
        Integer rewatchFrom = null;
        if (!isSentAgain(connection, of.task, questionId, chosen, now) && isRoom(connection, of.task, questionId)) {
            keep(connection, of, driverId, asked, chosen, right, now);
            if (!right && wrong(connection, of.task, questionId) % WRONG_TO_GO_BACK == 0) {
                rewatchFrom = studies.sendBack(connection, driverId, of.task, of.lesson, now);
            }
        }
        return new QuizAnswer(
                right,
                List.copyOf(new TreeSet<>(asked.right())),
                asked.explanation(),
                asked.explanationEn(),
                asked.clause(),
                asked.clauseEn(),
                asked.effective(),
                rewatchFrom);
    }

    /** Reads what was chosen. */
    @FunctionalInterface
    interface Given {
        /** @throws Refusal if it is no choice among so many options */
        Set<Integer> of(int options);
    }

    private static Refusal unknown(int question) {
        return Refusal.notFound(
                "None of your open tasks asks this question: id=" + question + ". Load the lesson again.");
    }

    private static boolean isSentAgain(Connection connection, long task, int question, Set<Integer> chosen, Instant now)
            throws SQLException {
        return new SqlText(
                        "select given, at from hw.quiz_answer where task_id = ? and question_id = ? order by answer_id desc limit 1",
                        task,
                        question)
                .first(
                        connection,
                        row -> new Last(
                                new TreeSet<>(ExamRows.numbers(row.getArray(1))),
                                row.getTimestamp(2).toInstant()))
                .filter(last -> last.given.equals(chosen) && now.isBefore(last.at.plus(SENT_AGAIN)))
                .isPresent();
    }

    private static boolean isRoom(Connection connection, long task, int question) throws SQLException {
        return TodayRoutes.count(
                        connection,
                        new SqlText(
                                "select count(*) from hw.quiz_answer where task_id = ? and question_id = ?",
                                task,
                                question))
                < MOST_KEPT;
    }

    private static void keep(
            Connection connection, Of of, int driverId, Asked asked, Set<Integer> chosen, boolean right, Instant now)
            throws SQLException {
        long id = new SqlText(
                        """
                        insert into hw.quiz_answer (task_id, company_id, driver_id, question_id, version, given, is_right, at)
                        values (?, ?, ?, ?, ?, ?::smallint[], ?, ?) returning answer_id
                        """,
                        of.task,
                        of.company,
                        driverId,
                        asked.questionId(),
                        asked.version(),
                        List.copyOf(chosen),
                        right,
                        now)
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
        LearningRecords.quizAnswered(connection, id);
    }

    /** Wrong answers since the last right one. */
    private static int wrong(Connection connection, long task, int question) throws SQLException {
        return TodayRoutes.count(connection, new SqlText("""
                        select count(*) from hw.quiz_answer where task_id = ? and question_id = ? and answer_id > coalesce(
                            (select max(answer_id) from hw.quiz_answer where task_id = ? and question_id = ? and is_right), 0)
                        """, task, question, task, question));
    }
}
