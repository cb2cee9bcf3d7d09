package io.haulwatch.console.driver;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.ByteRange;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.EntityTag;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.http.SizedBody;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.training.CourseVideos;
import io.haulwatch.console.training.CourseVideos.VideoRow;
import io.haulwatch.store.file.CourseVideoFiles;
import io.haulwatch.store.file.VideoFormat;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Videos of courses as they are watched: whole, or the bytes that a player asks for. The database is asked once and let go before the first byte leaves,
 * so a phone on a slow line holds no connection of it.
 */
final class VideoContent {
    private static final int BUFFER = 64 * 1024;

    private final ScopedDatabase database;
    private final CourseVideoFiles files;
    private final DriverLock lock;

    VideoContent(ScopedDatabase database, CourseVideoFiles files, DriverLock lock) {
        this.database = database;
        this.files = files;
        this.lock = lock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/course-videos/:id/content", Right.SIGNED_IN, this::content),
                Route.head("/api/v1/course-videos/:id/content", Right.SIGNED_IN, this::content));
    }

    private Answer content(Call call) throws SQLException, IOException {
        UUID id = call.pathUuid("id");
        if (call.user().role() == Role.DRIVER) {
            lock.refuseWhileMoving(Self.id(call));
        }
        // Videos are everyone's, as the pictures of courses are.
        VideoRow video = database.read(
                        new Scope.Companies(Set.of()),
                        call.user().userId(),
                        connection -> CourseVideos.find(connection, id))
                .filter(VideoRow::complete)
                .orElseThrow(() -> Refusal.notFound("There is no such video: id=" + id + "."));
        VideoFormat format = VideoFormat.ofContentType(String.valueOf(video.type()));
        if (format == null) {
            throw new IllegalStateException("the database keeps no other type: content_type=" + video.type());
        }
        if (!files.holds(id, video.size())) {
            throw Refusal.notFound("The video is not on the disk any more: id=" + id + ".");
        }
        EntityTag tag = EntityTag.of(String.valueOf(video.sha256()));
        return told(answer(call, video, format, tag), tag);
    }

    private Answer answer(Call call, VideoRow video, VideoFormat format, EntityTag tag) {
        if (tag.isAmong(call.ifNoneMatch())) {
            return new Answer(304, null, format.contentType(), Map.of());
        }
        ByteRange range = tag.allowsRange(call.ifRange()) ? ByteRange.of(call.range(), video.size()) : ByteRange.WHOLE;
        return switch (range) {
            case ByteRange.Whole whole -> part(200, video, format, 0, video.size());
            case ByteRange.Part part ->
                part(206, video, format, part.first(), part.length())
                        .with("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + video.size());
            case ByteRange.Unsatisfiable none -> throw Refusal.rangeNotSatisfiable(video.size());
        };
    }

    /** Kept by the browser and asked about each time: a locked phone is told so, and a film that is there already is not sent again. */
    private static Answer told(Answer answer, EntityTag tag) {
        return answer.with("ETag", tag.header())
                .with("Accept-Ranges", "bytes")
                .with("Cache-Control", "private, no-cache")
                .with("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private Answer part(int status, VideoRow video, VideoFormat format, long first, long length) {
        SizedBody body = new SizedBody(length, out -> write(video.id(), first, length, out));
        return new Answer(
                status,
                body,
                format.contentType(),
                Map.of(
                        "Content-Disposition",
                        "inline; filename=\"haulwatch-" + video.id() + "." + format.extension() + "\""));
    }

    private void write(UUID id, long first, long length, OutputStream out) throws IOException {
        try (FileChannel in = files.open(id)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long at = first;
            long end = first + length;
            while (at < end) {
                buffer.clear().limit((int) Math.min(BUFFER, end - at));
                int read = in.read(buffer, at);
                if (read < 0) {
                    throw new EOFException("a video is shorter than its row says: id=" + id + " at=" + at);
                }
                out.write(buffer.array(), 0, read);
                at += read;
            }
        }
    }
}
