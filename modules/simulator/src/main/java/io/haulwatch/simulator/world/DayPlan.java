package io.haulwatch.simulator.world;

import io.haulwatch.model.register.VehicleClass;
import java.util.Arrays;

/**
 * One truck's day as a curve of speed over time: knots joined by straight lines, so that distance is exact at any instant. The
 * truck leaves its yard, turns round half-way of the day's distance and is back at the end. How far it goes is drawn before the drive
 * is, so an odometer can add up years of days without driving them.
 */
final class DayPlan {
    static final double DAY_SECONDS = 86_400;
    /** No day is longer than this, metres. */
    static final int MOST_METRES = 600_000;

    private static final double ACCELERATION = 0.45;
    private static final double BRAKING = 0.8;
    /** Carriers of dangerous goods go slower by night, as their profile asks. */
    private static final double NIGHT_FACTOR = 0.8;

    private double[] time = new double[192];
    private double[] speed = new double[192];
    private double[] metres = new double[192];
    private int knots;
    /** Only a hint; whatever it is, the answer is the same. */
    private int lastAsked;

    private final int goal;
    private final double startSecond;

    /**
     * @param truck number of the truck
     * @param day number of the truck's own day
     * @param limitKmh limit of its class; an honest driver stays below
     * @param startSecond second of the day in China at which the truck's own day begins
     */
    DayPlan(
            long seed,
            int truck,
            long day,
            Temper temper,
            VehicleClass vehicleClass,
            int limitKmh,
            double startSecond) {
        this.startSecond = startSecond;
        goal = metres(seed, truck, day, temper, limitKmh);
        knot(0, 0);
        boolean tiring = tiring(seed, truck, day, temper);
        int tiringDrive = Chance.below(2, seed, truck, day, 33);
        double now = 600 + 5_400 * Chance.unit(seed, truck, day, 34);
        for (int drive = 0; metres[knots - 1] < goal; drive++) {
            double length = Chance.unit(seed, truck, day, 40 + drive);
            double seconds = 5_400 + 7_800 * length;
            if (tiring && drive == tiringDrive) {
                seconds = 14_700 + 3_600 * length;
            } else if (tiring && drive < tiringDrive) {
                // Short, so that the way left is long enough to tire.
                seconds = 3_600;
            }
            now = drive(seed, truck, day * 16 + drive, now, seconds, temper, limitKmh, vehicleClass);
            if (metres[knots - 1] < goal) {
                now += 1_500 + 3_300 * Chance.unit(seed, truck, day, 80 + drive);
                knot(now, 0);
            }
        }
        if (now >= DAY_SECONDS) {
            throw new IllegalStateException("the day is too short for its way: truck=" + truck + ", day=" + day
                    + ", goalMetres=" + goal + ", seconds=" + now);
        }
        knot(DAY_SECONDS, 0);
        time = Arrays.copyOf(time, knots);
        speed = Arrays.copyOf(speed, knots);
        metres = Arrays.copyOf(metres, knots);
    }

    /** How far a truck drives on a day, whole metres; one day in ten it rests. Far less work than the day itself. */
    static int metres(long seed, int truck, long day, Temper temper, int limitKmh) {
        if (Chance.unit(seed, truck, day, 31) >= 0.9) {
            return 0;
        }
        double size = Chance.unit(seed, truck, day, 35);
        // At an honest speed less than 8 hours, also on a slow day; a tiring day is longer.
        double hours = tiring(seed, truck, day, temper) ? 5.6 + 1.0 * size : 3.4 + 1.2 * size;
        return (int) (hours * limitKmh * 1_000);
    }

    private static boolean tiring(long seed, int truck, long day, Temper temper) {
        return Chance.unit(seed, truck, day, 32) < temper.tiringDay();
    }

