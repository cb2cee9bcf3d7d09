package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The attribute bits (属性) of areas and routes. */
public final class AreaAttributes {
    /** Has times; written from the presence of a window. */
    public static final int TIME = 1;
    /** Has a speed; written from the presence of a rule. */
    public static final int SPEED = 1 << 1;
    /** Tell the driver on entry. */
    public static final int ENTRY_DRIVER = 1 << 2;
    /** Tell the platform on entry. */
    public static final int ENTRY_PLATFORM = 1 << 3;
    /** Tell the driver on exit. */
    public static final int EXIT_DRIVER = 1 << 4;
    /** Tell the platform on exit. */
    public static final int EXIT_PLATFORM = 1 << 5;
    /** South; areas only, written from the signs. */
    public static final int SOUTH = 1 << 6;
    /** West; areas only, written from the signs. */
    public static final int WEST = 1 << 7;
    /** No opening of doors, since 2013. */
    public static final int DOORS_CLOSED = 1 << 8;
    /** Radio off inside, since 2013. */
    public static final int RADIO_OFF = 1 << 14;
    /** Collect detailed GNSS inside, since 2013. */
    public static final int DETAILED_GNSS = 1 << 15;

    private static final int SINCE_2013 = DOORS_CLOSED | RADIO_OFF | DETAILED_GNSS;

    private AreaAttributes() {}

    static void describe(int attributes, Tree tree) {
        tree.bits(
                "attributes",
                attributes,
                "time",
                "speed",
                "entry_tells_driver",
                "entry_tells_platform",
                "exit_tells_driver",
                "exit_tells_platform",
                "south",
                "west",
                "doors_stay_closed",
                null,
                null,
                null,
                null,
                null,
                "radio_off",
                "detailed_gnss");
    }

    /** The bits as they are written: presence and hemispheres from the fields, the rest as given; refuses what the edition does not have. */
    static int wire(
            Edition edition,
            int attributes,
            @Nullable AreaWindow window,
            @Nullable SpeedLimit speed,
            List<Vertex> places) {
        Range.u16("attributes", attributes);
        if (edition == Edition.V2011 && (attributes & SINCE_2013) != 0) {
            throw new IllegalArgumentException(
                    "2011 does not have these attributes: attributes=" + Tree.hex(attributes, 4));
        }
        int bits = attributes & ~(TIME | SPEED | SOUTH | WEST);
        bits |= window == null ? 0 : TIME;
        bits |= speed == null ? 0 : SPEED;
        bits |= half("latitude", places.stream().mapToInt(Vertex::latitudeMicrodeg), attributes & SOUTH, SOUTH);
        return bits | half("longitude", places.stream().mapToInt(Vertex::longitudeMicrodeg), attributes & WEST, WEST);
    }

    /** One bit for all vertices: an area across the equator or the zero meridian cannot be said. At 0 the given bit stays. */
    private static int half(String name, IntStream values, int given, int bit) {
        int[] signs =
                values.map(Integer::signum).filter(sign -> sign != 0).distinct().toArray();
        if (signs.length > 1) {
            throw new IllegalArgumentException("an area lies in one hemisphere: " + name + " has both signs");
        }
        return signs.length == 0 ? given : signs[0] < 0 ? bit : 0;
    }
}
