package io.haulwatch.console.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.alarms.AlarmDetail;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.evidence.EvidenceCard.CaseRef;
import io.haulwatch.console.evidence.EvidenceCard.Limit;
import io.haulwatch.console.evidence.EvidenceCard.Quality;
import io.haulwatch.console.evidence.EvidenceCard.RawReport;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.looks.TrackLooks;
import io.haulwatch.console.port.RulesInForce;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.vehicles.Doubts;
import io.haulwatch.console.vehicles.Track;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.hours.HoursProfiles;
import io.haulwatch.rules.vehicle.CompiledReference;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.track.StoredPosition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts the evidence of an alarm together. */
final class CardReader {
    /** Enough for a line over a page's width. */
    private static final int TRACK_POINTS = 600;

    private static final Duration RAW_AROUND = Duration.ofMinutes(2);
    private static final int RAW_BEFORE = 8;
    private static final int RAW_AFTER = 10;
    private static final int RAW_READ = 400;
    private static final int STATUS_FIXED = 2;

    private final AlarmQueries alarms;
    private final RulesInForce rules;
    private final TrackLooks looks;

    CardReader(AlarmQueries alarms, RulesInForce rules, TrackLooks looks) {
        this.alarms = alarms;
        this.rules = rules;
        this.looks = looks;
    }

    /** @throws io.haulwatch.console.http.Refusal if the caller may see no such alarm */
    EvidenceCard read(Connection connection, Call call, UUID id, PrintWords words) throws SQLException {
        Scope scope = call.scope();
        AlarmRow row = alarms.seen(connection, scope, id);
        Instant start = Instant.parse(row.startedAt());
        LocalDate day = start.atZone(PaperState.ZONE).toLocalDate();
        AlarmDetail alarm = AlarmDetail.read(connection, alarms, scope, row, looks, call, TRACK_POINTS, day);
        List<RawReport> reports = alarm.reasonNeeded()
                ? List.of()
                : reports(connection, scope, row.vehicle().id(), start);
        CompiledReference reference = rules.reference();
        int vehicleId = row.vehicle().id();
        WouldNot wouldNot = new WouldNot(
                words,
                reference.rules(vehicleId, start.toEpochMilli()),
                new HoursProfiles(reference.set()).at(vehicleId, start.toEpochMilli()));
        return new EvidenceCard(
                words.language(),
                alarm,
                wouldNot.sentence(alarm),
                law(words, row),
                limit(row),
                quality(alarm, reports),
                reports,
                alarm.reasonNeeded() ? "reason_needed" : reports.isEmpty() ? "gone" : "kept",
                cases(connection, scope, id));
    }

    private static List<String> law(PrintWords words, AlarmRow row) {
        String rule = row.rule();
        String kind = row.facts().path("paper_kind").asText("");
        for (String key : List.of("law." + rule + "." + kind, "law." + rule)) {
            if (words.has(key)) {
                return List.of(words.text(key).split("\\|", -1));
            }
        }
        return List.of(words.text("law.none"));
    }

    private static @Nullable Limit limit(AlarmRow row) {
        JsonNode kmh = row.measures().path("limit_decikmh");
        if (!kmh.isNumber()) {
            return null;
        }
        List<String> candidates = new ArrayList<>();
        for (String each : row.facts().path("candidates").asText("").split("; ", -1)) {
            if (!each.isBlank()) {
                candidates.add(each);
            }
        }
        return new Limit(
                PrintWords.kmh(kmh.asLong()), row.facts().path("limit_source").asText(""), candidates);
    }

