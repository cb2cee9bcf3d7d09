package io.haulwatch.analytics.ledger;

import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.rules.driver.Duty;
import io.haulwatch.rules.driver.Duty.Watch;
import io.haulwatch.rules.hours.HoursSegment;
import io.haulwatch.rules.vehicle.ActivitySegment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one truck did, as segments by start without overlaps. */
final class Track {
    private final List<ActivitySegment> segments = new ArrayList<>(8);
    /** Device time up to which what the truck did is settled. */
    private long settledMillis = Long.MIN_VALUE;
    /** The wake that was asked of the vehicle stage. */
    long askedWake = Long.MAX_VALUE;

    long settledMillis() {
        return settledMillis;
    }

    int size() {
        return segments.size();
    }

    long firstMillis() {
        return segments.getFirst().fromMillis();
    }

    void settle(long millis) {
        settledMillis = Math.max(settledMillis, millis);
    }

    /** Takes a segment in; one with the same start replaces, and what reaches into it ends where it begins. */
    void put(ActivitySegment said) {
        int at = segments.size();
        while (at > 0 && segments.get(at - 1).fromMillis() >= said.fromMillis()) {
            at--;
        }
        if (at < segments.size() && segments.get(at).fromMillis() == said.fromMillis()) {
            segments.set(at, said);
        } else {
            segments.add(at, said);
        }
        if (at > 0) {
            ActivitySegment before = segments.get(at - 1);
            if (before.toMillis() > said.fromMillis() || before.open()) {
                // An open drive or stop goes on until the next segment says otherwise.
                segments.set(at - 1, ended(before, said.fromMillis()));
            }
        }
        settle(said.toMillis());
    }

    private static ActivitySegment ended(ActivitySegment segment, long millis) {
        return new ActivitySegment(
                segment.kind(),
                segment.fromMillis(),
                millis,
                false,
                segment.evidence(),
                segment.inferred(),
                segment.possibleRestSeconds());
    }

    /** Whether it drove at an instant, by what is known of that time. */
    boolean droveAt(long millis) {
        for (ActivitySegment segment : segments) {
            if (segment.kind() == ActivitySegment.Kind.DRIVING
                    && segment.fromMillis() <= millis
                    && (segment.open() || millis < segment.toMillis())) {
                return true;
            }
        }
        return false;
    }

    /** Drops what ended before {@code millis}. */
    void dropBefore(long millis) {
        segments.removeIf(segment -> !segment.open() && segment.toMillis() < millis);
    }

    /** Keeps the newest {@code count} segments. */
    void keepNewest(int count) {
        if (segments.size() > count) {
            segments.subList(0, segments.size() - count).clear();
        }
    }

    /** All who answer for the truck in the time that is kept. */
    Set<Subject> subjects(Duty duty) {
        Set<Subject> out = new LinkedHashSet<>();
        if (!segments.isEmpty()) {
            for (Watch watch : duty.watches(firstMillis(), settledMillis)) {
                out.add(watch.subject());
            }
            out.add(duty.at(settledMillis));
        }
        return out;
    }

    /** Adds what {@code subject} did with this truck to {@code out}. */
    void collect(Subject subject, Duty duty, List<HoursSegment> out) {
        int vehicleId = duty.vehicleId();
        long end = Long.MIN_VALUE;
        for (ActivitySegment said : segments) {
            HoursSegment whole = HoursSegment.of(vehicleId, said);
            if (end != Long.MIN_VALUE && said.fromMillis() > end) {
                cut(hole(vehicleId, end, said.fromMillis(), said.evidence()), subject, duty, out);
            }
            end = said.open() ? Math.max(said.toMillis(), settledMillis) : said.toMillis();
            cut(said.open() ? whole.between(said.fromMillis(), end, true) : whole, subject, duty, out);
        }
    }

    private static HoursSegment hole(int vehicleId, long from, long to, Evidence evidence) {
        return new HoursSegment(vehicleId, HoursSegment.Kind.HOLE, from, to, false, evidence, true, 0);
    }

    private static void cut(HoursSegment segment, Subject subject, Duty duty, List<HoursSegment> out) {
        List<Watch> watches = duty.watches(segment.fromMillis(), segment.toMillis());
        for (int i = 0; i < watches.size(); i++) {
            Watch watch = watches.get(i);
            if (watch.subject().equals(subject)) {
                boolean stillOpen = segment.open()
                        && i == watches.size() - 1
                        && duty.at(segment.toMillis()).equals(subject);
                out.add(segment.between(watch.fromMillis(), watch.toMillis(), stillOpen));
            }
        }
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(settledMillis);
        out.writeLong(askedWake);
        out.writeInt(segments.size());
        for (ActivitySegment segment : segments) {
            out.writeLong(segment.fromMillis());
            out.writeLong(segment.toMillis());
            out.writeInt((int) segment.possibleRestSeconds());
            out.writeByte(kindCode(segment.kind())
                    | evidenceCode(segment.evidence()) << 2
                    | (segment.open() ? 1 << 4 : 0)
                    | (segment.inferred() ? 1 << 5 : 0));
        }
    }

    static Track readFrom(DataInput in) throws IOException {
        Track track = new Track();
        track.settledMillis = in.readLong();
        track.askedWake = in.readLong();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long from = in.readLong();
            long to = in.readLong();
            int possibleRest = in.readInt();
            int bits = in.readByte();
            track.segments.add(new ActivitySegment(
                    kind(bits & 3),
                    from,
                    to,
                    (bits & 1 << 4) != 0,
                    evidence(bits >> 2 & 3),
                    (bits & 1 << 5) != 0,
                    possibleRest));
        }
        return track;
    }

    private static int kindCode(ActivitySegment.Kind kind) {
        return switch (kind) {
            case DRIVING -> 0;
            case STOPPED -> 1;
            case UNKNOWN -> 2;
        };
    }

    private static ActivitySegment.Kind kind(int code) throws IOException {
        return switch (code) {
            case 0 -> ActivitySegment.Kind.DRIVING;
            case 1 -> ActivitySegment.Kind.STOPPED;
            case 2 -> ActivitySegment.Kind.UNKNOWN;
            default -> throw new IOException("no such kind of segment: code=" + code);
        };
    }

    private static int evidenceCode(Evidence evidence) {
        return switch (evidence) {
            case LIVE -> 0;
            case BACKFILL -> 1;
            case GAP -> 2;
            case TERMINAL -> 3;
        };
    }

    private static Evidence evidence(int code) {
        return switch (code) {
            case 0 -> Evidence.LIVE;
            case 1 -> Evidence.BACKFILL;
            case 2 -> Evidence.GAP;
            default -> Evidence.TERMINAL;
        };
    }
}
