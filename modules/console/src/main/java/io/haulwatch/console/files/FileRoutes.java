package io.haulwatch.console.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.port.StoredFiles;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists what a truck's terminal sent, and gives one of them out. Each look at one is written down: pictures show people. */
public final class FileRoutes {
    /** The one type that a browser shows by itself; everything else is for saving. */
    private static final String SHOWN = "image/jpeg";

    private static final Map<String, String> EXTENSIONS =
            Map.of(SHOWN, "jpg", "image/tiff", "tif", "audio/mpeg", "mp3", "audio/wav", "wav", "video/x-ms-wmv", "wmv");

    private static final String FILES = """
            select f.file_id, f.kind, f.content_type, f.bytes, f.at, f.received_at, f.lat, f.lon, f.speed, f.media_id, f.said_type,
                f.event, f.channel, f.detail
            from hw.terminal_file f where true
            """;

    private static final String CONTENT = """
            select f.vehicle_id, f.kind, f.content_type, f.content, f.received_at from hw.terminal_file f where f.kind <> 'announced'
            """;

    private final ScopedDatabase database;
    private final StoredFiles files;
    private final Cursors cursors;
    private final AuditLog audit;

    public FileRoutes(ScopedDatabase database, StoredFiles files, Cursors cursors, AuditLog audit) {
        this.database = database;
        this.files = files;
        this.cursors = cursors;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/vehicles/:id/files", Right.SEE_FILES, this::list),
                Route.get("/api/v1/files/:id", Right.SEE_FILES, this::content));
    }

    private Answer list(Call call) throws SQLException {
        int vehicleId = call.pathId("id");
        Instant from = call.moment("from");
        Instant to = call.moment("to");
        int limit = call.limit();
        String listName = call.user().userId() + "|files|" + vehicleId + "|" + from + "|" + to;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            SeenVehicle.require(connection, call.scope(), vehicleId);
            SqlText query = new SqlText(FILES)
                    .within(call.scope(), "f.company_id = any (?)")
                    .and("f.vehicle_id = ?", vehicleId);
            if (from != null) {
                query.and("f.at >= ?", from);
            }
            if (to != null) {
                query.and("f.at <= ?", to);
            }
            if (after != null) {
                query.and(
                        "(f.at, f.file_id) < (?, ?)",
                        Instant.parse(after.get(0).textValue()),
                        UUID.fromString(after.get(1).textValue()));
            }
            List<FileRow> rows = query.add("order by f.at desc, f.file_id desc limit ?", limit + 1)
                    .list(connection, FileRoutes::row);
            return cursors.page(listName, limit, rows, last -> List.of(last.at(), last.id()));
        }));
    }

    private Answer content(Call call) throws SQLException, IOException {
        UUID id = call.pathUuid("id");
        int userId = call.user().userId();
        Found found = database.write(call.scope(), userId, connection -> {
            Found one = new SqlText(CONTENT)
                    .within(call.scope(), "f.company_id = any (?)")
                    .and("f.file_id = ?", id)
                    .first(
                            connection,
                            row -> new Found(
                                    row.getInt(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getBytes(4),
                                    row.getTimestamp(5).toInstant()))
                    .orElseThrow(() ->
                            Refusal.notFound("There is no such file among those that you may see: id=" + id + "."));
            audit.add(
                    connection,
                    userId,
                    "file.open",
                    "vehicle:" + one.vehicleId(),
                    Map.of("file_id", id.toString(), "kind", one.kind()),
                    call.address());
            return one;
        });
        byte[] bytes = found.content();
        if (bytes == null) {
            try {
                bytes = files.read(id, found.receivedAt());
            } catch (NoSuchFileException e) {
                throw Refusal.notFound("The file is not on the disk any more: id=" + id + ".");
            }
        }
        String name = "haulwatch-vehicle-" + found.vehicleId() + "-" + id + "."
                + EXTENSIONS.getOrDefault(found.contentType(), "bin");
        return Answer.bytes(200, bytes, found.contentType())
                .with("Content-Security-Policy", "default-src 'none'; sandbox")
                .with(
                        "Content-Disposition",
                        (found.contentType().equals(SHOWN) ? "inline" : "attachment") + "; filename=\"" + name + "\"");
    }

    /** @param content null if it is a file */
    @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
    private record Found(
            int vehicleId, String kind, String contentType, byte @Nullable [] content, Instant receivedAt) {}

    private static FileRow row(ResultSet row) throws SQLException {
        Integer lat = (Integer) row.getObject("lat");
        Integer lon = (Integer) row.getObject("lon");
        Integer speed = (Integer) row.getObject("speed");
        return new FileRow(
                row.getString("file_id"),
                row.getString("kind"),
                row.getString("content_type"),
                row.getInt("bytes"),
                Json.time(row.getTimestamp("at").toInstant()),
                Json.time(row.getTimestamp("received_at").toInstant()),
                lat == null ? null : lat / 1e6,
                lon == null ? null : lon / 1e6,
                speed == null ? null : speed / 10.0,
                (Long) row.getObject("media_id"),
                (Integer) row.getObject("event"),
                (Integer) row.getObject("channel"),
                row.getInt("detail"));
    }

    /**
     * Something that a terminal sent.
     *
     * @param kind announced, image, audio, video, pass_through or recorder
     * @param at when it was taken, or received where that is not known
     * @param mediaId id in the terminal; with event and channel null for what is no medium
     * @param detail pass-through type or command word of the recorder
     */
    record FileRow(
            String id,
            String kind,
            String contentType,
            int bytes,
            String at,
            String receivedAt,
            @Nullable Double lat,
            @Nullable Double lon,
            @Nullable Double speedKmh,
            @Nullable Long mediaId,
            @Nullable Integer event,
            @Nullable Integer channel,
            int detail) {}
}
