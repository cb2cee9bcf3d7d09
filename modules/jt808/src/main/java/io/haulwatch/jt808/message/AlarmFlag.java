package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import java.util.ArrayList;
import java.util.List;

/** Names of the 32 alarm flags (报警标志) of a position report; three bits changed their meaning between editions. */
public final class AlarmFlag {
    private static final int BITS = 32;
    private static final int DANGER = 3;
    private static final int COLLISION = 29;

    private static final String[] NAMES = {
        "emergency_button",
        "overspeed",
        "fatigue_driving",
        "danger_prewarning",
        "gnss_module_fault",
        "gnss_antenna_missing",
        "gnss_antenna_short",
        "main_power_low",
        "main_power_lost",
        "display_fault",
        "tts_fault",
        "camera_fault",
        "ic_card_module_fault",
        "overspeed_prewarning",
        "fatigue_prewarning",
        "driving_against_rules",
        "tyre_pressure_warning",
        "right_turn_blind_spot",
        "daily_driving_time_exceeded",
        "parked_too_long",
        "area_in_or_out",
        "route_in_or_out",
        "section_time",
        "off_route",
        "speed_sensor_fault",
        "fuel_abnormal",
        "stolen",
        "illegal_ignition",
        "illegal_movement",
        "collision_prewarning",
        "rollover_prewarning",
        "illegal_door_opening"
    };
    /** By edition, the bits that it does not define. */
    private static final int UNDEFINED_2011 = 0xC003_F000;

    private static final int UNDEFINED_2013 = 0x0003_8000;
    private static final int UNDEFINED_2019 = 0x8000_0000;

    private AlarmFlag() {}

    /** The flags that are set, lowest bit first; a bit without a meaning in this edition is "bit_15". */
    public static List<String> names(int alarms, Edition edition) {
        int undefined = switch (edition) {
            case V2011 -> UNDEFINED_2011;
            case V2013 -> UNDEFINED_2013;
            case V2019 -> UNDEFINED_2019;
        };
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < BITS; bit++) {
            if ((alarms >>> bit & 1) != 0) {
                names.add((undefined >>> bit & 1) != 0 ? "bit_" + bit : name(bit, edition));
            }
        }
        return names;
    }

    private static String name(int bit, Edition edition) {
        if (bit == DANGER) {
            return switch (edition) {
                case V2011 -> "prewarning";
                case V2013 -> NAMES[bit];
                case V2019 -> "dangerous_driving_behaviour";
            };
        }
        if (bit == COLLISION && edition != Edition.V2013) {
            return "collision_or_rollover";
        }
        return NAMES[bit];
    }
}
