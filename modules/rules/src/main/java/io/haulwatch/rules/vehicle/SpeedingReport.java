package io.haulwatch.rules.vehicle;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.rules.profile.SpeedingProfile;
import io.haulwatch.rules.vehicle.CompiledReference.Standing;
import io.haulwatch.rules.vehicle.Stretch.Phase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a stretch of speeding into revisions of an episode. Measures and severity: {@code docs/rules/speeding.md}. */
final class SpeedingReport {
    /** Spacings above this are told with the episode. */
    private static final long NOTABLE_SPACING_MILLIS = 60_000;

    private final Standings standings;
    private final VehicleSink sink;

    SpeedingReport(Standings standings, VehicleSink sink) {
        this.standings = standings;
        this.sink = sink;
    }

    /** Says that it is open, anew or still. */
    void open(int vehicleId, Stretch stretch, long time) {
        stretch.toldEnd = false;
        stretch.toldAt = time;
        say(vehicleId, stretch, EpisodeState.OPEN, null);
    }

    /** Says that it ended. */
    void end(int vehicleId, Stretch stretch, String endedBy) {
        stretch.toldEnd = true;
        say(vehicleId, stretch, EpisodeState.CLOSED, endedBy);
    }

    /** Says that the limit is near. */
    void prompt(Fix fix, long since, int limit) {
        Standing standing = standings.at(fix.vehicleId, since);
        Subject subject = new Subject.OfVehicle(fix.vehicleId);
        sink.episode(new Episode(
                EpisodeId.of(subject, Rule.SPEEDING, since),
                1,
                EpisodeState.PREWARNED,
                Rule.SPEEDING,
                standing.rules().speeding().version(),
                subject,
                fix.vehicleId,
                standing.driverOrNull(),
                since,
                fix.time,
                Severity.NOTICE,
                fix.backfill ? Evidence.BACKFILL : Evidence.LIVE,
                null,
                Map.of("speed_decikmh", (long) fix.speed, "limit_decikmh", (long) limit),
                Map.of(),
                List.of()));
    }

    /**
     * By the excess: below 10 % notice, below 20 % minor, below 50 % major, else critical; one step more if it lasted, carries dangerous goods,
     * or passes a school.
     */
    static Severity severity(Stretch stretch, boolean dangerousGoods, long longMillis) {
        long over = (long) stretch.worstSpeed - stretch.worstLimit;
        long limit = stretch.worstLimit;
        int level = over * 10 < limit ? 1 : over * 5 < limit ? 2 : over * 2 < limit ? 3 : 4;
        if (stretch.length() >= longMillis || dangerousGoods || stretch.school) {
            level = Math.min(4, level + 1);
        }
        return Severity.of(level);
    }

    private void say(int vehicleId, Stretch stretch, EpisodeState state, @Nullable String endedBy) {
        Standing standing = standings.at(vehicleId, stretch.start);
        SpeedingProfile profile = standing.rules().speeding();
        Severity severity = severity(
                stretch, standing.rules().vehicleClass() == VehicleClass.DANGEROUS_GOODS, profile.severityMillis());
        stretch.toldSeverity = severity.level();
        stretch.revision++;
        Subject subject = new Subject.OfVehicle(vehicleId);
        sink.episode(new Episode(
                EpisodeId.of(subject, Rule.SPEEDING, stretch.start),
                stretch.revision,
                state,
                Rule.SPEEDING,
                profile.version(),
                subject,
                vehicleId,
                standing.driverOrNull(),
                stretch.start,
                stretch.last,
                severity,
                stretch.backfill ? Evidence.BACKFILL : Evidence.LIVE,
                endedBy,
                measures(stretch),
                facts(stretch, standing.rules().vehicleClass()),
                points(stretch, state)));
    }

