package io.haulwatch.console.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.alarms.AlarmStream;
import io.haulwatch.console.desk.Notices.NoticeRow;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.handling.WorkTable;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Notices as companies read and answer them, and as the centre follows them. */
final class NoticeRoutes {
    private static final int LONGEST_ANSWER = 1_000;
    private static final List<String> STATUS = List.of("open", "answered", "all");

    private final ScopedDatabase database;
    private final Trail trail;
    private final AlarmStream stream;
    private final Cursors cursors;
    private final InstantSource clock;

    NoticeRoutes(ScopedDatabase database, Trail trail, AlarmStream stream, Cursors cursors, InstantSource clock) {
        this.database = database;
        this.trail = trail;
        this.stream = stream;
        this.cursors = cursors;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/notices", Right.HANDLE_ALARMS, this::list),
                Route.post("/api/v1/notices/:id/answer", Right.ANSWER_NOTICES, this::answer));
    }

    private Answer list(Call call) throws SQLException {
        String status = call.word("status", STATUS);
        Boolean open = (status == null || status.equals("all")) ? null : status.equals("open");
        int limit = call.limit();
        String listName = call.user().userId() + "|notices|" + status;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        List<NoticeRow> rows = database.read(
                call.scope(),
                call.user().userId(),
                connection -> Notices.list(
                        connection,
                        call.scope(),
                        open,
                        after == null ? null : after.get(0).longValue(),
                        clock.instant(),
                        limit + 1));
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private Answer answer(Call call) throws SQLException {
        long id = call.pathId("id");
        int me = call.user().userId();
        Answered answered = database.write(call.scope(), me, connection -> {
            Instant now = clock.instant();
            NoticeRow notice = Notices.one(connection, call.scope(), id, now)
                    .orElseThrow(() ->
                            Refusal.notFound("There is no such notice among those that you may see: id=" + id + "."));
            String text = call.text("answer", 2, LONGEST_ANSWER).strip();
            UUID alarm = UUID.fromString(notice.alarmId());
            // The alarm's row first, as everybody holds it.
            Work work = WorkTable.hold(connection, call.scope(), alarm).orElseThrow();
            if (!Notices.answer(connection, id, text, me, now)) {
                throw Refusal.conflict(
                        "notice-answered", "This notice has an answer already: by=" + notice.answeredBy() + ".");
            }
            NoticeRow row = Notices.one(connection, call.scope(), id, now).orElseThrow();
            if (!Step.ANSWER.isOpenTo(work.handling())) {
                // The centre has gone on meanwhile; the answer stands beside the alarm.
                return new Answered(row, Optional.empty());
            }
            Change change = Change.to(Handling.ANSWERED)
                    .due(Duties.VERIFY, Duties.read(connection).due(Duties.VERIFY, work.severity(), now));
            return new Answered(
                    row,
                    Optional.of(trail.step(
                            connection, work, Step.ANSWER, change, Trail.Doer.of(call), "answer", text, now)));
        });
        answered.news.ifPresent(stream::tell);
        return Answer.json(answered.notice);
    }

    private record Answered(NoticeRow notice, Optional<AlarmNews> news) {}
}
