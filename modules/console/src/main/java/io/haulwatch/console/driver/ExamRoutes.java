package io.haulwatch.console.driver;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.driver.ExamBook.Begun;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Exams on the phone. */
final class ExamRoutes {
    private static final int SHORTEST_DEVICE = 8;
    private static final int LONGEST_DEVICE = 64;
    private static final int MOST_ANSWERS = 200;
    private static final int MOST_LEFT = 10_000;
    private static final int MOST_STROKES = 200;
    private static final int MOST_NUMBERS = 8_000;
    private static final int EDGE = 1_000;

    private final ScopedDatabase database;
    private final DriverLock lock;
    private final ExamBook exams;
    private final InstantSource clock;

    ExamRoutes(ScopedDatabase database, DriverLock lock, ExamBook exams, InstantSource clock) {
        this.database = database;
        this.lock = lock;
        this.exams = exams;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/exams/:task/attempts", Right.LEARN, lock.before(this::begin)),
                Route.get("/api/v1/attempts/:id", Right.LEARN, lock.before(this::read)),
                Route.post("/api/v1/attempts/:id/answers", Right.LEARN, lock.before(this::answers)),
                Route.post("/api/v1/attempts/:id/close", Right.LEARN, lock.before(this::close)));
    }

    private Answer begin(Call call) throws SQLException {
        int me = Self.id(call);
        int task = call.pathId("task");
        database.write(call.scope(), call.user().userId(), connection -> {
            exams.closeForgotten(connection, me, task, clock.instant());
            return true;
        });
        Begun begun = database.write(
                call.scope(),
                call.user().userId(),
                connection -> exams.begin(connection, me, task, device(call), call.flag("take_over"), clock.instant()));
        return Answer.json(begun.fresh() ? 201 : 200, begun.attempt());
    }

    private Answer read(Call call) throws SQLException {
        int me = Self.id(call);
        UUID id = call.pathUuid("id");
        return Answer.json(database.write(
                call.scope(), call.user().userId(), connection -> exams.read(connection, me, id, clock.instant())));
    }

    private Answer answers(Call call) throws SQLException {
        int me = Self.id(call);
        UUID id = call.pathUuid("id");
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            ExamBook.own(connection, me, id);
            JsonNode list = call.object().path("answers");
            if (!list.isArray() || list.size() > MOST_ANSWERS) {
                throw Refusal.badValue("\"answers\" must be a list of at most " + MOST_ANSWERS + " answers.");
            }
            List<JsonNode> answers = new ArrayList<>();
            list.forEach(answers::add);
            return exams.answers(
                    connection,
                    me,
                    id,
                    device(call),
                    answers,
                    call.optionalNumber("left_page", 0, MOST_LEFT),
                    clock.instant());
        }));
    }

    private Answer close(Call call) throws SQLException {
        int me = Self.id(call);
        UUID id = call.pathUuid("id");
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            ExamBook.own(connection, me, id);
            return exams.handIn(connection, me, id, device(call), strokes(call), clock.instant());
        }));
    }

    private static String device(Call call) {
        return call.text("device", SHORTEST_DEVICE, LONGEST_DEVICE);
    }

    /** Handwriting: lines, each a list of x and y by turns from 0 to 1000; null without any. */
    private static @Nullable JsonNode strokes(Call call) {
        JsonNode strokes = call.object().path("strokes");
        if (strokes.isMissingNode() || strokes.isNull()) {
            return null;
        }
        int numbers = 0;
        boolean good = strokes.isArray() && !strokes.isEmpty() && strokes.size() <= MOST_STROKES;
        for (JsonNode stroke : strokes) {
            numbers += stroke.size();
            good &= stroke.isArray() && stroke.size() >= 2 && stroke.size() % 2 == 0;
            for (JsonNode number : stroke) {
                good &= number.isInt() && number.intValue() >= 0 && number.intValue() <= EDGE;
            }
        }
        if (!good || numbers > MOST_NUMBERS) {
            throw Refusal.badValue("\"strokes\" is a list of lines, each x and y by turns from 0 to 1000: sign again.");
        }
        return strokes;
    }
}
