package io.haulwatch.rules.hours;

import io.haulwatch.model.register.VehicleClass;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * Parameters of the hours rules (驾驶时间), one version. Source: Implementing Regulation of the Road Traffic Safety Law art. 62(7) for
 * 4 h and 20 min; 道路运输车辆动态监督管理办法 for 2 h at night and 8 h in 24 h. Names in profiles are those of the page
 * {@code docs/rules/fatigue.md}.
 *
 * @param version shown with each episode
 * @param limitSeconds continuous driving; strictly more is a violation ({@code cn.cont_limit_s})
 * @param nightLimitSeconds part of it inside the night window, 0 for off ({@code cn.night_cont_limit_s})
 * @param nightStart local start of the night window; the window may pass midnight
 * @param nightEnd local end of the night window, exclusive
 * @param restSeconds one uninterrupted stop of this length ends the period; parts never add up ({@code cn.rest_min_s})
 * @param dayLimitSeconds driving in any 24 h ({@code cn.cum24_limit_s})
 * @param dayWarnsOnly the 24 h rule gives notices, no violation ({@code cn.cum24_warn_only})
 * @param prewarnSeconds how long before the limit the driver is warned ({@code cn.prewarn_s})
 * @param mode what runs the counter ({@code cn.cont_mode})
 * @param majorSeconds excess above which a violation is major ({@code cn.sev_steps_s}, first)
 * @param criticalSeconds excess above which it is critical ({@code cn.sev_steps_s}, second)
 * @param gapPolicy what stretches without data count as ({@code gap_policy})
 * @param reportSeconds a stop that falls short of a rest by no more than this is borderline ({@code cn.report_interval_s})
 * @param zone local time of night windows
 */
public record HoursProfile(
        String version,
        long limitSeconds,
        long nightLimitSeconds,
        LocalTime nightStart,
        LocalTime nightEnd,
        long restSeconds,
        long dayLimitSeconds,
        boolean dayWarnsOnly,
        long prewarnSeconds,
        Mode mode,
        long majorSeconds,
        long criticalSeconds,
        GapPolicy gapPolicy,
        long reportSeconds,
        ZoneId zone) {

    /** What runs the counter of continuous driving. */
    public enum Mode {
        /** Driving seconds are added up. */
        MOVING,
        /** The clock also runs through stops that are no rest (stricter). */
        ELAPSED
    }

    /** What a stretch without data counts as. */
    public enum GapPolicy {
        /** Driving; it resets nothing, and what rests on it is provisional. */
        CONSERVATIVE,
        /** A rest if it is long enough for one. */
        LENIENT
    }

    public HoursProfile {
        if (limitSeconds <= 0 || restSeconds <= 0 || dayLimitSeconds <= 0) {
            throw new IllegalArgumentException("limits are positive: limitSeconds=" + limitSeconds + ", restSeconds="
                    + restSeconds + ", dayLimitSeconds=" + dayLimitSeconds);
        }
        if (prewarnSeconds < 0 || prewarnSeconds >= limitSeconds) {
            throw new IllegalArgumentException("the warning comes between start and limit: prewarnSeconds="
                    + prewarnSeconds + ", limitSeconds=" + limitSeconds);
        }
        if (majorSeconds <= 0 || criticalSeconds < majorSeconds) {
            throw new IllegalArgumentException(
                    "severity steps rise: majorSeconds=" + majorSeconds + ", criticalSeconds=" + criticalSeconds);
        }
    }

    /** What holds for a class while no profile says otherwise. */
    public static HoursProfile defaults(VehicleClass vehicleClass) {
        boolean dangerous = vehicleClass == VehicleClass.DANGEROUS_GOODS;
        return new HoursProfile(
                "cn-2026.1",
                14_400,
                dangerous ? 7_200 : 0,
                LocalTime.of(22, 0),
                LocalTime.of(6, 0),
                1_200,
                28_800,
                !dangerous,
                1_800,
                dangerous ? Mode.ELAPSED : Mode.MOVING,
                1_800,
                3_600,
                GapPolicy.CONSERVATIVE,
                10,
                ZoneId.of("Asia/Shanghai"));
    }

    /**
     * This profile with other values.
     *
     * @param parameters by name; names that this rule does not know are for other rules and are left alone
     * @throws IllegalArgumentException naming the parameter, its value and what is allowed
     */
    public HoursProfile with(String newVersion, Map<String, String> parameters) {
        String window = parameters.getOrDefault("cn.night_window", nightStart + "-" + nightEnd);
        String[] bounds = window.split("-", 2);
        String steps = parameters.getOrDefault("cn.sev_steps_s", majorSeconds + "," + criticalSeconds);
        String[] step = steps.replaceAll("[\\[\\] ]", "").split(",", 2);
        if (bounds.length != 2 || step.length != 2) {
            throw new IllegalArgumentException(
                    "cn.night_window is HH:mm-HH:mm and cn.sev_steps_s two numbers: cn.night_window=" + window
                            + ", cn.sev_steps_s=" + steps);
        }
        return new HoursProfile(
                newVersion,
                seconds(parameters, "cn.cont_limit_s", limitSeconds),
                seconds(parameters, "cn.night_cont_limit_s", nightLimitSeconds),
                local("cn.night_window", bounds[0]),
                local("cn.night_window", bounds[1]),
                seconds(parameters, "cn.rest_min_s", restSeconds),
                seconds(parameters, "cn.cum24_limit_s", dayLimitSeconds),
                yes(parameters, "cn.cum24_warn_only", dayWarnsOnly),
                seconds(parameters, "cn.prewarn_s", prewarnSeconds),
                word(parameters, "cn.cont_mode", mode, Mode.class),
                number("cn.sev_steps_s", step[0]),
                number("cn.sev_steps_s", step[1]),
                word(parameters, "gap_policy", gapPolicy, GapPolicy.class),
                seconds(parameters, "cn.report_interval_s", reportSeconds),
                zone(parameters.getOrDefault("cn.zone", zone.getId())));
    }

    private static long seconds(Map<String, String> parameters, String name, long otherwise) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        return text.equalsIgnoreCase("off") ? 0 : number(name, text);
    }

    private static long number(String name, String text) {
        try {
            long value = Long.parseLong(text.strip());
            if (value < 0) {
                throw new IllegalArgumentException("seconds are not negative: " + name + "=" + text);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("whole seconds or off: " + name + "=" + text, e);
        }
    }

    private static boolean yes(Map<String, String> parameters, String name, boolean otherwise) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false: " + name + "=" + text);
        };
    }

    private static <T extends Enum<T>> T word(Map<String, String> parameters, String name, T otherwise, Class<T> type) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        for (T value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "one of " + java.util.Arrays.toString(type.getEnumConstants()) + ": " + name + "=" + text);
    }

    private static LocalTime local(String name, String text) {
        try {
            return LocalTime.parse(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time is HH:mm: " + name + "=" + text, e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time zone: cn.zone=" + text, e);
        }
    }
}
