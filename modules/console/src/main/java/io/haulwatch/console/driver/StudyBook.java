package io.haulwatch.console.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.driver.TaskBook.Lesson;
import io.haulwatch.console.driver.TaskBook.Progress;
import io.haulwatch.console.driver.TaskBook.Task;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.LearningRecords;
import io.haulwatch.training.study.Beat;
import io.haulwatch.training.study.StudyClock;
import io.haulwatch.training.study.StudyClock.Outcome;
import io.haulwatch.training.study.StudyClock.Step;
import io.haulwatch.training.study.StudyState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Studies: what beats, answers and other phones do to them by the study clock. Each call holds the study's row, so two phones that say something at once are heard one after the other,
 * and what is credited stands in the study, in its task, and in the day, or in none of them.
 */
final class StudyBook {
    private static final long SECOND = 1_000;
    private static final int BEGINNING = 7_311;
    /** What is seen again after two wrong answers. */
    private static final long SEEN_AGAIN = 120 * SECOND;

    private final StudyRows rows;
    private final LongSupplier seeds;

    StudyBook(ObjectMapper json, LongSupplier seeds) {
        this.rows = new StudyRows(json);
        this.seeds = seeds;
    }

    /** What a player says. @param at by the phone's clock; tells how beats that come together lie to each other, and nothing else */
    record Said(
            int sequence,
            String nonce,
            int positionS,
            boolean visible,
            @Nullable Instant at) {}

