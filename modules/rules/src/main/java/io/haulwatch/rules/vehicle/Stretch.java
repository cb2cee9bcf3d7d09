package io.haulwatch.rules.vehicle;

import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.report.PositionRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A stretch of a vehicle's way that may become an episode, or is one: what is too much for the vehicle's block. Taken from a
 * {@link StretchPool} when a candidate begins and given back when it is settled, so that a truck that crosses its limit a hundred times a
 * day makes no garbage.
 */
final class Stretch {
    /** Which rule it belongs to. */
    enum Owner {
        SPEEDING,
        PAPERS,
        SOURCES,
        /** Fixes that jumped, in case the jump was true. */
        REJECTED
    }

    /** Where it stands in its life. */
    enum Phase {
        CANDIDATE,
        OPEN,
        /** No longer over, but not for long enough. */
        ENDING,
        /** Ended and told; kept while a later run may still belong to it. */
        CLOSED
    }

    /** Most zones of a place that are kept as candidates for its limit. */
    static final int MOST_ZONES = 4;

    /** Number in the pool, above 0. */
    int handle;

    int dense;
    Owner owner = Owner.SPEEDING;
    Phase phase = Phase.CANDIDATE;
    /** Revisions told so far. */
    int revision;
    /** The last thing told was an end. */
    boolean toldEnd;
    /** Severity told last, 0 before. */
    int toldSeverity;
    /** When it was told last, device time. */
    long toldAt;

    long start;
    /** Last instant that belongs to it. */
    long last;
    /** First instant that does not, while ending. */
    long notSince;
    /** Begin of the run that {@link #last} belongs to. */
    long runStart;
    /** Length of the runs before, ms. */
    long earlierRuns;
    /** Twice the area under the speed, 0.1 km/h · ms, to {@link #last} and since. */
    long area;

    long areaSince;
    /** Metres over ground, to {@link #last} and since. */
    double metres;

    double metresSince;
    /** Largest spacing of good fixes, ms, to {@link #last} and since. */
    long spacing;

    long spacingSince;
    /** Fixes that were not believed, to {@link #last} and since. */
    int doubts;

    int doubtsSince;
    boolean backfill;
    boolean school;
    int peakSpeed;
    /** Mean speeds by source, 0.1 km/h · ms. */
    long gnssArea;

    long recorderArea;

    /** The point that was furthest over its own limit. */
    int worstSpeed;

    int worstLimit;
    int worstVehicleLimit;
    /** Limit by the night factor, 0 if it was not night. */
    int worstNightLimit;
    /** Old limit that still held by grace, 0 if none. */
    int worstGraceLimit;

    int worstZones;
    final int[] worstZoneIds = new int[MOST_ZONES];
    final int[] worstZoneLimits = new int[MOST_ZONES];

    final Point opening = new Point();
    final Point peak = new Point();
    final Point close = new Point();

    /** A position that is kept as evidence. */
    static final class Point {
        long time;
        int latitude;
        int longitude;
        private int length;
        private byte[] body = new byte[64];
        private ByteBuffer view = ByteBuffer.wrap(body);

        boolean isSet() {
            return length > 0;
        }

        void clear() {
            length = 0;
            time = 0;
            latitude = 0;
            longitude = 0;
        }

        void take(Fix fix) {
            PositionRecord position = fix.position;
            time = fix.time;
            latitude = fix.latitude;
            longitude = fix.longitude;
            length = position.bodyLength();
            if (length > body.length) {
                body = new byte[Math.max(length, body.length * 2)];
                view = ByteBuffer.wrap(body);
            }
            position.copyBody(view, 0);
        }

        EvidencePoint as(EvidencePoint.Role role) {
            return new EvidencePoint(role, time, HexFormat.of().formatHex(body, 0, length));
        }

        void writeTo(DataOutput out) throws IOException {
            out.writeLong(time);
            out.writeInt(latitude);
            out.writeInt(longitude);
            out.writeInt(length);
            out.write(body, 0, length);
        }

        void readFrom(DataInput in) throws IOException {
            time = in.readLong();
            latitude = in.readInt();
            longitude = in.readInt();
            length = in.readInt();
            body = new byte[Math.max(64, length)];
            view = ByteBuffer.wrap(body);
            in.readFully(body, 0, length);
        }
    }

