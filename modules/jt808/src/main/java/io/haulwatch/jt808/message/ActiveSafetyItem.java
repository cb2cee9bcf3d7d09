package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.Bcd;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.Gbk;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Active-safety alarms (主动安全) that travel in a position report as items 0x64 to 0x67, T/JSATL 12-2017, and with the longer alarm mark of
 * T/GDRTA 002-2020 (粤标). The dialect shows in the item's length alone; trackers that use these ids for something else fit neither.
 */
final class ActiveSafetyItem {
    static final int ADAS = 0x64;
    static final int DSM = 0x65;
    static final int TPMS = 0x66;
    static final int BSD = 0x67;

    private static final int MARK = 16;
    private static final int MARK_GUANGDONG = 40;
    private static final int ID = 7;
    private static final int ID_GUANGDONG = 30;

    private ActiveSafetyItem() {}

    /** The alarm as a tree, coordinates without a hemisphere (it is in the status of the same report); null if the length fits no dialect. */
    static @Nullable Map<String, Object> describe(int id, byte[] bytes, int at, int size) {
        // Offset of the speed BYTE, from which speed, altitude, place, time, state and mark follow in the same order.
        int common = switch (id) {
            case ADAS, DSM -> 12;
            case BSD -> 6;
            default -> 5;
        };
        int beforeMark = common + 19;
        boolean tyres = id == TPMS;
        boolean standard = tyres ? wheelsFit(bytes, at, size, beforeMark + MARK) : size == beforeMark + MARK;
        boolean guangdong = !standard && !tyres && size == beforeMark + MARK_GUANGDONG;
        if (!standard && !guangdong) {
            return null;
        }
        Map<String, Object> alarm = new LinkedHashMap<>();
        alarm.put("alarm_id", BigEndian.u32(bytes, at));
        alarm.put("flag", flag(BigEndian.u8(bytes, at + 4)));
        if (!tyres) {
            alarm.put("type", BigEndian.u8(bytes, at + 5));
        }
        if (id == ADAS || id == DSM) {
            alarm.put("level", BigEndian.u8(bytes, at + 6));
        }
        if (id == ADAS) {
            alarm.put("front_speed_kmh", BigEndian.u8(bytes, at + 7));
            alarm.put("front_distance_100ms", BigEndian.u8(bytes, at + 8));
            alarm.put("departure_side", BigEndian.u8(bytes, at + 9));
            alarm.put("sign_type", BigEndian.u8(bytes, at + 10));
            alarm.put("sign_value", BigEndian.u8(bytes, at + 11));
        } else if (id == DSM) {
            alarm.put("fatigue_degree", BigEndian.u8(bytes, at + 7));
        }
        putPlace(alarm, bytes, at + common);
        alarm.put("mark", mark(bytes, at + beforeMark, standard ? ID : ID_GUANGDONG));
        if (tyres) {
            alarm.put("wheels", Bcd.hex(bytes, at + beforeMark + MARK + 1, size - beforeMark - MARK - 1));
        }
        return alarm;
    }

    /** Count, then nine bytes a wheel. */
    private static boolean wheelsFit(byte[] bytes, int at, int size, int count) {
        return size > count && size == count + 1 + 9 * BigEndian.u8(bytes, at + count);
    }

    private static void putPlace(Map<String, Object> alarm, byte[] bytes, int at) {
        alarm.put("speed_kmh", BigEndian.u8(bytes, at));
        alarm.put("altitude_m", (int) (short) BigEndian.u16(bytes, at + 1));
        alarm.put("lat", BigDecimal.valueOf(BigEndian.u32(bytes, at + 3), 6));
        alarm.put("lon", BigDecimal.valueOf(BigEndian.u32(bytes, at + 7), 6));
        alarm.put("time", Bcd.hex(bytes, at + 11, 6));
        alarm.put("vehicle_state", BigEndian.u16(bytes, at + 17));
    }

    private static Map<String, Object> mark(byte[] bytes, int at, int idLength) {
        Map<String, Object> mark = new LinkedHashMap<>();
        mark.put("terminal_id", Gbk.text(bytes, at, idLength));
        mark.put("time", Bcd.hex(bytes, at + idLength, 6));
        mark.put("number", BigEndian.u8(bytes, at + idLength + 6));
        mark.put("attachments", BigEndian.u8(bytes, at + idLength + 7));
        return mark;
    }

    private static String flag(int flag) {
        return switch (flag) {
            case 0 -> "not_used";
            case 1 -> "start";
            case 2 -> "end";
            default -> "code_" + flag;
        };
    }
}