    private double drive(
            long seed,
            int truck,
            long drive,
            double start,
            double seconds,
            Temper temper,
            int limitKmh,
            VehicleClass vehicleClass) {
        double end = start + seconds;
        double now = start;
        double current = 0;
        double honest = vehicleClass == VehicleClass.OVERSIZE ? 0.76 : 0.80;
        double pace = (honest + 0.13 * Chance.unit(seed, truck, drive, 60));
        double speedingChance = temper.speedingADay() / 80;
        knot(now, 0);
        for (int step = 0; now < end - 240; step++) {
            double limit =
                    limitKmh / 3.6 * (vehicleClass == VehicleClass.DANGEROUS_GOODS && night(now) ? NIGHT_FACTOR : 1);
            double dice = Chance.unit(seed, truck, drive, 1_000 + step);
            double size = Chance.unit(seed, truck, drive, 3_000 + step);
            double target;
            double hold;
            if (dice < speedingChance) {
                target = limit * (1.04 + 0.36 * size * size);
                hold = 40 + 240 * Chance.unit(seed, truck, drive, 5_000 + step);
            } else if (dice > 0.985) {
                // A toll gate or a light: a stop far below a rest.
                target = 0;
                hold = 15 + 70 * size;
            } else {
                target = limit * Math.min(pace * (0.88 + 0.17 * size), 0.965);
                hold = 110 + 260 * Chance.unit(seed, truck, drive, 7_000 + step);
            }
            double change = Math.abs(target - current) / (target > current ? ACCELERATION : BRAKING);
            double after = metres[knots - 1] + change * (current + target) / 2 + hold * target;
            if (after + braking(target) >= goal) {
                return arrive(now, current, limit * pace);
            }
            if (change > 0.5) {
                now += change;
                knot(now, target);
                current = target;
            }
            now += hold;
            knot(now, current);
        }
        now += Math.max(1, current / BRAKING);
        knot(now, 0);
        return now;
    }

    /** The rest of the day's way, to the metre. */
    private double arrive(double from, double current, double cruise) {
        double now = from;
        double left = goal - metres[knots - 1];
        double pace = current;
        if (current == 0) {
            pace = Math.min(cruise, Math.sqrt(2 * left * ACCELERATION * BRAKING / (ACCELERATION + BRAKING)));
            now += pace / ACCELERATION;
            knot(now, pace);
            left = goal - metres[knots - 1];
        }
        now += Math.max(0, (left - braking(pace)) / pace);
        knot(now, pace);
        now += pace / BRAKING;
        knot(now, 0);
        metres[knots - 1] = goal;
        return now;
    }

    /** 22:00 to 06:00 in China. */
    private boolean night(double second) {
        double hour = (startSecond + second) / 3_600 % 24;
        return hour >= 22 || hour < 6;
    }

    private static double braking(double metresASecond) {
        return metresASecond * metresASecond / (2 * BRAKING);
    }

    private void knot(double at, double metresASecond) {
        if (knots > 0 && at <= time[knots - 1]) {
            return;
        }
        if (knots == time.length) {
            time = Arrays.copyOf(time, 2 * knots);
            speed = Arrays.copyOf(speed, 2 * knots);
            metres = Arrays.copyOf(metres, 2 * knots);
        }
        time[knots] = at;
        speed[knots] = metresASecond;
        metres[knots] =
                knots == 0 ? 0 : metres[knots - 1] + (at - time[knots - 1]) * (metresASecond + speed[knots - 1]) / 2;
        knots++;
    }

    /** The stretch that holds {@code second}. A day is mostly asked for second by second, so the last answer or the next one is tried first. */
    private int segment(double second) {
        int i = lastAsked;
        if (second < time[i] || second >= time[i + 1]) {
            i++;
            if (i > knots - 2 || second < time[i] || second >= time[i + 1]) {
                int found = Arrays.binarySearch(time, 0, knots, second);
                i = Math.clamp(found >= 0 ? found : -found - 2, 0, knots - 2);
            }
            lastAsked = i;
        }
        return i;
    }

    /** Metres a second at {@code second} of the day. */
    double speed(double second) {
        int i = segment(second);
        return speed[i] + (speed[i + 1] - speed[i]) * (second - time[i]) / (time[i + 1] - time[i]);
    }

    /** Metres driven since the start of the day. */
    double metres(double second) {
        int i = segment(second);
        double dt = second - time[i];
        double slope = (speed[i + 1] - speed[i]) / (time[i + 1] - time[i]);
        return Math.min(goal, metres[i] + dt * (speed[i] + slope * dt / 2));
    }

    /** Metres of the whole day, as drawn beforehand. */
    int dayMetres() {
        return goal;
    }

    /** Whether the engine runs: on in a drive and at its short stops. */
    boolean ignition(double second) {
        int i = segment(second);
        return speed[i] > 0 || speed[i + 1] > 0 || time[i + 1] - time[i] < 600;
    }
}
