package io.haulwatch.console.driver;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.papers.PaperQueries;
import io.haulwatch.console.papers.PaperQueries.Paper;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.study.StudyHours;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A driver's file as far as it is his: papers, hours, messages and certificates. */
final class DriverFileRoutes {
    private static final int MOST = 200;
    private static final int SHOWN_DAYS = 31;
    /** 继续教育: a cycle lasts two years. */
    private static final int CYCLE_MONTHS = 24;

    private final ScopedDatabase database;
    private final DriverLock lock;
    private final InstantSource clock;

    DriverFileRoutes(ScopedDatabase database, DriverLock lock, InstantSource clock) {
        this.database = database;
        this.lock = lock;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/driver/papers", Right.LEARN, lock.before(this::papers)),
                Route.get("/api/v1/driver/hours", Right.LEARN, lock.before(this::hours)),
                Route.get("/api/v1/driver/messages", Right.LEARN, lock.before(this::messages)),
                Route.post("/api/v1/driver/messages/:id/read", Right.LEARN, lock.before(this::read)),
                Route.get("/api/v1/driver/certificates", Right.LEARN, lock.before(this::certificates)));
    }

    private Answer papers(Call call) throws SQLException {
        Self me = database.read(call.scope(), call.user().userId(), connection -> Self.of(connection, call));
        LocalDate today = StudyTime.today(clock.instant());
        // Whether one is held back is a row of the company's.
        List<Paper> papers = database.read(
                me.company(),
                call.user().userId(),
                connection -> PaperQueries.ofDriver(connection, me.company(), me.driverId(), today));
        return Answer.json(new Page<>(
                papers.stream()
                        .map(paper -> new PaperView(
                                paper.kind(),
                                paper.number(),
                                paper.expires(),
                                paper.state(),
                                paper.days(),
                                paper.critical()))
                        .toList(),
                null));
    }

    private Answer hours(Call call) throws SQLException {
        int me = Self.id(call);
        Instant now = clock.instant();
        LocalDate today = StudyTime.today(now);
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            StudyTime.Month month = StudyTime.ofMonth(connection, me, now);
            return new Hours(
                    month.monthS(),
                    month.monthWantedS(),
                    StudyHours.USUAL.hourMinutes() * 60,
                    StudyTime.days(connection, me, today.minusDays(SHOWN_DAYS - 1L)),
                    cycleHours(connection, me, today),
                    records(connection, me));
        }));
    }

    private static double cycleHours(Connection connection, int driverId, LocalDate today) throws SQLException {
        return new SqlText(
                        "select coalesce(sum(hours), 0) from hw.training_record where driver_id = ? and held_on > ?",
                        driverId,
                        today.minusMonths(CYCLE_MONTHS))
                .first(connection, row -> row.getDouble(1))
                .orElse(0.0);
    }

    private static List<RecordView> records(Connection connection, int driverId) throws SQLException {
        return new SqlText(
                        "select record_id, kind, held_on::text, hours, topic, score, task_id is not null from hw.training_record where driver_id = ?",
                        driverId)
                .add("order by held_on desc, record_id desc limit ?", MOST)
                .list(connection, row -> {
                    double score = row.getDouble(6);
                    Double scored = row.wasNull() ? null : (Double) score;
                    return new RecordView(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getDouble(4),
                            row.getString(5),
                            scored,
                            row.getBoolean(7));
                });
    }

    private Answer messages(Call call) throws SQLException {
        int me = Self.id(call);
        return Answer.json(new Page<>(
                database.read(
                        call.scope(),
                        call.user().userId(),
                        connection -> new SqlText("""
                                        select message_id, kind, task_id, episode_id, words, at, read_at from hw.driver_message
                                        where driver_id = ?
                                        """, me)
                                .add("order by message_id desc limit ?", MOST)
                                .list(connection, DriverFileRoutes::message)),
                null));
    }

    private Answer read(Call call) throws SQLException {
        int me = Self.id(call);
        int id = call.pathId("id");
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            new SqlText(
                            "update hw.driver_message set read_at = ? where message_id = ? and driver_id = ? and read_at is null",
                            clock.instant(),
                            id,
                            me)
                    .run(connection);
            return new SqlText(
                            "select message_id, kind, task_id, episode_id, words, at, read_at from hw.driver_message where message_id = ? and driver_id = ?",
                            id,
                            me)
                    .first(connection, DriverFileRoutes::message)
                    .orElseThrow(() -> Refusal.notFound("You have no such message: id=" + id + "."));
        }));
    }

    private static MessageView message(ResultSet row) throws SQLException {
        long task = row.getLong("task_id");
        Long taskId = row.wasNull() ? null : (Long) task;
        Timestamp read = row.getTimestamp("read_at");
        return new MessageView(
                row.getLong("message_id"),
                row.getString("kind"),
                taskId,
                row.getString("episode_id"),
                row.getString("words"),
                Json.time(row.getTimestamp("at").toInstant()),
                read == null ? null : Json.time(read.toInstant()));
    }

    private Answer certificates(Call call) throws SQLException {
        int me = Self.id(call);
        String today = StudyTime.today(clock.instant()).toString();
        return Answer.json(new Page<>(
                database.read(
                        call.scope(),
                        call.user().userId(),
                        connection -> new SqlText("""
                                        select k.certificate_no, k.task_id, c.title, c.title_en, k.score, k.studied_s, k.issued_at, k.expires_on::text as expires,
                                            k.revoked_at, k.revoked_reason
                                        from hw.certificate k join hw.course c on c.course_id = k.course_id where k.driver_id = ?
                                        """, me)
                                .add("order by k.issued_at desc, k.certificate_no limit ?", MOST)
                                .list(connection, row -> {
                                    Timestamp revoked = row.getTimestamp("revoked_at");
                                    String expires = row.getString("expires");
                                    return new CertificateView(
                                            row.getString("certificate_no"),
                                            row.getLong("task_id"),
                                            row.getString("title"),
                                            row.getString("title_en"),
                                            row.getDouble("score"),
                                            row.getInt("studied_s"),
                                            Json.time(row.getTimestamp("issued_at")
                                                    .toInstant()),
                                            expires,
                                            revoked == null && expires.compareTo(today) >= 0,
                                            revoked == null ? null : Json.time(revoked.toInstant()),
                                            row.getString("revoked_reason"));
                                })),
                null));
    }

    /** One paper; its number in full, for it is his own. */
    record PaperView(
            String kind,
            @Nullable String number,
            @Nullable String expires,
            String state,
            @Nullable Long days,
            boolean critical) {}

    /** @param hourS seconds of a study hour (学时) @param cycleHours in the last two years, wherever they were served */
    record Hours(
            int monthS,
            int monthWantedS,
            int hourS,
            List<StudyTime.Day> days,
            double cycleHours,
            List<RecordView> records) {}

    /** A row of the ledger. @param online whether it was learnt here */
    record RecordView(
            long id,
            String kind,
            String heldOn,
            double hours,
            String topic,
            @Nullable Double score,
            boolean online) {}

    record MessageView(
            long id,
            String kind,
            @Nullable Long taskId,
            @Nullable String alarmId,
            String words,
            String at,
            @Nullable String readAt) {}

    record CertificateView(
            String number,
            long taskId,
            String title,
            @Nullable String titleEn,
            double score,
            int studiedS,
            String issuedAt,
            String expiresOn,
            boolean valid,
            @Nullable String revokedAt,
            @Nullable String revokedReason) {}
}
