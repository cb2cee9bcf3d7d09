package io.haulwatch.rules.hours;

import io.haulwatch.model.episode.Evidence;
import io.haulwatch.rules.hours.HoursProfile.Mode;
import io.haulwatch.rules.hours.HoursSegment.Kind;
import io.haulwatch.rules.hours.Stretches.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One continuous period: what happened between two rests, and at which instants its counters passed what. */
final class DrivingPeriod {
    private static final int TOLD_PARTS = 16;

    final HoursProfile profile;
    final int firstVehicle;
    final long startMillis;
    /** End of the last driving stretch. */
    long endMillis;
    /** A rest has ended it. */
    boolean rested;
    /** The rest that ended it has a stretch without data in it. */
    boolean restInferred;
    /** The rest before it has a stretch without data in it. */
    final boolean precedingRestInferred;
    /** A stop in it falls short of a rest by no more than one reporting interval. */
    boolean borderline;
    /** Driving, and what lies between, up to the last driving. */
    final List<Stretch> parts = new ArrayList<>();
    /** Start of the stop at the end that is not long enough for a rest yet, or -1. */
    long standingSince = -1;

    DrivingPeriod(HoursProfile profile, Stretch first, boolean precedingRestInferred) {
        HoursSegment source = first.source();
        this.firstVehicle = source == null ? 0 : source.vehicleId();
        this.profile = profile;
        this.startMillis = first.fromMillis();
        this.endMillis = first.toMillis();
        this.precedingRestInferred = precedingRestInferred;
    }

    /** Whether a stretch counts as driving. */
    static boolean counts(Stretch stretch) {
        return stretch.kind() == Kind.DRIVING || stretch.kind() == Kind.UNKNOWN;
    }

    /** Whether a stretch may have been a rest for all that is known. */
    boolean unknown(Stretch stretch) {
        return stretch.kind() == Kind.UNKNOWN
                || (stretch.inferred()
                        && stretch.source() != null
                        && stretch.source().possibleRestSeconds() >= profile.restSeconds());
    }

    private boolean runs(Stretch stretch) {
        return counts(stretch) || (profile.mode() == Mode.ELAPSED && stretch.kind() == Kind.STOPPED);
    }

    /** Continuous driving up to {@code until}, ms. */
    long counterMillis(long until) {
        long sum = 0;
        for (Stretch part : parts) {
            sum += runs(part) ? Math.max(0, Math.min(until, part.toMillis()) - part.fromMillis()) : 0;
        }
        return sum;
    }

    /** Driving between two instants, ms. */
    long drivingMillis(long from, long to) {
        long sum = 0;
        for (Stretch part : parts) {
            if (counts(part)) {
                sum += Math.max(0, Math.min(to, part.toMillis()) - Math.max(from, part.fromMillis()));
            }
        }
        return sum;
    }

    /**
     * The instant at which the counter reaches {@code counterMillis}, or -1 if it does not. Nobody breaks a driving limit standing:
     * what is reached in a stop is dated to the moment when the drive goes on.
     *
     * @param strictly it must also go beyond
     */
    long reaches(long counterMillis, boolean strictly) {
        long sum = 0;
        boolean passed = false;
        for (Stretch part : parts) {
            if (passed && counts(part)) {
                return part.fromMillis();
            }
            long length = runs(part) ? part.length() : 0;
            if (!passed && (strictly ? sum + length > counterMillis : sum + length >= counterMillis)) {
                if (counts(part)) {
                    return part.fromMillis() + (counterMillis - sum);
                }
                passed = true;
            }
            sum += length;
        }
        return -1;
    }

    /** Driving inside the night window up to {@code until}, ms. */
    long nightMillis(long until) {
        long sum = 0;
        for (Stretch part : parts) {
            if (counts(part) && part.fromMillis() < until) {
                for (long[] night : nights(part.fromMillis(), Math.min(until, part.toMillis()))) {
                    sum += night[1] - night[0];
                }
            }
        }
        return sum;
    }

    /** The instant at which the driving inside the night window goes beyond {@code nightMillis}, or -1 if it does not. */
    long nightExceeds(long nightMillis) {
        long sum = 0;
        for (Stretch part : parts) {
            if (counts(part)) {
                for (long[] night : nights(part.fromMillis(), part.toMillis())) {
                    long length = night[1] - night[0];
                    if (sum + length > nightMillis) {
                        return night[0] + (nightMillis - sum);
                    }
                    sum += length;
                }
            }
        }
        return -1;
    }

    private List<long[]> nights(long from, long to) {
        List<long[]> out = new ArrayList<>(2);
        if (profile.nightStart().equals(profile.nightEnd())) {
            return out;
        }
        boolean passesMidnight = !profile.nightEnd().isAfter(profile.nightStart());
        LocalDate day =
                Instant.ofEpochMilli(from).atZone(profile.zone()).toLocalDate().minusDays(1);
        LocalDate last = Instant.ofEpochMilli(to).atZone(profile.zone()).toLocalDate();
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            long start = ZonedDateTime.of(day, profile.nightStart(), profile.zone())
                    .toInstant()
                    .toEpochMilli();
            long end = ZonedDateTime.of(passesMidnight ? day.plusDays(1) : day, profile.nightEnd(), profile.zone())
                    .toInstant()
                    .toEpochMilli();
            if (Math.min(end, to) > Math.max(start, from)) {
                out.add(new long[] {Math.max(start, from), Math.min(end, to)});
            }
        }
        return out;
    }

    /** How sure an episode is that begins at {@code crossing} and is told up to {@code until}. */
    Evidence evidence(long crossing, long until) {
        Evidence evidence = Evidence.LIVE;
        for (Stretch part : parts) {
            if (!counts(part) || part.fromMillis() >= until) {
                continue;
            }
            boolean holdsCrossing = part.fromMillis() <= crossing && crossing < part.toMillis();
            if (unknown(part) || (holdsCrossing && part.inferred())) {
                return Evidence.GAP;
            }
            HoursSegment source = part.source();
            if (holdsCrossing && source != null && source.evidence() == Evidence.BACKFILL) {
                evidence = Evidence.BACKFILL;
            }
        }
        return evidence;
    }

    /** The truck that was driven at {@code millis}. */
    int vehicleAt(long millis) {
        int vehicle = firstVehicle;
        for (Stretch part : parts) {
            HoursSegment source = part.source();
            if (source != null && counts(part) && part.fromMillis() <= millis) {
                vehicle = source.vehicleId();
            }
        }
        return vehicle;
    }

    /** The parts up to {@code until} in words, newest last: {@code DRIVING 2026-03-01T23:00:00Z/PT3H40M; STOPPED …}. */
    String told(long until) {
        List<String> words = new ArrayList<>();
        @Nullable Stretch open = null;
        for (Stretch part : parts) {
            if (part.fromMillis() >= until) {
                break;
            }
            if (open != null) {
                words.add(word(open, open.toMillis()));
            }
            open = part;
        }
        if (open != null) {
            words.add(word(open, Math.min(open.toMillis(), until)));
        }
        int skipped = Math.max(0, words.size() - TOLD_PARTS);
        return (skipped > 0 ? "… " : "") + String.join("; ", words.subList(skipped, words.size()));
    }

    private String word(Stretch part, long to) {
        String kind = part.kind() == Kind.DRIVING && unknown(part)
                ? Kind.UNKNOWN.name()
                : part.kind().name();
        return kind + ' ' + Instant.ofEpochMilli(part.fromMillis()) + '/' + Duration.ofMillis(to - part.fromMillis());
    }
}