    private static Map<String, Long> measures(Stretch stretch) {
        Map<String, Long> measures = new HashMap<>();
        measures.put("peak_decikmh", (long) stretch.peakSpeed);
        measures.put("limit_decikmh", (long) stretch.worstLimit);
        measures.put("excess_decikmh", (long) stretch.worstSpeed - stretch.worstLimit);
        measures.put("excess_permille", permille(stretch.worstSpeed - stretch.worstLimit, stretch.worstLimit));
        measures.put("duration_s", stretch.length() / 1000);
        measures.put("seconds_over", (stretch.earlierRuns + stretch.last - stretch.runStart) / 1000);
        measures.put("distance_m", stretch.speedMetres());
        measures.put("avg_decikmh", stretch.meanDeciKmh());
        measures.put("ground_m", Math.round(stretch.metres));
        measures.put("start_lat_microdeg", (long) stretch.opening.latitude);
        measures.put("start_lon_microdeg", (long) stretch.opening.longitude);
        measures.put("peak_lat_microdeg", (long) stretch.peak.latitude);
        measures.put("peak_lon_microdeg", (long) stretch.peak.longitude);
        measures.put("end_lat_microdeg", (long) stretch.close.latitude);
        measures.put("end_lon_microdeg", (long) stretch.close.longitude);
        if (stretch.spacing > NOTABLE_SPACING_MILLIS) {
            measures.put("gap_inside_s", stretch.spacing / 1000);
        }
        if (stretch.doubts > 0) {
            measures.put("dropped_points", (long) stretch.doubts);
        }
        return measures;
    }

    /** Thousandths, half to even: the sheet's figures have one decimal of a per cent. */
    private static long permille(int part, int whole) {
        return BigDecimal.valueOf(part * 1000L)
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private Map<String, String> facts(Stretch stretch, VehicleClass vehicleClass) {
        List<String> candidates = new ArrayList<>();
        candidates.add("PLATFORM_VEHICLE=" + kmh(stretch.worstVehicleLimit));
        String source = "PLATFORM_VEHICLE";
        int lowest = stretch.worstVehicleLimit;
        int zone = -1;
        for (int i = 0; i < stretch.worstZones; i++) {
            candidates.add("ZONE " + stretch.worstZoneIds[i] + "=" + kmh(stretch.worstZoneLimits[i]));
            if (stretch.worstZoneLimits[i] < lowest) {
                lowest = stretch.worstZoneLimits[i];
                zone = stretch.worstZoneIds[i];
                source = "ZONE";
            }
        }
        if (stretch.worstNightLimit > 0) {
            candidates.add("NIGHT_FACTOR=" + kmh(stretch.worstNightLimit));
            source = "NIGHT_FACTOR";
        }
        if (stretch.worstGraceLimit > 0) {
            candidates.add("LIMIT_CHANGE_GRACE=" + kmh(stretch.worstGraceLimit));
            source = "LIMIT_CHANGE_GRACE";
        }
        Map<String, String> facts = new HashMap<>();
        facts.put("limit_source", source);
        facts.put("candidates", String.join("; ", candidates));
        facts.put("vehicle_class", vehicleClass.name());
        if (zone >= 0) {
            facts.put("zone_id", Integer.toString(zone));
            facts.put("zone", standings.reference().zoneName(zone));
        }
        if (stretch.school) {
            facts.put("school", "true");
        }
        return facts;
    }

    private static String kmh(int deciKmh) {
        return deciKmh % 10 == 0 ? Integer.toString(deciKmh / 10) : deciKmh / 10 + "." + deciKmh % 10;
    }

    private static List<EvidencePoint> points(Stretch stretch, EpisodeState state) {
        List<EvidencePoint> points = new ArrayList<>(3);
        points.add(stretch.opening.as(EvidencePoint.Role.OPENING));
        points.add(stretch.peak.as(EvidencePoint.Role.PEAK));
        if (state == EpisodeState.CLOSED || stretch.phase == Phase.CLOSED) {
            points.add(stretch.close.as(EvidencePoint.Role.CLOSE));
        }
        return points;
    }
}
