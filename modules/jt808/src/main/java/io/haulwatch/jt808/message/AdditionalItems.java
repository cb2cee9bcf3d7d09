package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.Bcd;
import io.haulwatch.jt808.field.BigEndian;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All additional items (位置附加信息) of a position report, decoded for people and tools; what flows takes {@link LocationView} instead. An item is decoded
 * by its real length: a known id with a length that fits no known form keeps its raw bytes, as unknown ids do.
 *
 * @param items in the order sent
 * @param unknown how many have only raw bytes
 * @param partial an item ran over the end, had id 0 and length 0, or a lone byte trailed
 */
public record AdditionalItems(List<Item> items, int unknown, boolean partial) {
    private static final BigDecimal TENTH = new BigDecimal("0.1");
    private static final int NO_WHEEL = 0xFF;
    private static final String[] SIGNALS = {
        "low_beam",
        "high_beam",
        "right_turn",
        "left_turn",
        "brake",
        "reverse",
        "fog_lamp",
        "clearance_lamp",
        "horn",
        "air_conditioning",
        "neutral",
        "retarder",
        "abs",
        "heater",
        "clutch"
    };
    private static final String[] VIDEO_ALARMS = {
        "signal_lost",
        "signal_covered",
        "storage_fault",
        "other_video_fault",
        "overcrowded",
        "abnormal_driving",
        "special_recording_storage_full"
    };
    private static final String[] IO_STATES = {"deep_sleep", "sleep"};
    private static final String[] ABNORMAL = {"fatigue", "phone", "smoking"};
    private static final String[] AREA_TYPES = {"none", "circle", "rectangle", "polygon", "route"};

    /** Copies the items. */
    public AdditionalItems {
        items = List.copyOf(items);
    }

    /**
     * One item.
     *
     * @param id 0..255
     * @param name what it is, the unit last; "unknown" for raw ones
     * @param value number, list or map; null if only the raw bytes are known
     * @param raw the value's bytes in hex
     */
    public record Item(int id, String name, @Nullable Object value, String raw) {}

    /** Reads the items between {@code offset} and {@code offset + length}. */
    public static AdditionalItems read(byte[] bytes, int offset, int length) {
        List<Item> items = new ArrayList<>();
        int unknown = 0;
        boolean partial = false;
        int end = offset + length;
        int at = offset;
        while (at + 2 <= end) {
            int id = BigEndian.u8(bytes, at);
            int size = BigEndian.u8(bytes, at + 1);
            int value = at + 2;
            if (value + size > end) {
                break;
            }
            at = value + size;
            if (id == 0 && size == 0) {
                partial = true;
                continue;
            }
            String raw = Bcd.hex(bytes, value, size);
            Object decoded = decode(id, bytes, value, size);
            if (decoded == null) {
                unknown++;
            }
            items.add(new Item(id, decoded == null ? "unknown" : name(id), decoded, raw));
        }
        return new AdditionalItems(items, unknown, partial || at < end);
    }

    private static String name(int id) {
        return switch (id) {
            case ItemId.MILEAGE -> "mileage_km";
            case ItemId.FUEL -> "fuel_l";
            case ItemId.RECORDER_SPEED -> "recorder_speed_kmh";
            case ItemId.CONFIRM_ALARM -> "alarm_to_confirm";
            case ItemId.TYRE_PRESSURE -> "tyre_pressure_raw";
            case ItemId.TEMPERATURE -> "compartment_temperature_c";
            case ItemId.OVERSPEED -> "overspeed_place";
            case ItemId.AREA -> "area_in_or_out";
            case ItemId.SECTION_TIME -> "section_time";
            case ItemId.VIDEO_ALARM -> "video_alarms";
            case ItemId.VIDEO_LOST -> "video_signal_lost_channels";
            case ItemId.VIDEO_COVERED -> "video_signal_covered_channels";
            case ItemId.STORAGE_FAULT -> "storage_fault";
            case ItemId.ABNORMAL_DRIVING -> "abnormal_driving";
            case ItemId.VEHICLE_SIGNALS -> "vehicle_signals";
            case ItemId.IO -> "io";
            case ItemId.ANALOG -> "analog";
            case ItemId.SIGNAL -> "signal_strength";
            case ItemId.SATELLITES -> "satellites";
            case ActiveSafetyItem.ADAS -> "adas";
            case ActiveSafetyItem.DSM -> "dsm";
            case ActiveSafetyItem.TPMS -> "tpms";
            case ActiveSafetyItem.BSD -> "bsd";
            default -> "unknown";
        };
    }

