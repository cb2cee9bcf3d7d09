package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * A speed for an area or a section.
 *
 * @param maxKmh highest speed, km/h
 * @param seconds how long above it counts, s, 0..255
 * @param nightMaxKmh highest speed at night, km/h, 2019; −1 if not sent
 */
public record SpeedLimit(int maxKmh, int seconds, int nightMaxKmh) {
    /** Without a night speed, for 2011 and 2013. */
    public static SpeedLimit day(int maxKmh, int seconds) {
        return new SpeedLimit(maxKmh, seconds, -1);
    }

    static SpeedLimit read(BodyReader in) {
        return day(in.u16(), in.u8());
    }

    SpeedLimit withNight(int kmh) {
        return new SpeedLimit(maxKmh, seconds, kmh);
    }

    /** The part that stands in all editions. */
    static void put(@Nullable SpeedLimit limit, FrameWriter writer) {
        if (limit != null) {
            writer.putU16(Range.u16("maxKmh", limit.maxKmh)).putU8(Range.u8("seconds", limit.seconds));
        }
    }

    /** The night speed, 2019 only: there it cannot be missing. */
    static void putNight(Edition edition, @Nullable SpeedLimit limit, FrameWriter writer) {
        if (limit == null) {
            return;
        }
        if (edition == Edition.V2019) {
            writer.putU16(Range.u16("nightMaxKmh", limit.nightMaxKmh));
        } else if (limit.nightMaxKmh >= 0) {
            throw new IllegalArgumentException("only 2019 has a night speed: nightMaxKmh=" + limit.nightMaxKmh);
        }
    }

    static void describe(@Nullable SpeedLimit limit, Tree tree) {
        if (limit != null) {
            tree.put("max_speed_kmh", limit.maxKmh).put("overspeed_s", limit.seconds);
            if (limit.nightMaxKmh >= 0) {
                tree.put("night_max_speed_kmh", limit.nightMaxKmh);
            }
        }
    }
}
