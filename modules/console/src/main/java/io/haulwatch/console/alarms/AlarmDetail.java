package io.haulwatch.console.alarms;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.looks.TrackLooks;
import io.haulwatch.console.papers.PaperQueries;
import io.haulwatch.console.papers.PaperQueries.Paper;
import io.haulwatch.console.vehicles.Track;
import io.haulwatch.store.scope.Scope;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one alarm.
 *
 * @param terminal what the terminal said of the same
 * @param caseLimit what the terminal's own limit makes of it; null if that is not known or does not matter
 * @param reasonNeeded whether the caller has to give a reason for looking at the truck's tracks first; then points, strip and track are left out
 * @param strip speed against limit around it
 * @param track where the truck was then
 */
public record AlarmDetail(
        @JsonUnwrapped AlarmRow row,
        List<EvidencePoint> points,
        List<AlarmQueries.Revision> revisions,
        List<AlarmQueries.Action> actions,
        List<AlarmQueries.TerminalEvidence> terminal,
        @Nullable CaseLimit caseLimit,
        boolean reasonNeeded,
        @Nullable Strip strip,
        @Nullable Track track,
        List<Paper> papers) {

    /** How much is shown before and after an alarm. */
    static final Duration AROUND = Duration.ofMinutes(5);

    private static final Duration LONGEST_STRIP = Duration.ofHours(30);

    private static final String OVERSPEED = "overspeed";
    private static final int SPEED_AT = 18;

    /**
     * Reads everything about an alarm.
     *
     * @param looks says whether the caller owes a reason
     * @param most points of strip and track
     * @param papersOn the local day whose papers are meant
     */
    public static AlarmDetail read(
            Connection connection,
            AlarmQueries queries,
            Scope scope,
            AlarmRow row,
            TrackLooks looks,
            Call call,
            int most,
            LocalDate papersOn)
            throws SQLException {
        UUID id = UUID.fromString(row.id());
        Instant from = row.started().minus(AROUND);
        Instant end = row.endedAt() == null ? row.started() : Instant.parse(row.endedAt());
        Instant to = end.plus(AROUND);
        if (Duration.between(from, to).compareTo(LONGEST_STRIP) > 0) {
            from = to.minus(LONGEST_STRIP);
        }
        int vehicleId = row.vehicle().id();
        // Who was where is told by an alarm as by a track: the same reason opens both.
        boolean owed = looks.isOwed(connection, call, vehicleId);
        Track track = owed ? null : Track.read(connection, scope, vehicleId, from, to, most);
        Integer driverId = row.driver() == null ? null : row.driver().id();
        List<AlarmQueries.TerminalEvidence> terminal = queries.terminalEvidence(connection, scope, id, vehicleId);
        AlarmQueries.TerminalLimit own = queries.terminalLimit(connection, scope, vehicleId, row.started(), end)
                .orElse(null);
        return new AlarmDetail(
                row,
                owed ? List.of() : points(queries.points(connection, scope, id)),
                queries.revisions(connection, scope, id),
                queries.actions(connection, scope, id),
                terminal,
                caseLimit(row, terminal, own),
                owed,
                track == null ? null : strip(row, track, from, to),
                track,
                PaperQueries.asJudged(connection, scope, vehicleId, driverId, papersOn));
    }

    /** The strip of an alarm over the points of its track. */
    static Strip strip(AlarmRow row, Track track, Instant from, Instant to) {
        List<LimitSegment> limits = new ArrayList<>();
        JsonNode limit = row.measures().path("limit_decikmh");
        String ended = row.endedAt() == null ? Json.time(to) : row.endedAt();
        if (limit.isNumber()) {
            limits.add(new LimitSegment(
                    row.startedAt(),
                    ended,
                    limit.asInt() / 10.0,
                    row.facts().path("limit_source").asText("")));
        }
        return new Strip(
                Json.time(from), Json.time(to), track.tMs(), track.speed(), limits, List.of(row.startedAt(), ended));
    }

    /** Evidence points as the writer stored them, with what their bodies say. */
    static List<EvidencePoint> points(JsonNode stored) {
        List<EvidencePoint> points = new ArrayList<>();
        for (JsonNode point : stored) {
            String hex = point.path("body_hex").asText("");
            byte[] body = AlarmPlace.bytes(hex);
            if (body == null || body.length < SPEED_AT + 2) {
                continue;
            }
            ByteBuffer bytes = ByteBuffer.wrap(body);
            AlarmPlace place = AlarmPlace.of(bytes);
            points.add(new EvidencePoint(
                    point.path("role").asText(""),
                    Json.time(point.path("device_millis").asLong()),
                    place.lat(),
                    place.lon(),
                    (bytes.getShort(SPEED_AT) & 0xFFFF) / 10.0,
                    hex));
        }
        return points;
    }

    /**
     * The limit of a case that the terminal calls overspeed too, or alone: the lower one of the platform's and of the terminal's own, its parameter 0x0055
     * (speeding sheet §4.5).
     */
    static @Nullable CaseLimit caseLimit(
            AlarmRow row, List<AlarmQueries.TerminalEvidence> terminal, AlarmQueries.@Nullable TerminalLimit own) {
        boolean said = terminal.stream().anyMatch(each -> each.alarm().equals(OVERSPEED))
                || row.facts().path("alarm").asText("").equals(OVERSPEED);
        if (own == null || !said) {
            return null;
        }
        JsonNode platform = row.measures().path("limit_decikmh");
        return new CaseLimit(
                platform.isNumber() ? Math.min(platform.asInt() / 10.0, own.kmh()) : own.kmh(),
                own.kmh(),
                own.reportedAt());
    }

    /**
     * A case's limit.
     *
     * @param terminalKmh what the terminal last reported as its own
     */
    public record CaseLimit(double kmh, int terminalKmh, String terminalReportedAt) {}

    /** A position that was copied into the alarm. @param bodyHex the raw 0x0200 body */
    public record EvidencePoint(
            String role, String deviceTime, double lat, double lon, double speedKmh, String bodyHex) {}

    /**
     * Speed against limit.
     *
     * @param speed 0.1 km/h at each of {@code t_ms}
     * @param over when the alarm began and ended
     */
    public record Strip(
            String from,
            String to,
            @JsonProperty("t_ms") List<Long> tMs,
            List<Integer> speed,
            List<LimitSegment> limitSegments,
            List<String> over) {}

    /** A limit and where it came from. */
    public record LimitSegment(String from, String to, double limitKmh, String source) {}
}
