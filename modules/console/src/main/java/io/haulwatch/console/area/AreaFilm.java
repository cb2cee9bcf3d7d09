package io.haulwatch.console.area;

import io.haulwatch.console.live.FleetFrames;
import io.haulwatch.console.live.FrameBytes;
import io.haulwatch.console.port.FleetSource;
import io.haulwatch.store.track.AreaVisits.Box;
import io.haulwatch.store.track.StoredPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns the ways of some trucks into the frames of {@code docs/live-feed.md} whose clock is device time: a SNAPSHOT of the beginning, then for each
 * second in which something was reported a GONE and a DELTA. A truck is shown while its newest position lies in the rectangle and is younger than
 * five minutes. Each frame has its length before it, 4 bytes, little endian. Pure; one film, then thrown away.
 */
final class AreaFilm {
    /** A truck that says nothing for longer is not shown any more. */
    static final long FRESH_MILLIS = 300_000;

    private static final int STATUS_ACC = 1;
    private static final int MOVING_DECIKMH = 50;
    /** There is one film and one stream of it. */
    private static final int EPOCH = 1;

    private final Box box;
    private final long fromMillis;
    private final long toMillis;
    private final List<Step> steps = new ArrayList<>();
    private final List<Step> opening = new ArrayList<>();
    private int slots;

    /** What a truck does in a second. @param position null when it goes */
    private record Step(long second, int slot, @Nullable StoredPosition position, int severity) {}

    /** An alarm of a truck while it was open. */
    record Alarm(long fromMillis, long toMillis, int severity) {}

    AreaFilm(Box box, long fromMillis, long toMillis) {
        this.box = box;
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
    }

    /**
     * Takes a truck's way.
     *
     * @param way in order, beginning {@link #FRESH_MILLIS} before the film
     * @return whether it is seen in the film; the next one that is seen has the next slot
     */
    boolean take(List<StoredPosition> way, List<Alarm> alarms) {
        List<StoredPosition> believed = way.stream().filter(AreaFilm::believed).toList();
        int slot = slots;
        boolean shown = false;
        boolean seen = false;
        for (int i = 0; i < believed.size(); i++) {
            StoredPosition position = believed.get(i);
            long millis = position.deviceMillis();
            long next = i + 1 < believed.size() ? believed.get(i + 1).deviceMillis() : Long.MAX_VALUE;
            boolean before = millis <= fromMillis;
            if (before && next <= fromMillis) {
                continue;
            }
            if (millis > toMillis) {
                break;
            }
            boolean inside = box.holds(position.latitudeMicrodeg(), position.longitudeMicrodeg())
                    && !(before && fromMillis - millis > FRESH_MILLIS);
            if (inside) {
                Step step = new Step(
                        Math.max(0, (millis - fromMillis + 999) / 1_000), slot, position, severity(alarms, millis));
                (before ? opening : steps).add(step);
                shown = true;
                seen = true;
            } else if (shown) {
                steps.add(new Step((millis - fromMillis + 999) / 1_000, slot, null, 0));
                shown = false;
            }
            if (shown && next - millis > FRESH_MILLIS && millis + FRESH_MILLIS <= toMillis) {
                steps.add(new Step((millis + FRESH_MILLIS - fromMillis + 999) / 1_000, slot, null, 0));
                shown = false;
            }
        }
        slots += seen ? 1 : 0;
        return seen;
    }

    private static boolean believed(StoredPosition position) {
        return position.fixed() && FleetFrames.drawable(position.latitudeMicrodeg(), position.longitudeMicrodeg());
    }

    private static int severity(List<Alarm> alarms, long millis) {
        return alarms.stream()
                .filter(alarm -> alarm.fromMillis() <= millis && millis <= alarm.toMillis())
                .mapToInt(Alarm::severity)
                .max()
                .orElse(0);
    }

    /** Positions and departures so far. */
    int steps() {
        return steps.size();
    }

