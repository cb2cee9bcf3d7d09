package io.haulwatch.model.report;

/**
 * The checks of a position that need nothing but the position itself (and, for movement, the last good one): stateless, so that the
 * writer, the rules and the live view say the same of the same report. Limits come from the assessment rules of the national freight
 * platform (考核办法) as quoted in {@code docs/rules/fix-quality.md}.
 */
public final class FixChecks {
    /** Later than its own arrival by more than this is a clock that is wrong, ms. */
    public static final long FUTURE_MILLIS = 300_000L;

    /** Age up to which a report is kept and judged by default: 180 days, the law's six months, ms. */
    public static final long RETENTION_MILLIS = 180L * 86_400_000L;

    /** Area of the deployment: 73°33′–135°05′ E, 3°51′–53°33′ N, in 10⁻⁶ degree. */
    public static final int WEST_MICRODEG = 73_550_000;

    public static final int EAST_MICRODEG = 135_083_333;
    public static final int SOUTH_MICRODEG = 3_850_000;
    public static final int NORTH_MICRODEG = 53_550_000;

    /** Highest speed that a truck's receiver may report, 0.1 km/h. */
    public static final int MAX_SPEED_DECIKMH = 1600;

    /** Fewest satellites that make a fix, where the terminal says how many it used. */
    public static final int MIN_SATELLITES = 5;

    /** Why the device time of a report cannot be true. */
    public enum TimeFault {
        NONE,
        /** The terminal's clock could not be read. */
        UNREADABLE,
        /** More than {@link #FUTURE_MILLIS} after the record's receive time. */
        FUTURE,
        /** Older than the retention. */
        TOO_OLD
    }

    private FixChecks() {}

    /**
     * Judges the device time by the record alone, never by today's clock, so that a replay says the same.
     *
     * @param retentionMillis age above which positions are not kept, ms
     */
    public static TimeFault timeFault(long deviceMillis, long receivedMillis, long retentionMillis) {
        if (deviceMillis == PositionRecord.UNREADABLE_TIME) {
            return TimeFault.UNREADABLE;
        }
        if (deviceMillis - receivedMillis > FUTURE_MILLIS) {
            return TimeFault.FUTURE;
        }
        return receivedMillis - deviceMillis > retentionMillis ? TimeFault.TOO_OLD : TimeFault.NONE;
    }

    /** Whether a place lies in the deployment's area; 0/0 does not. */
    public static boolean inArea(int latitudeMicrodeg, int longitudeMicrodeg) {
        return latitudeMicrodeg >= SOUTH_MICRODEG
                && latitudeMicrodeg <= NORTH_MICRODEG
                && longitudeMicrodeg >= WEST_MICRODEG
                && longitudeMicrodeg <= EAST_MICRODEG;
    }

    /** Whether a number of satellites is enough; {@link PositionRecord#ABSENT_BYTE} is, nothing was said then. */
    public static boolean enoughSatellites(int satellites) {
        return satellites >= MIN_SATELLITES;
    }

    /**
     * Whether going {@code metres} in {@code millis} is faster than a truck.
     *
     * @param millis above 0; with a time step of 0 movement is not judged
     * @param maxKmh highest believable speed over ground, km/h
     */
    public static boolean impliesJump(double metres, long millis, int maxKmh) {
        return metres * 3600.0 > (double) maxKmh * millis;
    }
}
