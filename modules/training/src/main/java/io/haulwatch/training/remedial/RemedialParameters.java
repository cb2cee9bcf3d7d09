package io.haulwatch.training.remedial;

import java.time.Duration;

/**
 * What alarms ask for.
 *
 * @param brief after one major episode (S3, L2)
 * @param full after one critical episode (S4, L3), or after several major ones of speeding
 * @param repeats so many major ones of speeding
 * @param window within so long
 */
public record RemedialParameters(Demand brief, Demand full, int repeats, Duration window) {
    public static final RemedialParameters USUAL = new RemedialParameters(
            new Demand(30, 10, 80, 7, false), new Demand(120, 50, 80, 3, true), 3, Duration.ofDays(30));

    public RemedialParameters {
        if (repeats < 2 || window.isNegative()) {
            throw new IllegalArgumentException("several are two or more: repeats=" + repeats + ", window=" + window);
        }
    }

    /**
     * What one trigger asks for.
     *
     * @param minutes of study
     * @param questions of the quiz or exam at its end
     * @param passPercent from which that is passed
     * @param dueDays counted from when the task is given or extended
     * @param restricted whether the driver is restricted until it is done
     */
    public record Demand(int minutes, int questions, int passPercent, int dueDays, boolean restricted) {
        public Demand {
            if (minutes < 1 || questions < 0 || passPercent < 0 || passPercent > 100 || dueDays < 1) {
                throw new IllegalArgumentException("no such demand: minutes=" + minutes + ", questions=" + questions
                        + ", passPercent=" + passPercent + ", dueDays=" + dueDays);
            }
        }

        /** Both together: study adds up, of everything else the stricter. */
        Demand and(Demand other) {
            return new Demand(
                    minutes + other.minutes,
                    Math.max(questions, other.questions),
                    Math.max(passPercent, other.passPercent),
                    Math.min(dueDays, other.dueDays),
                    restricted || other.restricted);
        }
    }
}
