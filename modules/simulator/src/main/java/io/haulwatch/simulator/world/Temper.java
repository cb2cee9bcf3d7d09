package io.haulwatch.simulator.world;

/**
 * How often things go wrong. The real centre handled 4.94 million speeding and fatigue alarms in two and a half years for 41,000
 * trucks: 0.13 a truck and day. A demonstration of a thousand trucks at that rate shows one in eleven minutes, so the rates are
 * multiplied.
 *
 * @param multiplier times the real rate; with 0 a fleet still passes the low limits of zones too fast now and then
 */
public record Temper(double multiplier) {
    /** Alarms a truck and day of the real centre. */
    public static final double REAL_ALARMS_A_TRUCK_DAY = 0.13;

    /** What a demonstration runs with unless told otherwise: at a thousand trucks about one alarm in half a minute. */
    public static final Temper DEMO = new Temper(20);

    public Temper {
        if (!(multiplier >= 0 && multiplier <= 200)) {
            throw new IllegalArgumentException("the multiplier is 0 to 200: multiplier=" + multiplier);
        }
    }

    /** Stretches of speeding a truck and day; most of the real centre's alarms. */
    double speedingADay() {
        return 0.85 * REAL_ALARMS_A_TRUCK_DAY * multiplier;
    }

    /** Chance that a truck's day holds one drive of more than four hours without a rest. */
    double tiringDay() {
        return Math.min(0.5, 0.10 * REAL_ALARMS_A_TRUCK_DAY * multiplier);
    }

    /** Chance that a truck or its driver is on the road with an expired critical paper. */
    public double expiredPaper() {
        return Math.min(0.05, 0.0008 * multiplier);
    }
}
