package io.haulwatch.simulator.world;

import io.haulwatch.model.register.VehicleClass;
import java.util.Arrays;

/**
 * One truck's day as a curve of speed over time: knots joined by straight lines, so that distance is exact at any instant. The
 * truck leaves its yard, turns round half-way of the day's distance and is back at the end.
 */
final class DayPlan {
    static final double DAY_SECONDS = 86_400;

    private static final double ACCELERATION = 0.45;
    private static final double BRAKING = 0.8;

    private double[] time = new double[192];
    private double[] speed = new double[192];
    private double[] metres = new double[192];
    private int knots;
    private final double highestMetres;

    /**
     * @param truck number of the truck
     * @param day number of the truck's own day
     * @param limitKmh limit of its class; an honest driver stays below
     * @param mostMetres longest distance out and back
     */
    DayPlan(long seed, int truck, long day, Temper temper, VehicleClass vehicleClass, int limitKmh, double mostMetres) {
        highestMetres = mostMetres;
        knot(0, 0);
        boolean working = Chance.unit(seed, truck, day, 31) < 0.9;
        boolean tiring = Chance.unit(seed, truck, day, 32) < temper.tiringDay();
        int tiringDrive = Chance.below(2, seed, truck, day, 33);
        double now = 600 + 5_400 * Chance.unit(seed, truck, day, 34);
        double drivenSeconds = 0;
        for (int drive = 0; working && drive < 5 && now < DAY_SECONDS - 9_000; drive++) {
            boolean tires = tiring && drive == tiringDrive;
            double seconds = tires
                    ? 14_700 + 3_600 * Chance.unit(seed, truck, day, 40 + drive)
                    : 5_400 + 7_800 * Chance.unit(seed, truck, day, 40 + drive);
            // An honest driver keeps under 8 hours in 24, with room for yesterday's tail.
            if (!tires && drivenSeconds + seconds > 26_400) {
                break;
            }
            seconds = Math.min(seconds, DAY_SECONDS - 3_000 - now);
            if (metres[knots - 1] >= mostMetres - 20_000) {
                break;
            }
            now = drive(seed, truck, day * 8 + drive, now, seconds, temper, limitKmh, vehicleClass);
            drivenSeconds += seconds;
            now += 1_500 + 3_300 * Chance.unit(seed, truck, day, 50 + drive);
            knot(now, 0);
        }
        knot(DAY_SECONDS, 0);
        time = Arrays.copyOf(time, knots);
        speed = Arrays.copyOf(speed, knots);
        metres = Arrays.copyOf(metres, knots);
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
        double cruise = limitKmh / 3.6 * (honest + 0.13 * Chance.unit(seed, truck, drive, 60));
        double speedingChance = temper.speedingADay() / 80;
        knot(now, 0);
        for (int step = 0; now < end - 240 && metres[knots - 1] < highestMetres - 4_000; step++) {
            double dice = Chance.unit(seed, truck, drive, 1_000 + step);
            double size = Chance.unit(seed, truck, drive, 3_000 + step);
            double target;
            double hold;
            if (dice < speedingChance) {
                target = limitKmh / 3.6 * (1.04 + 0.36 * size * size);
                hold = 40 + 240 * Chance.unit(seed, truck, drive, 5_000 + step);
            } else if (dice > 0.985) {
                // A toll gate or a light: a stop far below a rest.
                target = 0;
                hold = 15 + 70 * size;
            } else {
                target = Math.min(cruise * (0.88 + 0.17 * size), limitKmh / 3.6 * 0.965);
                hold = 110 + 260 * Chance.unit(seed, truck, drive, 7_000 + step);
            }
            double change = Math.abs(target - current) / (target > current ? ACCELERATION : BRAKING);
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

    private int segment(double second) {
        int i = Arrays.binarySearch(time, second);
        int low = i >= 0 ? i : -i - 2;
        return Math.clamp(low, 0, knots - 2);
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
        return metres[i] + dt * (speed[i] + slope * dt / 2);
    }

    /** Metres of the whole day. */
    double dayMetres() {
        return metres[knots - 1];
    }

    /** Whether the engine runs: on in a drive and at its short stops. */
    boolean ignition(double second) {
        int i = segment(second);
        return speed[i] > 0 || speed[i + 1] > 0 || time[i + 1] - time[i] < 600;
    }
}
