package io.haulwatch.console.history;

import io.haulwatch.console.vehicles.Doubts;
import io.haulwatch.console.vehicles.Track;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.vehicle.CompiledReference;
import io.haulwatch.rules.vehicle.VehicleHistory;
import io.haulwatch.rules.vehicle.VehicleHistory.Movements;
import io.haulwatch.rules.vehicle.VehicleHistory.Taken;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.track.StoredPosition;
import io.haulwatch.store.track.TruckTrack;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A truck's day, judged from its stored positions.
 *
 * @param points in the order of time, those at 0/0 left out
 * @param cut there were more positions than one answer takes, and the last are missing
 */
record DayHistory(LocalDay day, List<Point> points, Movements movements, boolean cut) {
    /** Read before midnight, so that it is known what the truck was doing then, and after the next, so that what ends with the day has ended. */
    private static final Duration AROUND = Duration.ofMinutes(30);

    /** Positions of one answer: a day at one a second, and some more. */
    private static final int MOST = 100_000;

    private static final long LATE_AFTER_MILLIS = 600_000;

    static DayHistory read(Connection connection, Scope scope, CompiledReference reference, int vehicleId, LocalDay day)
            throws SQLException {
        Instant from = day.from().minus(AROUND);
        Instant to = day.to().plus(AROUND);
        List<StoredPosition> stored = TruckTrack.read(connection, scope, vehicleId, from, to, MOST);
        Set<StoredPosition.Key> doubted =
                stored.isEmpty() ? Set.of() : Doubts.read(connection, scope, vehicleId, day.from(), day.to());
        return of(stored, doubted, reference, vehicleId, day);
    }

    static DayHistory of(
            List<StoredPosition> stored,
            Set<StoredPosition.Key> doubted,
            CompiledReference reference,
            int vehicleId,
            LocalDay day) {
        VehicleHistory history = new VehicleHistory(reference);
        ByteBuffer head = ByteBuffer.allocate(PositionRecord.HEAD);
        PositionRecord view = new PositionRecord();
        long from = day.from().toEpochMilli();
        long to = day.to().toEpochMilli();
        List<Point> points = new ArrayList<>(stored.size());
        for (StoredPosition position : stored) {
            PositionRecord record = position.put(head, view, vehicleId);
            Taken taken = history.take(record);
            if (position.deviceMillis() >= from && position.deviceMillis() < to && position.hasPlace()) {
                boolean doubtful = taken.doubt() != null || !record.fixed() || doubted.contains(position.key());
                boolean backfill = (position.flags() & PositionRecord.FLAG_BACKFILL) != 0;
                boolean late = position.receivedMillis() - position.deviceMillis() > LATE_AFTER_MILLIS;
                points.add(new Point(
                        position.deviceMillis(),
                        position.latitudeMicrodeg(),
                        position.longitudeMicrodeg(),
                        position.altitudeMetres(),
                        position.speedDeciKmh(),
                        position.headingDeg(),
                        taken.limitDeciKmh(),
                        (doubtful ? Track.DOUBTFUL : 0) | (backfill ? Track.BACKFILL : 0) | (late ? Track.LATE : 0),
                        taken.afterGap()));
            }
        }
        boolean cut = stored.size() >= MOST;
        return new DayHistory(day, List.copyOf(points), history.between(from, to), cut);
    }

    /**
     * A position of the day.
     *
     * @param limitDeciKmh limit in force, 0.1 km/h; 0 if it was not judged
     * @param flags as in {@link Track}
     * @param afterGap nothing is known of the way from the point before
     */
    record Point(
            long millis,
            int latitudeMicrodeg,
            int longitudeMicrodeg,
            int altitudeMetres,
            int speedDeciKmh,
            int headingDeg,
            int limitDeciKmh,
            int flags,
            boolean afterGap) {
        boolean doubtful() {
            return (flags & Track.DOUBTFUL) != 0;
        }
    }
}
