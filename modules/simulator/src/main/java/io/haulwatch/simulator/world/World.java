package io.haulwatch.simulator.world;

import io.haulwatch.model.register.VehicleClass;
import java.util.Arrays;

/**
 * Where each truck is at each instant. A pure function of (seed, truck, device time); what it keeps is only a memory of the last
 * day plans. One thread.
 */
public final class World {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long CHINA_MILLIS = 8 * 3_600_000L;
    /** Day from which odometers are counted, days since 1970: any would do. */
    private static final long FIRST_DAY = 19_200;

    private final RoadNetwork network;
    private final Fleet fleet;
    private final long seed;
    private final Temper temper;
    private final Route[] routes;
    private final DayPlan[] plans;
    private final long[] planDays;
    private final long[] shifts;
    private final long[] odometerDays;
    private final long[] odometers;
    private final Road.Place place = new Road.Place();

    public World(Fleet fleet, long seed, Temper temper) {
        this.fleet = fleet;
        this.network = fleet.network();
        this.seed = seed;
        this.temper = temper;
        routes = new Route[fleet.size()];
        plans = new DayPlan[fleet.size()];
        planDays = new long[fleet.size()];
        shifts = new long[fleet.size()];
        Arrays.setAll(shifts, this::shift);
        odometerDays = new long[fleet.size()];
        odometers = new long[fleet.size()];
        Arrays.fill(odometerDays, FIRST_DAY);
    }

    /** The roads under the trucks. */
    public RoadNetwork network() {
        return network;
    }

    /** Whose trucks they are and of which kind. */
    public Fleet fleet() {
        return fleet;
    }

    /** How fast a truck really is at {@code millis}, ms since 1970 UTC. */
    public double speedKmh(int truck, long millis) {
        return plan(truck, day(truck, millis)).speed(second(truck, millis)) * 3.6;
    }

    /** Whether a truck's engine runs at {@code millis}: in a drive and at its short stops. */
    public boolean ignition(int truck, long millis) {
        return plan(truck, day(truck, millis)).ignition(second(truck, millis));
    }

    /** Where on its road a truck really is at {@code millis}, and which way it looks. */
    public void place(int truck, long millis, Road.Place out) {
        DayPlan plan = plan(truck, day(truck, millis));
        double driven = plan.metres(second(truck, millis));
        double whole = plan.dayMetres();
        boolean back = driven > whole / 2;
        route(truck).at(back ? whole - driven : driven, out);
        if (back) {
            out.headingDeg = (out.headingDeg + 180) % 360;
        }
    }

    /** Fills {@code out} with what the truck's terminal knows at {@code millis}, ms since 1970 UTC. */
    public void at(int truck, long millis, TruckState out) {
        long day = day(truck, millis);
        double second = second(truck, millis);
        DayPlan plan = plan(truck, day);
        place(truck, millis, place);
        double heading = place.headingDeg;
        double speed = plan.speed(second);

        // Lanes lie to the right of the middle line; the receiver wanders slowly by a few metres.
        double phase = 2 * Math.PI * Chance.unit(seed, truck, 71, 0);
        double wander = speed > 0 ? 3.0 : 1.5;
        double lane = Math.toRadians(heading + 90);
        double north = 6 * Math.cos(lane) + wander * Math.sin(second / 47 + phase);
        double east = 6 * Math.sin(lane) + wander * Math.cos(second / 61 + 2 * phase);
        out.misplaced = false;
        long tick = Math.floorDiv(millis, 10_000);
        if (speed > 5 && Chance.unit(seed, truck, tick, 72) < 0.00004) {
            out.misplaced = true;
            north += 2_500;
        }
        out.latitude = place.latitude + north / Road.METRES_PER_DEGREE;
        out.longitude = place.longitude + east / (Road.METRES_PER_DEGREE * Math.cos(Math.toRadians(place.latitude)));
        out.speedKmh = speed * 3.6;
        out.headingDeg = heading;
        out.altitudeMetres = (int) (260 + 180 * Math.sin(place.latitude * 3.1) + 160 * Math.sin(place.longitude * 2.3));
        out.mileageMetres = odometer(truck, day) + (long) plan.metres(second);
        out.ignition = plan.ignition(second);
        // Tunnels: some minutes of the day hold 30 to 90 seconds without a report.
        long tenMinutes = Math.floorDiv(millis, 600_000);
        double tunnel = Chance.unit(seed, truck, tenMinutes, 73);
        double within = Math.floorMod(millis, 600_000) / 1000.0;
        out.received = !(speed > 5 && tunnel < 0.02 && within > 120 && within < 150 + 3_000 * tunnel);
        out.satellites = 9 + Chance.below(10, seed, truck, tick, 74);
    }

    /** Start of the truck's own day, ms after midnight UTC: most leave their yard in the small hours of China. */
    private long shift(int truck) {
        double dice = Chance.unit(seed, truck, 75, 0);
        double hours = dice < 0.6 ? 19.5 + 4.5 * Chance.unit(seed, truck, 75, 1) : 24 * Chance.unit(seed, truck, 75, 2);
        return (long) (hours * 3_600_000);
    }

    /** Odometer at the start of the truck's day, metres: what it had before, and every day's way since. */
    private long odometer(int truck, long day) {
        int limit = Fleet.limitKmh(fleet.vehicleClass(truck));
        while (odometerDays[truck] < day) {
            odometers[truck] += DayPlan.metres(seed, truck, odometerDays[truck]++, temper, limit);
        }
        while (odometerDays[truck] > day) {
            odometers[truck] -= DayPlan.metres(seed, truck, --odometerDays[truck], temper, limit);
        }
        return 20_000_000L + (long) (Chance.unit(seed, truck, 76, 0) * 100_000_000L) + odometers[truck];
    }

    private long day(int truck, long millis) {
        return Math.floorDiv(millis - shifts[truck], DAY_MILLIS);
    }

    private double second(int truck, long millis) {
        return Math.floorMod(millis - shifts[truck], DAY_MILLIS) / 1000.0;
    }

    private Route route(int truck) {
        Route route = routes[truck];
        if (route == null) {
            route = new Route(network, seed, truck, fleet.home(truck), DayPlan.MOST_METRES / 2.0);
            routes[truck] = route;
        }
        return route;
    }

    private DayPlan plan(int truck, long day) {
        DayPlan plan = plans[truck];
        if (plan == null || planDays[truck] != day) {
            plan = newPlan(truck, day);
            plans[truck] = plan;
            planDays[truck] = day;
        }
        return plan;
    }

    private DayPlan newPlan(int truck, long day) {
        VehicleClass vehicleClass = fleet.vehicleClass(truck);
        double startSecond = Math.floorMod(shifts[truck] + CHINA_MILLIS, DAY_MILLIS) / 1_000.0;
        return new DayPlan(seed, truck, day, temper, vehicleClass, Fleet.limitKmh(vehicleClass), startSecond);
    }
}