    private static Quality quality(AlarmDetail alarm, List<RawReport> reports) {
        Track track = alarm.track() == null ? Track.empty() : alarm.track();
        int doubted = 0;
        int backfilled = 0;
        int late = 0;
        long gap = 0;
        for (int i = 0; i < track.flags().size(); i++) {
            int flags = track.flags().get(i);
            doubted += (flags & Track.DOUBTFUL) != 0 ? 1 : 0;
            backfilled += (flags & Track.BACKFILL) != 0 ? 1 : 0;
            late += (flags & Track.LATE) != 0 ? 1 : 0;
            gap = i == 0 ? 0 : Math.max(gap, track.tMs().get(i) - track.tMs().get(i - 1));
        }
        Integer satellites = reports.stream()
                .map(RawReport::satellites)
                .filter(Objects::nonNull)
                .min(Integer::compare)
                .orElse(null);
        JsonNode dropped = alarm.row().measures().path("dropped_points");
        return new Quality(
                alarm.row().evidence(),
                track.tMs().size(),
                track.everyNth(),
                doubted,
                backfilled,
                late,
                satellites,
                track.everyNth() == 1 && track.tMs().size() > 1 ? gap / 1_000 : null,
                dropped.isNumber() ? dropped.asLong() : null);
    }

    /** The last reports before the start and the first ones from it on. */
    private static List<RawReport> reports(Connection connection, Scope scope, int vehicleId, Instant start)
            throws SQLException {
        Instant from = start.minus(RAW_AROUND);
        Instant to = start.plus(RAW_AROUND);
        Set<StoredPosition.Key> doubted = Doubts.read(connection, scope, vehicleId, from, to);
        List<RawReport> all = new SqlText("""
                select p.device_time, p.receive_time, p.body_hash, p.lat, p.lon, p.speed, p.heading, p.satellites, p.recorder_speed, p.status,
                    p.flags, p.body
                from hw.position_scoped p where true
                """)
                .within(scope, "p.company_id = any (?)")
                .and("p.vehicle_id = ? and p.device_time >= ? and p.device_time <= ?", vehicleId, from, to)
                .add("order by p.device_time, p.body_hash limit ?", RAW_READ)
                .list(connection, row -> report(row, doubted));
        int first = 0;
        while (first < all.size() && Instant.parse(all.get(first).deviceTime()).isBefore(start)) {
            first++;
        }
        return List.copyOf(all.subList(Math.max(0, first - RAW_BEFORE), Math.min(all.size(), first + RAW_AFTER)));
    }

    private static RawReport report(ResultSet row, Set<StoredPosition.Key> doubted) throws SQLException {
        Instant device = row.getTimestamp(1).toInstant();
        int satellites = row.getInt(8);
        Integer told = row.wasNull() ? null : (Integer) satellites;
        int recorder = row.getInt(9);
        String recorderKmh = row.wasNull() ? null : PrintWords.kmh(recorder);
        boolean unfixed = (row.getInt(10) & STATUS_FIXED) == 0;
        return new RawReport(
                Json.time(device),
                Json.time(row.getTimestamp(2).toInstant()),
                row.getInt(4) / 1e6,
                row.getInt(5) / 1e6,
                PrintWords.kmh(row.getInt(6)),
                row.getInt(7),
                told,
                recorderKmh,
                unfixed || doubted.contains(new StoredPosition.Key(device.toEpochMilli(), row.getLong(3))),
                (row.getInt(11) & PositionRecord.FLAG_BACKFILL) != 0,
                HexFormat.of().formatHex(row.getBytes(12)));
    }

    private static List<CaseRef> cases(Connection connection, Scope scope, UUID id) throws SQLException {
        return new SqlText("""
                select c.case_id, c.title, c.state, c.opened_at, c.closed_at, c.conclusion
                from hw.case_alarm a join hw.safety_case c using (case_id) where true
                """)
                .within(scope, "a.company_id = any (?)")
                .and("a.episode_id = ?", id)
                .list(
                        connection,
                        row -> new CaseRef(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                Json.time(row.getTimestamp(4).toInstant()),
                                row.getTimestamp(5) == null
                                        ? null
                                        : Json.time(row.getTimestamp(5).toInstant()),
                                row.getString(6)));
    }
}