    private static @Nullable Object decode(int id, byte[] bytes, int at, int size) {
        return switch (id) {
            case ItemId.MILEAGE -> size == 4 ? tenths(BigEndian.u32(bytes, at)) : null;
            case ItemId.FUEL, ItemId.RECORDER_SPEED -> size == 2 ? tenths(BigEndian.u16(bytes, at)) : null;
            case ItemId.CONFIRM_ALARM -> size == 2 ? (Object) BigEndian.u16(bytes, at) : null;
            case ItemId.TYRE_PRESSURE -> size == 30 ? wheels(bytes, at, size) : null;
            case ItemId.TEMPERATURE -> size == 2 ? (Object) temperature(BigEndian.u16(bytes, at)) : null;
            case ItemId.OVERSPEED -> overspeed(bytes, at, size);
            case ItemId.AREA -> size == 6 ? area(bytes, at) : null;
            case ItemId.SECTION_TIME -> size == 7 ? section(bytes, at) : null;
            case ItemId.VIDEO_ALARM -> size == 4 ? bits(BigEndian.i32(bytes, at), VIDEO_ALARMS) : null;
            case ItemId.VIDEO_LOST, ItemId.VIDEO_COVERED -> size == 4 ? channels(BigEndian.i32(bytes, at)) : null;
            case ItemId.STORAGE_FAULT -> size == 2 ? storage(BigEndian.u16(bytes, at)) : null;
            case ItemId.ABNORMAL_DRIVING -> abnormal(bytes, at, size);
            case ItemId.VEHICLE_SIGNALS -> size == 4 ? bits(BigEndian.i32(bytes, at), SIGNALS) : null;
            case ItemId.IO -> size == 1 || size == 2 ? bits(number(bytes, at, size), IO_STATES) : null;
            case ItemId.ANALOG -> size == 4 ? analog(bytes, at) : null;
            case ItemId.SIGNAL, ItemId.SATELLITES -> size == 1 || size == 2 ? (Object) number(bytes, at, size) : null;
            case ActiveSafetyItem.ADAS, ActiveSafetyItem.DSM, ActiveSafetyItem.TPMS, ActiveSafetyItem.BSD ->
                ActiveSafetyItem.describe(id, bytes, at, size);
            default -> null;
        };
    }

    private static BigDecimal tenths(long value) {
        return BigDecimal.valueOf(value).multiply(TENTH);
    }

    private static int number(byte[] bytes, int at, int size) {
        return size == 1 ? BigEndian.u8(bytes, at) : BigEndian.u16(bytes, at);
    }

    private static List<@Nullable Integer> wheels(byte[] bytes, int at, int size) {
        List<@Nullable Integer> wheels = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int wheel = BigEndian.u8(bytes, at + i);
            wheels.add(wheel == NO_WHEEL ? null : wheel);
        }
        return wheels;
    }

    /** Sign and magnitude by the standard, two's complement from some terminals; they meet only far below any compartment. */
    private static int temperature(int word) {
        if (word >= 0xC000) {
            return (short) word;
        }
        return word >= 0x8000 ? -(word & 0x7FFF) : word;
    }

    private static @Nullable Object overspeed(byte[] bytes, int at, int size) {
        if (size != 1 && size != 5) {
            return null;
        }
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("type", areaType(BigEndian.u8(bytes, at)));
        if (size == 5) {
            place.put("id", BigEndian.u32(bytes, at + 1));
        }
        return place;
    }

    private static Map<String, Object> area(byte[] bytes, int at) {
        Map<String, Object> area = new LinkedHashMap<>();
        area.put("type", areaType(BigEndian.u8(bytes, at)));
        area.put("id", BigEndian.u32(bytes, at + 1));
        area.put("direction", inOrOut(BigEndian.u8(bytes, at + 5)));
        return area;
    }

    private static Map<String, Object> section(byte[] bytes, int at) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("id", BigEndian.u32(bytes, at));
        section.put("seconds", BigEndian.u16(bytes, at + 4));
        int result = BigEndian.u8(bytes, at + 6);
        section.put("result", result == 0 ? "too_short" : result == 1 ? "too_long" : "code_" + result);
        return section;
    }

    private static String areaType(int type) {
        return type < AREA_TYPES.length ? AREA_TYPES[type] : "code_" + type;
    }

    private static String inOrOut(int direction) {
        return direction == 0 ? "in" : direction == 1 ? "out" : "code_" + direction;
    }

    private static List<String> bits(int value, String[] names) {
        List<String> set = new ArrayList<>();
        for (int bit = 0; bit < 32; bit++) {
            if ((value >>> bit & 1) != 0) {
                set.add(bit < names.length ? names[bit] : "bit_" + bit);
            }
        }
        return set;
    }

    private static List<Integer> channels(int value) {
        List<Integer> channels = new ArrayList<>();
        for (int bit = 0; bit < 32; bit++) {
            if ((value >>> bit & 1) != 0) {
                channels.add(bit + 1);
            }
        }
        return channels;
    }

    private static Map<String, Object> storage(int value) {
        Map<String, Object> storage = new LinkedHashMap<>();
        storage.put("main", channels(value & 0xFFF));
        storage.put("backup", channels(value >>> 12));
        return storage;
    }

    private static @Nullable Object abnormal(byte[] bytes, int at, int size) {
        if (size != 2 && size != 3) {
            return null;
        }
        Map<String, Object> abnormal = new LinkedHashMap<>();
        abnormal.put("kinds", bits(BigEndian.u16(bytes, at), ABNORMAL));
        if (size == 3) {
            abnormal.put("fatigue_degree", BigEndian.u8(bytes, at + 2));
        }
        return abnormal;
    }

    private static Map<String, Object> analog(byte[] bytes, int at) {
        Map<String, Object> analog = new LinkedHashMap<>();
        analog.put("ad0", BigEndian.u16(bytes, at + 2));
        analog.put("ad1", BigEndian.u16(bytes, at));
        return analog;
    }
}
