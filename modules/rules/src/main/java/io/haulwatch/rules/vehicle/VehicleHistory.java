package io.haulwatch.rules.vehicle;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.vehicle.ActivitySegment.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one vehicle did, told again from its stored positions: trips, stops, and what each position was taken for. A {@link VehicleStage} of
 * its own judges them, so a trip here is a drive of the hours rules, by the same thresholds. One thread.
 *
 * <p>Positions come in the order (device time, hash as unsigned) and begin some time before the first instant that is asked for, because
 * what a vehicle does is known only by what it did.
 */
public final class VehicleHistory {
    private final VehicleStage stage;
    private final TreeMap<Long, ActivitySegment> segments = new TreeMap<>();
    private final List<Step> fixes = new ArrayList<>();
    private DoubtMark.@Nullable Reason doubt;

    /** @param reference with all versions of what holds for the vehicle */
    public VehicleHistory(CompiledReference reference) {
        this.stage = new VehicleStage(reference, new Sink());
    }

    /** Takes the next position in; the view is not kept. */
    public Taken take(PositionRecord position) {
        doubt = null;
        long judged = stage.count(PositionOutcome.JUDGED);
        stage.onPosition(position);
        boolean believed = stage.count(PositionOutcome.JUDGED) > judged;
        // A frozen speed is no speed, but its place counts for motion.
        if (!believed && doubt != DoubtMark.Reason.FROZEN) {
            return new Taken(doubt, 0, false);
        }
        Fix fix = stage.fix;
        fixes.add(new Step(fix.time, fix.latitude, fix.longitude, believed ? fix.speed : 0, fix.metres));
        boolean afterGap =
                fix.first || fix.anchored || fix.step > fix.rules.motion().gapMillis();
        return new Taken(doubt, stage.limits.limit, afterGap);
    }

    /** What was done from {@code fromMillis} until before {@code toMillis}, as far as the positions that were taken tell. */
    public Movements between(long fromMillis, long toMillis) {
        List<Trip> trips = new ArrayList<>();
        List<Stop> stops = new ArrayList<>();
        List<Part> run = new ArrayList<>();
        for (Part part : parts()) {
            if (!run.isEmpty() && (part.kind != Kind.DRIVING || part.from != run.getLast().to)) {
                addTrip(trips, run, fromMillis, toMillis);
                run.clear();
            }
            if (part.kind == Kind.DRIVING) {
                run.add(part);
            } else if (part.kind == Kind.STOPPED) {
                addStop(stops, part, fromMillis, toMillis);
            }
        }
        if (!run.isEmpty()) {
            addTrip(trips, run, fromMillis, toMillis);
        }
        return new Movements(List.copyOf(trips), List.copyOf(stops));
    }