    /** @param dictionary of the trucks that were seen, UTF-8 JSON */
    byte[] frames(byte[] dictionary) {
        FrameBytes film = new FrameBytes(64 * 1024);
        int seq = 0;
        int[] refLon = new int[slots];
        int[] refLat = new int[slots];
        boolean[] drawn = new boolean[slots];
        opening.forEach(step -> drawn[step.slot()] = true);
        add(film, snapshot(refLon, refLat));
        add(film, FleetFrames.dictionary(EPOCH, ++seq, fromMillis, slots, dictionary));
        steps.sort(Comparator.comparingLong(Step::second).thenComparingInt(Step::slot));
        for (int from = 0; from < steps.size(); ) {
            int to = from;
            while (to < steps.size()
                    && steps.get(to).second() == steps.get(from).second()) {
                to++;
            }
            List<Step> last = lastOfEach(steps.subList(from, to));
            long at = fromMillis + steps.get(from).second() * 1_000;
            int[] gone = last.stream()
                    .filter(step -> step.position() == null && drawn[step.slot()])
                    .mapToInt(Step::slot)
                    .toArray();
            if (gone.length > 0) {
                for (int slot : gone) {
                    refLon[slot] = 0;
                    refLat[slot] = 0;
                    drawn[slot] = false;
                }
                add(film, FleetFrames.gone(EPOCH, ++seq, at, gone.length, gone));
            }
            last.stream().filter(step -> step.position() != null).forEach(step -> drawn[step.slot()] = true);
            byte[] delta = delta(last, seq + 1, at, refLon, refLat);
            if (delta.length > 0) {
                seq++;
                add(film, delta);
            }
            from = to;
        }
        add(film, FleetFrames.heartbeat(EPOCH, seq, toMillis));
        return film.done();
    }

    private static void add(FrameBytes film, byte[] frame) {
        film.i32(frame.length).raw(frame);
    }

    /** Of several steps of a slot in one second the last counts. */
    private static List<Step> lastOfEach(List<Step> second) {
        List<Step> last = new ArrayList<>(second.size());
        for (Step step : second) {
            if (!last.isEmpty() && last.getLast().slot() == step.slot()) {
                last.removeLast();
            }
            last.add(step);
        }
        return last;
    }

    private byte[] snapshot(int[] refLon, int[] refLat) {
        FrameBytes out = FleetFrames.snapshot(EPOCH, 0, opening.size(), fromMillis);
        opening.sort(Comparator.comparingInt(Step::slot));
        for (Step step : opening) {
            StoredPosition position = Objects.requireNonNull(step.position());
            int slot = step.slot();
            refLon[slot] = FleetFrames.q5(position.longitudeMicrodeg());
            refLat[slot] = FleetFrames.q5(position.latitudeMicrodeg());
            FleetFrames.snapshotRow(
                    out,
                    slot,
                    refLon[slot],
                    refLat[slot],
                    FleetFrames.speedByte(position.speedDeciKmh()),
                    FleetFrames.headingByte(position.headingDeg()),
                    state(position),
                    FleetFrames.riskByte(step.severity(), FleetFrames.DECILE_UNKNOWN),
                    (fromMillis - position.deviceMillis()) / 1_000);
        }
        return out.done();
    }

    private static byte[] delta(List<Step> second, int seq, long at, int[] refLon, int[] refLat) {
        int most = second.size();
        int[] slot = new int[most];
        int[] lon = new int[most];
        int[] lat = new int[most];
        byte[] speed = new byte[most];
        byte[] heading = new byte[most];
        byte[] state = new byte[most];
        byte[] risk = new byte[most];
        int count = 0;
        for (Step step : second) {
            StoredPosition position = step.position();
            if (position == null) {
                continue;
            }
            int newLon = FleetFrames.q5(position.longitudeMicrodeg());
            int newLat = FleetFrames.q5(position.latitudeMicrodeg());
            slot[count] = step.slot();
            lon[count] = newLon - refLon[step.slot()];
            lat[count] = newLat - refLat[step.slot()];
            refLon[step.slot()] = newLon;
            refLat[step.slot()] = newLat;
            speed[count] = (byte) FleetFrames.speedByte(position.speedDeciKmh());
            heading[count] = (byte) FleetFrames.headingByte(position.headingDeg());
            state[count] = (byte) state(position);
            risk[count] = (byte) FleetFrames.riskByte(step.severity(), FleetFrames.DECILE_UNKNOWN);
            count++;
        }
        return count == 0
                ? new byte[0]
                : FleetFrames.delta(EPOCH, seq, at, count, slot, lon, lat, speed, heading, state, risk);
    }

    private static int state(StoredPosition position) {
        return FleetSource.ONLINE
                | FleetSource.FIX_VALID
                | (position.speedDeciKmh() >= MOVING_DECIKMH ? FleetSource.MOVING : 0)
                | ((position.status() & STATUS_ACC) != 0 ? FleetSource.ACC : 0);
    }
}
