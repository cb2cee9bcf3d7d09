package io.haulwatch.console.training;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.http.Upload;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.CourseVideos.VideoRow;
import io.haulwatch.store.file.CourseVideoFiles;
import io.haulwatch.store.file.VideoFormat;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes videos of courses in, piece by piece over lines that break. What an answer counts as received is on the disk; whoever was cut off asks how far the
 * file is and goes on from there. The type is what the content begins with.
 */
final class VideoRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(VideoRoutes.class);

    /** What a sender does well to send at once: a broken line costs no more than that. Any other length is taken too. */
    private static final int PIECE_BYTES = 8 * 1024 * 1024;

    private static final int MOST_UNFINISHED = 20;
    private static final Duration UNFINISHED_KEPT = Duration.ofHours(24);
    private static final int LONGEST_NAME = 200;
    /** Of the advisory lock: of two who begin at once the second counts the first. */
    private static final int LOCK = 7_352;

    private static final long MEGABYTE = 1024 * 1024;

    private final ScopedDatabase database;
    private final CourseVideoFiles files;
    private final AuditLog audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final UploadTurns turns = new UploadTurns();

    VideoRoutes(
            ScopedDatabase database, CourseVideoFiles files, AuditLog audit, Supplier<UUID> ids, InstantSource clock) {
        this.database = database;
        this.files = files;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/courses/:id/videos", Right.WATCH, this::list),
                Route.post("/api/v1/courses/:id/videos", Right.WRITE_COURSES, this::begin),
                Route.get("/api/v1/course-videos/:id", Right.WATCH, this::one),
                Route.upload("/api/v1/course-videos/:id", Right.WRITE_COURSES, this::take),
                Route.delete("/api/v1/course-videos/:id", Right.WRITE_COURSES, this::drop));
    }

    /** An upload that begins. @param pieceBytes that a sender does well to send at once */
    record Begun(UUID id, long received, long size, int pieceBytes) {}

    record Videos(List<VideoRow> videos) {}

    private Answer list(Call call) throws SQLException {
        int course = call.pathId("id");
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            CourseRoutes.need(connection, call.scope(), course);
            return new Videos(CourseVideos.of(connection, course));
        }));
    }

    private Answer one(Call call) throws SQLException {
        return Answer.json(need(call, call.pathUuid("id")));
    }

    private VideoRow need(Call call, UUID id) throws SQLException {
        return database.read(
                call.scope(),
                call.user().userId(),
                connection -> CourseVideos.find(connection, id).orElseThrow(() -> CourseVideos.unknown(id)));
    }

    private Answer begin(Call call) throws SQLException, IOException {
        CourseRoutes.needAll(call);
        int course = call.pathId("id");
        String name = call.saidInOneLine("name", LONGEST_NAME);
        long size = call.size("size");
        if (size > files.largest()) {
            throw Refusal.tooLarge("A video has at most " + files.largest() / MEGABYTE
                            + " MB (training.video_mb): size=" + size + " bytes.")
                    .saying("most", files.largest());
        }
        UUID id = ids.get();
        long room = files.room();
        int me = call.user().userId();
        Instant now = clock.instant();
        database.write(call.scope(), me, connection -> {
            CourseRoutes.need(connection, call.scope(), course);
            new SqlText("select 1 from pg_advisory_xact_lock(?)", LOCK).first(connection, row -> true);
            long[] unfinished = new SqlText(
                            "select count(*), coalesce(sum(size - received), 0) from hw.course_video where completed_at is null")
                    .first(connection, row -> new long[] {row.getLong(1), row.getLong(2)})
                    .orElseThrow();
            if (unfinished[0] >= MOST_UNFINISHED) {
                throw Refusal.ruleBroken(
                        "videos-unfinished",
                        "There are " + unfinished[0]
                                + " uploads that have not ended, and no more begin: let one end or delete one. What stands still for a day goes by itself.");
            }
            if (size > room - unfinished[1]) {
                throw noRoom();
            }
            new SqlText(
                            "insert into hw.course_video (video_id, course_id, name, size, made_by, made_at, taken_at) values (?, ?, ?, ?, ?, ?, ?)",
                            id,
                            course,
                            name,
                            size,
                            me,
                            now,
                            now)
                    .run(connection);
            audit.add(
                    connection,
                    me,
                    "video.begin",
                    "course:" + course,
                    Map.of("video_id", id.toString(), "name", name, "bytes", size),
                    call.address());
            return id;
        });
        return Answer.json(201, new Begun(id, 0, size, PIECE_BYTES));
    }

    private static Refusal noRoom() {
        return Refusal.ruleBroken(
                "video-no-room",
                "The server's disk has too little free space for this video; what was received stays. Tell whoever runs the server.");
    }

    private Answer take(Call call) throws SQLException, IOException, InterruptedException {
        CourseRoutes.needAll(call);
        UUID id = call.pathUuid("id");
        long offset = call.bytes("offset");
        Upload upload = call.coming();
        UploadTurns.Turn turn = turns.take(id, upload);
        try {
            VideoRow video = need(call, id);
            if (offset != video.received()) {
                throw standsAt("video-offset", video.received());
            }
            if (!video.complete()) {
                append(call, video, upload);
            }
            VideoRow taken = need(call, id);
            return Answer.json(taken.complete() || taken.received() < taken.size() ? taken : complete(call, taken));
        } finally {
            turn.end();
        }
    }

    private static Refusal standsAt(String type, long received) {
        return Refusal.conflict(
                        type,
                        "The file stands at received=" + received + " bytes; go on from there with offset=" + received
                                + ".")
                .saying("received", received);
    }

    private void append(Call call, VideoRow video, Upload upload) throws SQLException, IOException {
        if (upload.length() < 0) {
            throw Refusal.badValue("A piece says how long it is: the header Content-Length is missing.");
        }
        if (upload.length() > video.size() - video.received()) {
            throw Refusal.ruleBroken(
                    "video-too-long",
                    "The piece goes beyond the size that was announced: offset=" + video.received() + " bytes="
                            + upload.length() + " size=" + video.size() + ".");
        }
        try {
            files.append(
                    video.id(), video.received(), upload.length(), upload, position -> note(call, video, position));
        } catch (Upload.CutException e) {
            if (upload.isStopped()) {
                throw standsAt("video-elsewhere", need(call, video.id()).received());
            }
            throw e;
        } catch (EOFException e) {
            throw Refusal.badValue("The piece ended before the length that it announced; ask how far the file is.");
        } catch (CourseVideoFiles.NoRoomException e) {
            LOG.warn("a video is not received: {}", e.getMessage());
            throw noRoom();
        } catch (NoSuchFileException e) {
            LOG.warn("what was received of a video is not on the disk any more: {}", e.getMessage());
            throw Refusal.ruleBroken(
                    "video-lost", "What was received is not on the server's disk any more: delete it and begin again.");
        }
    }

    /** What the disk has, and what its beginning says. @throws Refusal for another type; it is gone then */
    private void note(Call call, VideoRow video, long position) throws SQLException, IOException {
        VideoFormat format = null;
        if (video.received() < VideoFormat.HEAD_BYTES && position >= Math.min(VideoFormat.HEAD_BYTES, video.size())) {
            format = VideoFormat.of(files.head(video.id()));
            if (format == null) {
                remove(call, video, "video.refuse");
                throw Refusal.ruleBroken(
                        "video-type",
                        "The content is no MP4 or WebM film, whatever its name says; it was thrown away. Convert it to MP4 with H.264 and AAC.");
            }
        }
        String type = format == null ? "" : format.contentType();
        int rows = database.write(
                call.scope(),
                call.user().userId(),
                connection -> new SqlText(
                                "update hw.course_video set received = ?, taken_at = ?, content_type = coalesce(nullif(?, ''), content_type)"
                                        + " where video_id = ? and completed_at is null",
                                position,
                                clock.instant(),
                                type,
                                video.id())
                        .run(connection));
        if (rows == 0) {
            throw CourseVideos.unknown(video.id());
        }
    }

    private VideoRow complete(Call call, VideoRow video) throws SQLException, IOException {
        byte[] sha256 = files.sha256(video.id(), video.size());
        int me = call.user().userId();
        return database.write(call.scope(), me, connection -> {
            new SqlText(
                            "update hw.course_video set completed_at = ?, sha256 = ? where video_id = ? and completed_at is null",
                            clock.instant(),
                            sha256,
                            video.id())
                    .run(connection);
            audit.add(
                    connection,
                    me,
                    "video.add",
                    "course:" + video.courseId(),
                    Map.of("video_id", video.id().toString(), "name", video.name(), "bytes", video.size()),
                    call.address());
            return CourseVideos.find(connection, video.id()).orElseThrow(() -> CourseVideos.unknown(video.id()));
        });
    }

    private Answer drop(Call call) throws SQLException, IOException, InterruptedException {
        CourseRoutes.needAll(call);
        UUID id = call.pathUuid("id");
        UploadTurns.Turn turn = turns.take(id, null);
        try {
            remove(call, need(call, id), "video.drop");
        } finally {
            turn.end();
        }
        return Answer.empty();
    }

    /** The row first: what is left of it if that is the last thing that happens is a file that no row names, which {@link #sweep} finds. */
    private void remove(Call call, VideoRow video, String action) throws SQLException, IOException {
        int me = call.user().userId();
        database.write(call.scope(), me, connection -> {
            if (CourseVideos.hold(connection, video.id()).isEmpty()) {
                throw CourseVideos.unknown(video.id());
            }
            refuseIfNamed(connection, video.id());
            new SqlText("delete from hw.course_video where video_id = ?", video.id()).run(connection);
            audit.add(
                    connection,
                    me,
                    action,
                    "course:" + video.courseId(),
                    Map.of("video_id", video.id().toString(), "name", video.name()),
                    call.address());
            return true;
        });
        files.drop(video.id());
    }

    private static void refuseIfNamed(Connection connection, UUID id) throws SQLException {
        boolean named = new SqlText("select from hw.lesson_version where video = ? limit 1", id.toString())
                .first(connection, row -> true)
                .isPresent();
        if (named) {
            throw Refusal.ruleBroken(
                    "video-named",
                    "A lesson shows this video, or an earlier version of one did. Versions are kept as drivers saw them, so the video is too.");
        }
    }

    /** Throws away uploads that stood still for a day, and files that no row names. */
    void sweep() throws SQLException, IOException {
        Instant before = clock.instant().minus(UNFINISHED_KEPT);
        List<UUID> stale = database.write(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new SqlText(
                                "delete from hw.course_video where completed_at is null and taken_at < ? returning video_id",
                                before)
                        .list(connection, row -> row.getObject(1, UUID.class)));
        for (UUID id : stale) {
            files.drop(id);
        }
        int orphans = 0;
        for (UUID id : files.untouchedSince(before)) {
            boolean named = database.read(
                    Scope.ALL,
                    ScopedDatabase.NO_USER,
                    connection -> CourseVideos.find(connection, id).isPresent());
            if (!named) {
                files.drop(id);
                orphans++;
            }
        }
        if (!stale.isEmpty() || orphans > 0) {
            LOG.info("videos thrown away: unfinished={} withoutRow={}", stale.size(), orphans);
        }
    }
}
