package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * A point where a route turns (拐点), and the section from it to the next.
 *
 * @param pointId point
 * @param sectionId section
 * @param place where
 * @param widthMetres width of the section, m, 0..255
 * @param attributes bits 0 times, 1 speed, 2 south, 3 west, all written from the other fields, and the rest as given
 * @param times how long driving the section may take; null for any
 * @param speed speed on it; null for none
 */
public record RoutePoint(
        long pointId,
        long sectionId,
        Vertex place,
        int widthMetres,
        int attributes,
        @Nullable DrivingTime times,
        @Nullable SpeedLimit speed) {
    private static final int HEAD = 18;
    private static final int TIMES = 1;
    private static final int SPEED = 1 << 1;
    private static final int SOUTH = 1 << 2;
    private static final int WEST = 1 << 3;

    /**
     * How long driving a section may take.
     *
     * @param longestSeconds more is too long (路段行驶过长阈值), s
     * @param shortestSeconds less is too short (路段行驶不足阈值), s
     */
    public record DrivingTime(int longestSeconds, int shortestSeconds) {}

    static @Nullable RoutePoint read(Edition edition, BodyReader in) {
        if (!in.has(HEAD)) {
            return null;
        }
        int attributes = in.peekU8(17);
        long pointId = in.u32();
        long sectionId = in.u32();
        Vertex place = Vertex.read(in, (attributes & SOUTH) != 0, (attributes & WEST) != 0);
        int width = in.u8();
        in.skip(1);
        DrivingTime times = (attributes & TIMES) != 0 ? new DrivingTime(in.u16(), in.u16()) : null;
        SpeedLimit speed = (attributes & SPEED) != 0 ? SpeedLimit.read(in) : null;
        if (speed != null && edition == Edition.V2019) {
            speed = speed.withNight(in.u16());
        }
        return new RoutePoint(pointId, sectionId, place, width, attributes, times, speed);
    }

    void put(Edition edition, FrameWriter writer) {
        writer.putU32(Range.u32("pointId", pointId)).putU32(Range.u32("sectionId", sectionId));
        place.put(writer).putU8(Range.u8("widthMetres", widthMetres)).putU8(wireAttributes());
        if (times != null) {
            writer.putU16(Range.u16("longestSeconds", times.longestSeconds))
                    .putU16(Range.u16("shortestSeconds", times.shortestSeconds));
        }
        SpeedLimit.put(speed, writer);
        SpeedLimit.putNight(edition, speed, writer);
    }

    void describe(Tree tree) {
        tree.put("point_id", pointId).put("section_id", sectionId);
        place.describe(tree);
        tree.put("width_m", widthMetres).bits("attributes", attributes, "time", "speed", "south", "west");
        if (times != null) {
            tree.put("longest_s", times.longestSeconds).put("shortest_s", times.shortestSeconds);
        }
        SpeedLimit.describe(speed, tree);
    }

    /** At 0 the sign says nothing and the given bit stays. */
    private int wireAttributes() {
        int bits = Range.u8("attributes", attributes) & ~(TIMES | SPEED);
        bits |= times == null ? 0 : TIMES;
        bits |= speed == null ? 0 : SPEED;
        if (place.latitudeMicrodeg() != 0) {
            bits = place.latitudeMicrodeg() < 0 ? bits | SOUTH : bits & ~SOUTH;
        }
        if (place.longitudeMicrodeg() != 0) {
            bits = place.longitudeMicrodeg() < 0 ? bits | WEST : bits & ~WEST;
        }
        return bits;
    }
}
