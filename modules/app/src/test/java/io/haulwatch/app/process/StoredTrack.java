package io.haulwatch.app.process;

import io.haulwatch.app.process.NoisyTrack.Fix;
import io.haulwatch.model.episode.Episode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One truck's positions as the database holds them, with the doubts that the rules had, and what an observer reads off the places alone. */
final class StoredTrack {
    /** §3 of the speeding sheet: distance over time between two fixes above this is a position jump, km/h. */
    private static final double JUMP_KMH = 160;
    /** §3: a jump that repeats so often is the truth. */
    private static final int REPEATS_THAT_ANCHOR = 3;
    /** Half of the time over which a speed is smoothed. */
    private static final long SMOOTHING_MILLIS = 15_000;

    private final String plate;
    private final List<Fix> fixes = new ArrayList<>();
    private final List<Boolean> doubted = new ArrayList<>();
    private final Map<String, Integer> doubts = new TreeMap<>();

    private StoredTrack(String plate) {
        this.plate = plate;
    }

    /** By vehicle. */
    static Map<Integer, StoredTrack> all(Connection connection) throws SQLException {
        Map<Integer, StoredTrack> tracks = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select p.vehicle_id, v.plate, (extract(epoch from p.device_time) * 1000)::bigint, p.lat, p.lon, p.speed, d.reason
                        from hw.position p join hw.vehicle v using (vehicle_id)
                            left join hw.doubt d using (vehicle_id, device_time, body_hash)
                        order by p.vehicle_id, p.device_time, p.body_hash < 0, p.body_hash""")) {
            while (rows.next()) {
                String plate = rows.getString(2);
                StoredTrack track = tracks.computeIfAbsent(rows.getInt(1), id -> new StoredTrack(plate));
                track.fixes.add(new Fix(rows.getLong(3), rows.getInt(4), rows.getInt(5), rows.getInt(6)));
                String reason = rows.getString(7);
                track.doubted.add(reason != null);
                if (reason != null) {
                    track.doubts.merge(reason, 1, Integer::sum);
                }
            }
        }
        return tracks;
    }

    String plate() {
        return plate;
    }

    long size() {
        return fixes.size();
    }

    private boolean jumps(int at) {
        return at > 0
                && fixes.get(at).deviceMillis() > fixes.get(at - 1).deviceMillis()
                && fixes.get(at).impliedKmh(fixes.get(at - 1)) > JUMP_KMH;
    }

    /** Fixes that lie further from their neighbour before than a truck can go. */
    int jumps() {
        int jumps = 0;
        for (int i = 0; i < fixes.size(); i++) {
            jumps += jumps(i) ? 1 : 0;
        }
        return jumps;
    }

    /** Whether one of an episode's fixes is such a jump. */
    boolean jumpsWithin(Episode episode) {
        for (int i = 0; i < fixes.size(); i++) {
            if (within(i, episode) && jumps(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two fixes in a row that were not believed lie within an episode. */
    boolean doubtsInARowWithin(Episode episode) {
        for (int i = 1; i < fixes.size(); i++) {
            if (within(i - 1, episode) && within(i, episode) && doubted.get(i - 1) && doubted.get(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean within(int at, Episode episode) {
        long time = fixes.get(at).deviceMillis();
        return time >= episode.startMillis() && time <= episode.endMillis();
    }

    /**
     * Jumps that the rules took for true: from the neighbour before, or from the last fix that they believed. The sheet allows the latter
     * once jumps repeat three times: then the two before were dropped, and the third is where the truck is.
     */
    List<Fix> believedJumps() {
        List<Fix> jumps = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < fixes.size(); i++) {
            if (doubted.get(i)) {
                continue;
            }
            Fix fix = fixes.get(i);
            boolean away = last >= 0
                    && fix.deviceMillis() > fixes.get(last).deviceMillis()
                    && fix.impliedKmh(fixes.get(last)) > JUMP_KMH;
            if (jumps(i) || (away && i - last < REPEATS_THAT_ANCHOR)) {
                jumps.add(fix);
            }
            last = i;
        }
        return jumps;
    }

    /** An episode in one line, with the highest speeds of its believed fixes: implied by the fix before, as sent, and smoothed. */
    String line(Episode episode) {
        List<Fix> believed = new ArrayList<>();
        int all = 0;
        for (int i = 0; i < fixes.size(); i++) {
            long time = fixes.get(i).deviceMillis();
            all += within(i, episode) ? 1 : 0;
            boolean near = time >= episode.startMillis() - 2 * SMOOTHING_MILLIS
                    && time <= episode.endMillis() + 2 * SMOOTHING_MILLIS;
            if (near && !doubted.get(i)) {
                believed.add(fixes.get(i));
            }
        }
        int taken = 0;
        int implied = 0;
        double smoothed = 0;
        for (int i = 0; i < believed.size(); i++) {
            Fix fix = believed.get(i);
            if (fix.deviceMillis() >= episode.startMillis() && fix.deviceMillis() <= episode.endMillis()) {
                taken++;
                implied = Math.max(implied, fix.speedDeciKmh());
                smoothed = Math.max(smoothed, smoothedKmh(believed, i));
            }
        }
        return String.format(
                Locale.ROOT,
                "%s %s %s %s %s: %d fixes, %d not believed, implied up to %.1f km/h, smoothed up to %.1f km/h",
                plate,
                episode.rule().name().toLowerCase(Locale.ROOT),
                episode.state().name().toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(episode.startMillis()),
                Duration.ofMillis(episode.endMillis() - episode.startMillis()),
                all,
                all - taken,
                implied / 10.0,
                smoothed);
    }

    /** Speed over the straight way from about 15 s before to about 15 s after; the way to a place that was found anew is not known. */
    private static double smoothedKmh(List<Fix> believed, int at) {
        int first = at;
        int last = at;
        long time = believed.get(at).deviceMillis();
        while (first > 0
                && time - believed.get(first).deviceMillis() < SMOOTHING_MILLIS
                && believed.get(first).impliedKmh(believed.get(first - 1)) <= JUMP_KMH) {
            first--;
        }
        while (last < believed.size() - 1
                && believed.get(last).deviceMillis() - time < SMOOTHING_MILLIS
                && believed.get(last + 1).impliedKmh(believed.get(last)) <= JUMP_KMH) {
            last++;
        }
        return first == last ? 0 : believed.get(last).impliedKmh(believed.get(first));
    }

    @Override
    public String toString() {
        return plate + ": " + fixes.size() + " positions, " + jumps() + " jump away from the one before, not believed "
                + doubts;
    }
}
