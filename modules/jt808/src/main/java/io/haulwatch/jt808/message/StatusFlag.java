package io.haulwatch.jt808.message;

import java.util.ArrayList;
import java.util.List;

/** Names of the status bits (状态) of a position report. */
public final class StatusFlag {
    /** ACC on. */
    public static final int IGNITION = 1;
    /** Receiver has a fix (定位). */
    public static final int FIXED = 1 << 1;
    /** South latitude. */
    public static final int SOUTH = 1 << 2;
    /** West longitude. */
    public static final int WEST = 1 << 3;
    /** GPS used, since 2013. */
    public static final int GPS = 1 << 18;
    /** BeiDou used, since 2013. */
    public static final int BEIDOU = 1 << 19;
    /** Vehicle moving, 2019. */
    public static final int MOVING = 1 << 22;

    private static final int BITS = 32;
    private static final int LOAD_LOW = 8;
    private static final int LOAD_HIGH = 9;

    private static final String[] NAMES = {
        "acc_on",
        "fixed",
        "south",
        "west",
        "out_of_service",
        "coordinates_encrypted",
        "forward_collision_warning",
        "lane_departure_warning",
        "half_loaded",
        "load_reserved",
        "fuel_line_cut",
        "circuit_cut",
        "doors_locked",
        "door_1_open",
        "door_2_open",
        "door_3_open",
        "door_4_open",
        "door_5_open",
        "gps",
        "beidou",
        "glonass",
        "galileo",
        "moving"
    };

    private StatusFlag() {}

    /** The bits that are set, lowest first; the two load bits become one name, reserved bits are "bit_23". */
    public static List<String> names(int status) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < BITS; bit++) {
            if ((status >>> bit & 1) == 0) {
                continue;
            }
            boolean full = (status >>> LOAD_LOW & 3) == 3;
            if (bit == LOAD_LOW && full) {
                names.add("fully_loaded");
            } else if (bit != LOAD_HIGH || !full) {
                names.add(bit < NAMES.length ? NAMES[bit] : "bit_" + bit);
            }
        }
        return names;
    }
}
