package io.haulwatch.console.training;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the videos of courses, and what a lesson may name. Videos are everyone's, as courses are: nothing here asks for a scope. */
public final class CourseVideos {
    private static final int MOST_SHOWN = 500;

    private static final String ROW = """
            select video_id, course_id, name, size, received, completed_at is not null, content_type, sha256, made_at from hw.course_video
            """;

    private CourseVideos() {}

    /**
     * A video.
     *
     * @param name as the file was called where it came from
     * @param received bytes that are on the disk for certain
     * @param complete whether all of it is there and was looked at
     * @param type what its beginning says, null until that is there
     * @param sha256 in hex, null until it is complete
     */
    public record VideoRow(
            UUID id,
            int courseId,
            String name,
            long size,
            long received,
            boolean complete,
            @Nullable String type,
            @Nullable String sha256,
            String madeAt) {}

    /** What a page needs to play a lesson's video. */
    public record Clip(String id, String type, long size) {
        /** Of the columns {@code clip_id}, {@code clip_type} and {@code clip_size}, which {@link #CLIP} brings. */
        public static @Nullable Clip of(ResultSet row) throws SQLException {
            String id = row.getString("clip_id");
            return id == null ? null : new Clip(id, row.getString("clip_type"), row.getLong("clip_size"));
        }
    }

    /** Columns of the video that a lesson's version names, beside the join {@link #CLIP_OF_VERSION}. */
    public static final String CLIP =
            "clip.video_id::text as clip_id, clip.content_type as clip_type, clip.size as clip_size";

    /** Joins the video of a lesson's version v. */
    public static final String CLIP_OF_VERSION =
            "left join hw.course_video clip on clip.video_id::text = v.video and clip.completed_at is not null";

    /** One of them. */
    public static Optional<VideoRow> find(Connection connection, UUID id) throws SQLException {
        return new SqlText(ROW).add("where video_id = ?", id).first(connection, CourseVideos::row);
    }

    /** One of them, held until the transaction ends, so that nobody deletes it meanwhile. */
    static Optional<VideoRow> hold(Connection connection, UUID id) throws SQLException {
        return new SqlText(ROW).add("where video_id = ? for update", id).first(connection, CourseVideos::row);
    }

    /** Those of a course, in the order in which they came. */
    static List<VideoRow> of(Connection connection, int course) throws SQLException {
        return new SqlText(ROW)
                .add("where course_id = ? order by made_at, video_id limit ?", course, MOST_SHOWN)
                .list(connection, CourseVideos::row);
    }

    static Refusal unknown(UUID id) {
        return Refusal.notFound("There is no such video: id=" + id + ".");
    }

    private static VideoRow row(ResultSet row) throws SQLException {
        byte[] sha256 = row.getBytes(8);
        return new VideoRow(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getBoolean(6),
                row.getString(7),
                sha256 == null ? null : HexFormat.of().formatHex(sha256),
                Json.time(row.getTimestamp(9).toInstant()));
    }

    /**
     * Looks at what a version of a lesson names as its video.
     *
     * @param video an https address, or the id of a file that was uploaded
     * @throws Refusal unless it is a complete video of this course, or an address elsewhere
     */
    static void check(Connection connection, int course, String video) throws SQLException {
        if (isElsewhere(video)) {
            return;
        }
        UUID id = id(video);
        if (id == null) {
            throw Refusal.badValue("\"video\" is an https address, or the id of a file that was uploaded.");
        }
        VideoRow found = hold(connection, id).orElse(null);
        if (found == null || found.courseId() != course) {
            throw Refusal.ruleBroken(
                    "video-unknown", "This course has no such video: id=" + id + ". Upload it to the course first.");
        }
        if (!found.complete()) {
            throw Refusal.ruleBroken(
                    "video-unfinished",
                    "The video is not whole yet: received=" + found.received() + " of size=" + found.size()
                            + " bytes. Let the upload end first.");
        }
    }

    private static boolean isElsewhere(String video) {
        return video.startsWith("https://") && video.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '<');
    }

    private static @Nullable UUID id(String video) {
        try {
            UUID id = UUID.fromString(video);
            return id.toString().equals(video) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
