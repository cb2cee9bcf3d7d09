package io.haulwatch.rules.terminal;

import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that a terminal can give: an alarm flag (报警标志) of JT/T 808 §7.2, or a type of an active-safety item of T/JSATL 12 §7.5.
 *
 * @param code stable name, as in the pages' message files
 * @param prompt a warning in the cab before anything has happened
 * @param judgedBy the rule by which the platform judges the same, or null
 */
public record TerminalAlarm(
        String code,
        Severity severity,
        boolean prompt,
        @Nullable Rule judgedBy) {
    private static final int BITS = 32;
    private static final @Nullable TerminalAlarm[] OF_2013 = new @Nullable TerminalAlarm[BITS];
    private static final @Nullable TerminalAlarm[] OF_2019 = new @Nullable TerminalAlarm[BITS];

    /** Types from here on are events, pictures and signs seen, and no alarms. */
    private static final int FIRST_EVENT = 0x10;

    private static final int HIGH_LEVEL = 2;

    static {
        both(0, "emergency_button", Severity.CRITICAL);
        both(new TerminalAlarm("overspeed", Severity.NOTICE, false, Rule.SPEEDING), 1);
        both(new TerminalAlarm("fatigue_driving", Severity.MINOR, false, Rule.FATIGUE), 2);
        OF_2013[3] = new TerminalAlarm("danger_prewarning", Severity.NOTICE, true, null);
        OF_2019[3] = new TerminalAlarm("dangerous_driving_behaviour", Severity.MINOR, false, null);
        both(4, "gnss_module_fault", Severity.NOTICE);
        both(5, "gnss_antenna_missing", Severity.MINOR);
        both(6, "gnss_antenna_short", Severity.NOTICE);
        both(7, "main_power_low", Severity.NOTICE);
        both(8, "main_power_lost", Severity.MINOR);
        both(9, "display_fault", Severity.NOTICE);
        both(10, "tts_fault", Severity.NOTICE);
        both(11, "camera_fault", Severity.NOTICE);
        both(12, "ic_card_module_fault", Severity.NOTICE);
        both(new TerminalAlarm("overspeed_prewarning", Severity.NOTICE, true, null), 13);
        both(new TerminalAlarm("fatigue_prewarning", Severity.NOTICE, true, null), 14);
        OF_2019[15] = plain("driving_against_rules", Severity.MINOR);
        OF_2019[16] = plain("tyre_pressure_warning", Severity.MINOR);
        OF_2019[17] = plain("right_turn_blind_spot", Severity.NOTICE);
        both(new TerminalAlarm("daily_driving_time_exceeded", Severity.NOTICE, false, Rule.CUM24), 18);
        both(19, "parked_too_long", Severity.NOTICE);
        both(20, "area_in_or_out", Severity.NOTICE);
        both(21, "route_in_or_out", Severity.NOTICE);
        both(22, "section_time", Severity.NOTICE);
        both(23, "off_route", Severity.MINOR);
        both(24, "speed_sensor_fault", Severity.NOTICE);
        both(25, "fuel_abnormal", Severity.MINOR);
        both(26, "stolen", Severity.MAJOR);
        both(27, "illegal_ignition", Severity.MAJOR);
        both(28, "illegal_movement", Severity.MAJOR);
        OF_2013[29] = new TerminalAlarm("collision_prewarning", Severity.NOTICE, true, null);
        OF_2019[29] = plain("collision_or_rollover", Severity.CRITICAL);
        both(new TerminalAlarm("rollover_prewarning", Severity.NOTICE, true, null), 30);
        OF_2013[31] = plain("illegal_door_opening", Severity.MAJOR);
    }

    private static TerminalAlarm plain(String code, Severity severity) {
        return new TerminalAlarm(code, severity, false, null);
    }

    private static void both(int bit, String code, Severity severity) {
        both(plain(code, severity), bit);
    }

    private static void both(TerminalAlarm alarm, int bit) {
        OF_2013[bit] = alarm;
        OF_2019[bit] = alarm;
    }

    /** The alarm of a flag; null if the edition leaves it undefined. 2011 is read as 2013: nothing in a report tells them apart. */
    public static @Nullable TerminalAlarm ofBit(int bit, boolean is2019) {
        return (is2019 ? OF_2019 : OF_2013)[bit];
    }

    /** The alarm of an active-safety item; null for an event, which is none. @param level 1 or 2, 0 where the item has none */
    public static @Nullable TerminalAlarm ofSafety(SafetyItem.Kind kind, int type, int level) {
        if (type == 0 || type >= FIRST_EVENT) {
            return null;
        }
        int shown = Math.min(type, kind.lastNamed() + 1);
        String code = kind.word() + "_" + (shown > kind.lastNamed() ? "custom" : Integer.toString(shown));
        return plain(code, level >= HIGH_LEVEL ? Severity.MAJOR : Severity.MINOR);
    }

    /** All codes, for those who show them. */
    public static List<String> codes() {
        List<String> codes = new ArrayList<>();
        for (int bit = 0; bit < BITS; bit++) {
            for (TerminalAlarm alarm : new @Nullable TerminalAlarm[] {OF_2013[bit], OF_2019[bit]}) {
                if (alarm != null && !codes.contains(alarm.code())) {
                    codes.add(alarm.code());
                }
            }
        }
        for (SafetyItem.Kind kind : SafetyItem.Kind.values()) {
            for (int type = 1; type <= kind.lastNamed(); type++) {
                codes.add(kind.word() + "_" + type);
            }
            codes.add(kind.word() + "_custom");
        }
        codes.sort(Comparator.naturalOrder());
        return codes;
    }
}