    /** The segments in order, open ones up to where the next begins or the positions end. */
    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        long last = fixes.isEmpty() ? Long.MIN_VALUE : fixes.getLast().time;
        for (ActivitySegment segment : segments.values()) {
            Long next = segments.higherKey(segment.fromMillis());
            boolean goesOn = segment.open() && next == null;
            long to = !segment.open() ? segment.toMillis() : next == null ? Math.max(last, segment.toMillis()) : next;
            if (to > segment.fromMillis()) {
                parts.add(new Part(segment.kind(), segment.fromMillis(), to, goesOn, segment.inferred()));
            }
        }
        return parts;
    }

    private void addTrip(List<Trip> trips, List<Part> run, long fromMillis, long toMillis) {
        Part first = run.getFirst();
        Part last = run.getLast();
        long from = Math.max(first.from, fromMillis);
        long to = Math.min(last.to, toMillis);
        if (from >= to) {
            return;
        }
        long inferred = 0;
        for (Part part : run) {
            if (part.inferred) {
                inferred += Math.max(0, Math.min(part.to, to) - Math.max(part.from, from));
            }
        }
        double metres = 0;
        int peak = 0;
        for (int i = at(from); i < fixes.size(); i++) {
            Step fix = fixes.get(i);
            if (i > 0) {
                // What lies on a boundary is shared out by time, so that the days of a drive add up to it.
                long before = fixes.get(i - 1).time;
                long inside = Math.min(fix.time, to) - Math.max(before, from);
                if (inside > 0) {
                    metres += fix.metres * inside / (fix.time - before);
                }
            }
            if (fix.time > to) {
                break;
            }
            peak = Math.max(peak, fix.speed);
        }
        trips.add(new Trip(
                from,
                to,
                first.from < fromMillis,
                last.goesOn || last.to > toMillis,
                inferred,
                metres,
                peak,
                place(from),
                place(to)));
    }

    private void addStop(List<Stop> stops, Part part, long fromMillis, long toMillis) {
        long from = Math.max(part.from, fromMillis);
        long to = Math.min(part.to, toMillis);
        if (from < to) {
            stops.add(new Stop(
                    from,
                    to,
                    part.from < fromMillis,
                    part.goesOn || part.to > toMillis,
                    part.inferred,
                    place(part.from)));
        }
    }

    /** Number of the first fix at or after a moment. */
    private int at(long millis) {
        int low = 0;
        int high = fixes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (fixes.get(middle).time < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where the vehicle was, by the believed fix that is nearest in time. */
    private Place place(long millis) {
        int after = Math.min(at(millis), fixes.size() - 1);
        Step fix = fixes.get(after);
        if (after > 0) {
            Step before = fixes.get(after - 1);
            if (millis - before.time < fix.time - millis) {
                fix = before;
            }
        }
        return new Place(fix.latitude, fix.longitude);
    }

    /**
     * What a position was taken for.
     *
     * @param doubt why it was not believed, or null
     * @param limitDeciKmh limit in force there and then, 0.1 km/h; 0 for a position that was not judged
     * @param afterGap the first after a stretch without data
     */
    public record Taken(DoubtMark.@Nullable Reason doubt, int limitDeciKmh, boolean afterGap) {}

    /** Trips and stops in the order of time. */
    public record Movements(List<Trip> trips, List<Stop> stops) {}

    /** 10⁻⁶ degree WGS84. */
    public record Place(int latitudeMicrodeg, int longitudeMicrodeg) {}

    /**
     * From one stop, or stretch that nothing is known of, to the next. A stop shorter than {@code bridge_stop_s} is part of it.
     *
     * @param beganBefore it was under way before the first instant asked for, and only its part from there on is told
     * @param goesOn it went on after the last instant asked for, or was under way at the newest position
     * @param inferredMillis of which were driven without positions
     * @param metres over all believed fixes
     * @param peakDeciKmh highest believed speed, 0.1 km/h
     */
    public record Trip(
            long fromMillis,
            long toMillis,
            boolean beganBefore,
            boolean goesOn,
            long inferredMillis,
            double metres,
            int peakDeciKmh,
            Place start,
            Place end) {}

    /**
     * Standing for at least {@code bridge_stop_s}.
     *
     * @param inferred a stretch without data is part of it, over which the vehicle cannot have gone anywhere
     */
    public record Stop(
            long fromMillis, long toMillis, boolean beganBefore, boolean goesOn, boolean inferred, Place place) {}

    private record Part(Kind kind, long from, long to, boolean goesOn, boolean inferred) {}

    /** A believed fix. @param metres from the one before, 0 if nothing is known of the way */
    private record Step(long time, int latitude, int longitude, int speed, double metres) {}

    private final class Sink implements VehicleSink {
        @Override
        public void episode(Episode revision) {
            // Alarms are what was said then; they are not found again.
        }

        @Override
        public void doubt(DoubtMark mark) {
            doubt = mark.reason();
        }

        @Override
        public void activity(int vehicleId, ActivitySegment segment) {
            segments.put(segment.fromMillis(), segment);
        }

        @Override
        public void wake(int vehicleId, long wakeMillis, long positionMillis) {
            throw new IllegalStateException("nobody asked to be woken: vehicleId=" + vehicleId);
        }
    }
}
