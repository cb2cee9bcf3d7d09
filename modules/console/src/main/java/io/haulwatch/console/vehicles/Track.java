package io.haulwatch.console.vehicles;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.track.StoredPosition;
import io.haulwatch.store.track.TruckTrack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where a vehicle was, as columns of equal length in device-time order.
 *
 * @param tMs device time, ms since 1970 UTC
 * @param lat 10⁻⁶ degrees WGS84
 * @param lon 10⁻⁶ degrees WGS84
 * @param speed 0.1 km/h
 * @param heading degrees clockwise from north
 * @param flags sum of {@link #DOUBTFUL}, {@link #BACKFILL}, {@link #LATE}
 * @param everyNth 1 for all positions; n when only each n-th is given because there were too many
 */
public record Track(
        @JsonProperty("t_ms") List<Long> tMs,
        List<Integer> lat,
        List<Integer> lon,
        List<Integer> speed,
        List<Integer> heading,
        List<Integer> flags,
        int everyNth) {
    /** The rules did not believe this fix, or the receiver had none. */
    public static final int DOUBTFUL = 1;
    /** Came in a blind-area upload. */
    public static final int BACKFILL = 2;
    /** Received more than ten minutes after its device time. */
    public static final int LATE = 4;

    /** Points of one answer. */
    public static final int MOST = 10_000;

    private static final Duration LATE_AFTER = Duration.ofMinutes(10);

    /** No point at all. */
    public static Track empty() {
        return new Track(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 1);
    }

    /**
     * Reads the positions of a vehicle from {@code from} to {@code to}, both included, at most {@code most}: each second, each fourth and so on if
     * there are more. Places at 0/0 are left out.
     */
    public static Track read(Connection connection, Scope scope, int vehicleId, Instant from, Instant to, int most)
            throws SQLException {
        Instant end = to.plusMillis(1);
        Thinned thinned = new Thinned(most);
        TruckTrack.each(connection, scope, vehicleId, from, end, position -> {
            if (position.hasPlace()) {
                thinned.take(position);
            }
            return true;
        });
        Set<StoredPosition.Key> doubted =
                thinned.kept.isEmpty() ? Set.of() : Doubts.read(connection, scope, vehicleId, from, end);
        Track track = new Track(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                thinned.everyNth);
        for (StoredPosition position : thinned.kept) {
            track.add(position, doubted.contains(position.key()));
        }
        return track;
    }

    private void add(StoredPosition position, boolean doubted) {
        tMs.add(position.deviceMillis());
        lat.add(position.latitudeMicrodeg());
        lon.add(position.longitudeMicrodeg());
        speed.add(position.speedDeciKmh());
        heading.add(position.headingDeg());
        boolean late = position.receivedMillis() - position.deviceMillis() > LATE_AFTER.toMillis();
        flags.add((doubted || !position.fixed() ? DOUBTFUL : 0)
                | ((position.flags() & PositionRecord.FLAG_BACKFILL) != 0 ? BACKFILL : 0)
                | (late ? LATE : 0));
    }

    /** Keeps each n-th of what it takes; n doubles whenever that becomes too many. */
    private static final class Thinned {
        private final int most;
        private List<StoredPosition> kept = new ArrayList<>();
        private int everyNth = 1;
        private int taken;

        Thinned(int most) {
            this.most = most;
        }

        void take(StoredPosition position) {
            if (taken++ % everyNth != 0) {
                return;
            }
            if (kept.size() == most) {
                List<StoredPosition> half = new ArrayList<>(most);
                for (int i = 0; i < kept.size(); i += 2) {
                    half.add(kept.get(i));
                }
                kept = half;
                everyNth *= 2;
                if ((taken - 1) % everyNth != 0) {
                    return;
                }
            }
            kept.add(position);
        }
    }
}