    /** Begins anew at a fix. */
    void begin(Owner rule, Fix fix) {
        owner = rule;
        phase = Phase.CANDIDATE;
        dense = fix.dense;
        revision = 0;
        toldEnd = false;
        toldSeverity = 0;
        toldAt = 0;
        start = fix.time;
        last = fix.time;
        notSince = 0;
        runStart = fix.time;
        earlierRuns = 0;
        area = 0;
        areaSince = 0;
        metres = 0;
        metresSince = 0;
        spacing = 0;
        spacingSince = 0;
        doubts = 0;
        doubtsSince = 0;
        backfill = fix.backfill;
        school = false;
        peakSpeed = 0;
        gnssArea = 0;
        recorderArea = 0;
        worstSpeed = 0;
        worstLimit = 0;
        worstVehicleLimit = 0;
        worstNightLimit = 0;
        worstGraceLimit = 0;
        worstZones = 0;
        Arrays.fill(worstZoneIds, 0);
        Arrays.fill(worstZoneLimits, 0);
        opening.take(fix);
        peak.clear();
        close.take(fix);
    }

    /** Adds the way from the last good fix, for now as what came after {@link #last}. */
    void pass(Fix fix) {
        areaSince += (fix.lastSpeed + (long) fix.speed) * fix.step;
        metresSince += fix.metres;
        spacingSince = Math.max(spacingSince, fix.step);
    }

    /** The fix belongs to the stretch, and so does the way to it. */
    void reach(Fix fix) {
        last = fix.time;
        area += areaSince;
        metres += metresSince;
        spacing = Math.max(spacing, spacingSince);
        doubts += doubtsSince;
        areaSince = 0;
        metresSince = 0;
        spacingSince = 0;
        doubtsSince = 0;
        backfill |= fix.backfill;
        close.take(fix);
    }

    /** Whether something has been told that is not ended. */
    boolean toldOpen() {
        return revision > 0 && !toldEnd && (phase == Phase.OPEN || phase == Phase.ENDING);
    }

    /** From first to last instant, ms. */
    long length() {
        return last - start;
    }

    /** Distance by speed and time, whole metres, half up. */
    long speedMetres() {
        return (area + 36_000) / 72_000;
    }

    /** Mean speed by {@link #speedMetres}' area, 0.1 km/h, half up; 0 for an instant. */
    long meanDeciKmh() {
        long twice = 2 * length();
        return twice == 0 ? 0 : (area + length()) / twice;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(dense);
        out.writeUTF(owner.name());
        out.writeUTF(phase.name());
        out.writeInt(revision);
        out.writeBoolean(toldEnd);
        out.writeInt(toldSeverity);
        for (long value : new long[] {
            toldAt,
            start,
            last,
            notSince,
            runStart,
            earlierRuns,
            area,
            areaSince,
            spacing,
            spacingSince,
            gnssArea,
            recorderArea
        }) {
            out.writeLong(value);
        }
        out.writeDouble(metres);
        out.writeDouble(metresSince);
        out.writeBoolean(backfill);
        out.writeBoolean(school);
        for (int value : new int[] {
            doubts,
            doubtsSince,
            peakSpeed,
            worstSpeed,
            worstLimit,
            worstVehicleLimit,
            worstNightLimit,
            worstGraceLimit,
            worstZones
        }) {
            out.writeInt(value);
        }
        for (int i = 0; i < MOST_ZONES; i++) {
            out.writeInt(worstZoneIds[i]);
            out.writeInt(worstZoneLimits[i]);
        }
        opening.writeTo(out);
        peak.writeTo(out);
        close.writeTo(out);
    }

    void readFrom(DataInput in) throws IOException {
        dense = in.readInt();
        owner = Owner.valueOf(in.readUTF());
        phase = Phase.valueOf(in.readUTF());
        revision = in.readInt();
        toldEnd = in.readBoolean();
        toldSeverity = in.readInt();
        toldAt = in.readLong();
        start = in.readLong();
        last = in.readLong();
        notSince = in.readLong();
        runStart = in.readLong();
        earlierRuns = in.readLong();
        area = in.readLong();
        areaSince = in.readLong();
        spacing = in.readLong();
        spacingSince = in.readLong();
        gnssArea = in.readLong();
        recorderArea = in.readLong();
        metres = in.readDouble();
        metresSince = in.readDouble();
        backfill = in.readBoolean();
        school = in.readBoolean();
        doubts = in.readInt();
        doubtsSince = in.readInt();
        peakSpeed = in.readInt();
        worstSpeed = in.readInt();
        worstLimit = in.readInt();
        worstVehicleLimit = in.readInt();
        worstNightLimit = in.readInt();
        worstGraceLimit = in.readInt();
        worstZones = in.readInt();
        for (int i = 0; i < MOST_ZONES; i++) {
            worstZoneIds[i] = in.readInt();
            worstZoneLimits[i] = in.readInt();
        }
        opening.readFrom(in);
        peak.readFrom(in);
        close.readFrom(in);
    }
}
