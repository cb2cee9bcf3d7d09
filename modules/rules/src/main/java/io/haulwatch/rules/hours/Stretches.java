package io.haulwatch.rules.hours;

import io.haulwatch.rules.hours.HoursSegment.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subject's time without overlaps: of all trucks that the subject answers for at an instant, what counts most. */
final class Stretches {
    /** How far an open drive is carried into the future when the next instant of interest is looked for: a day and the limits. */
    static final long AHEAD_MILLIS = 26L * 3_600_000L;

    private static final Comparator<HoursSegment> ORDER = Comparator.comparingLong(HoursSegment::fromMillis)
            .thenComparingInt(HoursSegment::vehicleId)
            .thenComparingLong(HoursSegment::toMillis);

    /**
     * A piece of the subject's time.
     *
     * @param source what the truck did, null where no truck is known: the subject is not driving one of ours
     */
    record Stretch(long fromMillis, long toMillis, @Nullable HoursSegment source) {
        Kind kind() {
            return source == null ? Kind.STOPPED : source.kind();
        }

        boolean inferred() {
            return source != null && source.inferred();
        }

        long length() {
            return toMillis - fromMillis;
        }
    }

    private Stretches() {}

    /**
     * Flattens segments.
     *
     * @param asOf instant up to which is looked; open stops last until then, an open drive only as far as it is settled
     * @param ahead vehicle whose open drive goes on for {@link #AHEAD_MILLIS} beyond {@code asOf}, or -1
     */
    static List<Stretch> flatten(List<HoursSegment> segments, long asOf, int ahead) {
        List<HoursSegment> sorted = new ArrayList<>(segments.size() + 4);
        for (HoursSegment segment : segments) {
            if (!segment.open()) {
                sorted.add(segment);
            } else if (segment.kind() == Kind.STOPPED) {
                sorted.add(segment.between(segment.fromMillis(), Math.max(asOf, segment.toMillis()), true));
            } else if (segment.vehicleId() == ahead) {
                sorted.add(segment.between(segment.fromMillis(), asOf + AHEAD_MILLIS, true));
            } else {
                sorted.add(segment);
                if (asOf > segment.toMillis()) {
                    sorted.add(new HoursSegment(
                            segment.vehicleId(),
                            Kind.HOLE,
                            segment.toMillis(),
                            asOf,
                            true,
                            segment.evidence(),
                            true,
                            0));
                }
            }
        }
        sorted.sort(ORDER);
        long[] bounds = sorted.stream()
                .flatMapToLong(s -> java.util.stream.LongStream.of(s.fromMillis(), s.toMillis()))
                .sorted()
                .distinct()
                .toArray();
        List<Stretch> out = new ArrayList<>(sorted.size() + 4);
        List<HoursSegment> active = new ArrayList<>(4);
        int next = 0;
        for (int i = 0; i + 1 < bounds.length; i++) {
            long from = bounds[i];
            long to = bounds[i + 1];
            active.removeIf(s -> s.toMillis() <= from);
            while (next < sorted.size() && sorted.get(next).fromMillis() <= from) {
                if (sorted.get(next).toMillis() > from) {
                    active.add(sorted.get(next));
                }
                next++;
            }
            HoursSegment best = null;
            for (HoursSegment candidate : active) {
                if (best == null || weight(candidate.kind()) > weight(best.kind())) {
                    best = candidate;
                }
            }
            Stretch last = out.isEmpty() ? null : out.getLast();
            if (last != null && java.util.Objects.equals(last.source(), best)) {
                out.set(out.size() - 1, new Stretch(last.fromMillis(), to, best));
            } else {
                out.add(new Stretch(from, to, best));
            }
        }
        if (ahead < 0 && !out.isEmpty() && out.getLast().toMillis() < asOf) {
            out.add(new Stretch(out.getLast().toMillis(), asOf, null));
        }
        return out;
    }

    private static int weight(Kind kind) {
        return switch (kind) {
            case DRIVING -> 4;
            case UNKNOWN -> 3;
            case HOLE -> 2;
            case STOPPED -> 1;
        };
    }
}