    /** Begins a lesson, or goes on with it; whatever else this driver plays pauses. */
    StudyView begin(Connection connection, int driverId, long taskId, int lessonId, long session, Instant now)
            throws SQLException {
        // Two lessons that are begun at once would each wait for the other to pause.
        new SqlText("select pg_advisory_xact_lock(?, ?)", BEGINNING, driverId).first(connection, row -> true);
        Task task = TaskBook.hold(connection, driverId, taskId);
        if (!task.isOpen()) {
            throw Refusal.conflict(
                    "task-closed",
                    "This task is closed: state=" + task.state() + ". Look at your list of tasks again.");
        }
        Progress progress = TaskBook.progress(connection, task);
        Lesson lesson = progress.lessons().stream()
                .filter(each -> each.id() == lessonId)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "This task has no such lesson: lesson=" + lessonId + ". Look at the task again."));
        pauseOthers(connection, driverId, lessonId, taskId, now);
        if (lesson.studyId() == null) {
            rows.make(connection, task, lesson, driverId, session, seeds.getAsLong(), now);
        }
        Study study = rows.holdOf(connection, driverId, taskId, lessonId).orElseThrow();
        if (task.state().equals("assigned")) {
            new SqlText("update hw.training_task set state = 'in_progress' where task_id = ?", taskId).run(connection);
        }
        if (study.done()) {
            // To look at again: it is worth nothing more.
            return StudyView.of(study, study.sitting(), "done");
        }
        if (lesson.studyId() != null
                && study.state().equals("running")
                && !Objects.equals(study.sessionId(), session)) {
            StudyEvents.add(connection, study, "other_session", 0, now);
        }
        StudyState before = study.sitting().state();
        StudyState after = rest(connection, study, now);
        if (after.creditedMillis() < before.creditedMillis()) {
            StudyEvents.add(
                    connection,
                    study,
                    "check_missed",
                    (before.creditedMillis() - after.creditedMillis()) / SECOND,
                    now);
        }
        return rows.store(connection, study, new Sitting(after, null), "running", session, now);
    }

    /** Takes beats, in their order. @param said read once the study is there */
    StudyView beats(
            Connection connection,
            int driverId,
            long studyId,
            long session,
            Supplier<List<Said>> said,
            boolean moving,
            Instant now)
            throws SQLException {
        Study study = rows.hold(connection, driverId, studyId);
        List<Said> beats = said.get();
        StudyState state = study.sitting().state();
        boolean running = study.state().equals("running");
        if (moving || !Objects.equals(study.sessionId(), session)) {
            String why = moving ? "driving" : "other_session";
            if (!running) {
                return StudyView.of(study, new Sitting(state, why), study.state());
            }
            // What runs on at the wheel or on another phone is worth nothing, and neither is the time up to the next
            // beat.
            StudyEvents.add(connection, study, why, 0, now);
            StudyState rested = rest(connection, study, now);
            return rows.store(connection, study, new Sitting(rested, why), "paused", study.sessionId(), now);
        }
        if (isClosed(connection, study.taskId())) {
            return StudyView.of(study, new Sitting(state, "task_closed"), "paused");
        }
        Said last = beats.getLast();
        long since = sittingSince(connection, study, now);
        StudyClock clock = study.clock();
        String reason = study.sitting().reason();
        for (Said each : beats) {
            long room = StudyDays.roomMillis(connection, driverId, now);
            if (room < SECOND && !clock.isDone(state)) {
                if (!"day_full".equals(reason)) {
                    StudyEvents.add(connection, study, "day_full", 0, now);
                }
                reason = "day_full";
                break;
            }
            Step step = clock.beat(
                    state,
                    new Beat(
                            heardAt(state, each, last, since, now),
                            each.sequence,
                            each.nonce,
                            each.positionS * SECOND,
                            each.visible));
            if (step.outcome() == Outcome.REPLAYED) {
                continue;
            }
            StudyState after = step.state();
            if (step.creditedMillis() > room) {
                after = after.withoutCredit(step.creditedMillis() - room);
            }
            StudyEvents.add(connection, study, step, state, after, now);
            credit(connection, study, state, after, now);
            if (step.outcome() == Outcome.STARTED) {
                LearningRecords.lessonBegun(connection, study.id(), Instant.ofEpochMilli(after.lastBeatAtMillis()));
            }
            reason = reason(step, after);
            state = after;
            if (step.askPresence()) {
                // He is asked now, not when the phone was without a network; what it played beyond that is played
                // again.
                state = state.askedAt(now.toEpochMilli());
                break;
            }
            if (step.outcome() == Outcome.CHECK_MISSED || step.outcome() == Outcome.ENDED) {
                break;
            }
        }
        return finish(connection, study, clock, state, reason, session, now);
    }

    /** He shows that he is there. */
    StudyView present(Connection connection, int driverId, long studyId, long session, Instant now)
            throws SQLException {
        Study study = rows.hold(connection, driverId, studyId);
        if (!Objects.equals(study.sessionId(), session)) {
            return StudyView.of(study, new Sitting(study.sitting().state(), "other_session"), study.state());
        }
        StudyClock clock = study.clock();
        StudyState before = study.sitting().state();
        Step step = clock.answer(before, now.toEpochMilli());
        StudyEvents.add(connection, study, step, before, step.state(), now);
        credit(connection, study, before, step.state(), now);
        return finish(connection, study, clock, step.state(), reason(step, step.state()), session, now);
    }

    /**
     * Sends a driver back who does not know what the lesson says: he sees the last two minutes of it again, and it is not done before.
     *
     * @return from which second on; null if he has not begun it
     */
    @Nullable
    Integer sendBack(Connection connection, int driverId, long taskId, int lessonId, Instant now) throws SQLException {
        TaskBook.hold(connection, driverId, taskId);
        Study study = rows.holdOf(connection, driverId, taskId, lessonId).orElse(null);
        if (study == null) {
            return null;
        }
        StudyState rested = rest(connection, study, now);
        long from = Math.max(0, rested.maxPositionMillis() - SEEN_AGAIN);
        if (study.doneAt() != null) {
            undo(connection, study, study.doneAt(), now);
        }
        rows.store(connection, study, new Sitting(rested.backAt(from), "sent_back"), "paused", study.sessionId(), now);
        return (int) (from / SECOND);
    }

    /**
     * Takes credit back that turned out to be none. The lesson is open again if too little is left of it, unless its task is closed.
     *
     * @return seconds that count no more
     */
    int takeBack(Connection connection, int driverId, long studyId, long millis, Instant now) throws SQLException {
        Study study = rows.hold(connection, driverId, studyId);
        StudyState before = study.sitting().state();
        StudyState after = before.creditedOnly(Math.max(0, before.creditedMillis() - millis));
        boolean undone =
                study.doneAt() != null && !study.clock().isDone(after) && !isClosed(connection, study.taskId());
        if (undone && study.doneAt() != null) {
            undo(connection, study, study.doneAt(), now);
        }
        rows.store(
                connection,
                study,
                undone
                        ? new Sitting(after.nextSitting(), "driving")
                        : new Sitting(after, study.sitting().reason()),
                undone ? "paused" : study.state(),
                study.sessionId(),
                now);
        int seconds = (int) (before.creditedSeconds() - after.creditedSeconds());
        studied(connection, study, -seconds);
        StudyEvents.add(connection, study, "driving", seconds, now);
        return seconds;
    }

    private static void undo(Connection connection, Study study, Instant doneAt, Instant now) throws SQLException {
        new SqlText("update hw.study set done_at = null where study_id = ?", study.id()).run(connection);
        new SqlText(
                        "update hw.training_task set state = 'in_progress' where task_id = ? and state = 'study_done'",
                        study.taskId())
                .run(connection);
        LearningRecords.lessonUndone(connection, study.id(), doneAt, now);
    }

    private StudyView finish(
            Connection connection,
            Study study,
            StudyClock clock,
            StudyState state,
            @Nullable String reason,
            long session,
            Instant now)
            throws SQLException {
        boolean done = clock.isDone(state);
        if (done && !study.done()) {
            new SqlText("update hw.study set done_at = ? where study_id = ?", now, study.id()).run(connection);
            Duration credited = Duration.ofMillis(state.creditedMillis());
            LearningRecords.lessonDone(connection, study.id(), now, credited);
            LearningRecords.lessonLeft(connection, study.id(), now, true, credited);
        }
        String word = done ? "done" : reason == null ? "running" : "paused";
        StudyView view = rows.store(connection, study, new Sitting(state, done ? null : reason), word, session, now);
        if (done || study.done()) {
            Task task = TaskBook.one(connection, study.driverId(), study.taskId());
            if (task.isOpen()
                    && !task.state().equals("study_done")
                    && TaskBook.progress(connection, task).studied()) {
                new SqlText("update hw.training_task set state = 'study_done' where task_id = ?", study.taskId())
                        .run(connection);
            }
        }
        return view;
    }

    /**
     * When a beat counts as heard: beats that waited on the phone lie to each other as they did there, the newest one now, and none before the last
     * that was heard, or before the sitting began. So a phone's clock, wherever it stands, earns no second that did not pass here.
     */
    private static long heardAt(StudyState state, Said said, Said last, long since, Instant now) {
        if (said.at == null || last.at == null) {
            return now.toEpochMilli();
        }
        long back = Math.max(0, last.at.toEpochMilli() - said.at.toEpochMilli());
        long at = now.toEpochMilli() - Math.min(back, now.toEpochMilli() - 1);
        long earliest = state.lastBeatAtMillis() == 0 ? since : state.lastBeatAtMillis();
        return Math.clamp(at, Math.min(earliest, now.toEpochMilli()), now.toEpochMilli());
    }

    /** When a running study began its sitting, or was last heard in it; now for one that stands, whose time runs from its next beat only. */
    private static long sittingSince(Connection connection, Study study, Instant now) throws SQLException {
        return new SqlText(
                        "select beat_at from hw.study where state = 'running' and beat_at is not null and study_id = ?",
                        study.id())
                .first(connection, row -> row.getTimestamp(1).toInstant())
                .orElse(now)
                .toEpochMilli();
    }

    private static @Nullable String reason(Step step, StudyState after) {
        if (after.ended()) {
            return "checks_missed";
        }
        return switch (step.outcome()) {
            case CHECK_MISSED -> "check_missed";
            case GAP -> "gap";
            case JUMPED -> "skip";
            case ENDED -> "checks_missed";
            case STARTED, CREDITED, HIDDEN, REPLAYED, PRESENT, NOT_ASKED -> after.visible() ? null : "hidden";
        };
    }

    /** Ends a sitting: time runs again from the next beat only. */
    private static StudyState rest(Connection connection, Study study, Instant now) throws SQLException {
        StudyState before = study.sitting().state();
        StudyState after = before.nextSitting();
        credit(connection, study, before, after, now);
        if (before.lastBeatAtMillis() != 0 && !study.done()) {
            LearningRecords.lessonLeft(
                    connection,
                    study.id(),
                    Instant.ofEpochMilli(before.lastBeatAtMillis()),
                    false,
                    Duration.ofMillis(after.creditedMillis()));
        }
        return after;
    }

    private static void pauseOthers(Connection connection, int driverId, int lessonId, long taskId, Instant now)
            throws SQLException {
        // One that stands still would go on with its next beat.
        List<Other> others = new SqlText(
                        "select study_id, company_id, state = 'running' from hw.study where driver_id = ? and session_id is not null and state <> 'done'",
                        driverId)
                .and("not (task_id = ? and lesson_id = ?)", taskId, lessonId)
                .add("for update")
                .list(connection, row -> new Other(row.getLong(1), row.getInt(2), row.getBoolean(3)));
        for (Other other : others) {
            new SqlText("update hw.study set state = 'paused', session_id = null where study_id = ?", other.id)
                    .run(connection);
            if (other.running) {
                StudyEvents.add(connection, other.id, other.companyId, driverId, "other_session", 0, now);
            }
        }
    }

    private record Other(long id, int companyId, boolean running) {}

    /** Brings what a step gave or took to the task, to its time and to the days. */
    private static void credit(Connection connection, Study study, StudyState before, StudyState after, Instant now)
            throws SQLException {
        long millis = after.creditedMillis() - before.creditedMillis();
        if (millis > 0) {
            StudyStretches.add(
                    connection,
                    study.id(),
                    study.taskId(),
                    study.companyId(),
                    study.driverId(),
                    Instant.ofEpochMilli(before.lastBeatAtMillis()),
                    Instant.ofEpochMilli(after.lastBeatAtMillis()),
                    millis);
        } else if (millis < 0) {
            StudyStretches.takeBack(connection, study.id(), -millis);
        }
        int more = (int) (after.creditedMillis() / SECOND - before.creditedMillis() / SECOND);
        if (more == 0) {
            return;
        }
        studied(connection, study, more);
        if (more > 0) {
            StudyDays.add(connection, study, more, now);
        } else {
            // What is taken back over midnight was yesterday's in part.
            StudyDays.takeBack(connection, study.taskId(), -more, now);
        }
    }

    private static void studied(Connection connection, Study study, int more) throws SQLException {
        new SqlText(
                        "update hw.training_task set studied_s = greatest(0, studied_s + ?) where task_id = ?",
                        more,
                        study.taskId())
                .run(connection);
    }

    private static boolean isClosed(Connection connection, long taskId) throws SQLException {
        return new SqlText("select from hw.training_task where task_id = ? and closed_at is not null", taskId)
                .first(connection, row -> true)
                .isPresent();
    }
}
