package io.haulwatch.simulator.world;

import io.haulwatch.model.register.VehicleClass;

/**
 * Where each truck is at each instant. A pure function of (seed, truck, device time); what it keeps is only a memory of the last
 * day plans. One thread.
 */
public final class World {
    private static final long DAY_MILLIS = 86_400_000L;
    private static final double MOST_OUT_METRES = 420_000;

    private final RoadNetwork network;
    private final Fleet fleet;
    private final long seed;
    private final Temper temper;
    private final Route[] routes;
    private final DayPlan[] plans;
    private final long[] planDays;
    private final long[] mileageDays;
    private final double[] mileageAtDayStart;
    private final Road.Place place = new Road.Place();

    public World(Fleet fleet, long seed, Temper temper) {
        this.fleet = fleet;
        this.network = fleet.network();
        this.seed = seed;
        this.temper = temper;
        routes = new Route[fleet.size()];
        plans = new DayPlan[fleet.size()];
        planDays = new long[fleet.size()];
        mileageDays = new long[fleet.size()];
        mileageAtDayStart = new double[fleet.size()];
    }

    /** The roads under the trucks. */
    public RoadNetwork network() {
        return network;
    }

    /** Fills {@code out} with the truck's state at {@code millis}, ms since 1970 UTC. */
    public void at(int truck, long millis, TruckState out) {
        long shift = shift(truck);
        long day = Math.floorDiv(millis - shift, DAY_MILLIS);
        double second = Math.floorMod(millis - shift, DAY_MILLIS) / 1000.0;
        DayPlan plan = plan(truck, day);
        Route route = route(truck);
        double driven = plan.metres(second);
        double whole = plan.dayMetres();
        boolean back = driven > whole / 2;
        route.at(back ? whole - driven : driven, place);
        double heading = back ? (place.headingDeg + 180) % 360 : place.headingDeg;
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
        out.mileageMetres = mileage(truck, day) + (long) driven;
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

    /**
     * Odometer at the start of the truck's day. Days are added up from the start of a block of 32; what came before counts as a
     * round sum, so the odometer skips forward once a block, as if the truck had been lent out.
     */
    private long mileage(int truck, long day) {
        long block = Math.floorDiv(day, 32);
        if (mileageDays[truck] != day) {
            boolean onward = mileageDays[truck] == day - 1 && Math.floorDiv(day - 1, 32) == block;
            double sum = onward ? mileageAtDayStart[truck] : 0;
            for (long d = onward ? day - 1 : block * 32; d < day; d++) {
                sum += newPlan(truck, d).dayMetres();
            }
            mileageAtDayStart[truck] = sum;
            mileageDays[truck] = day;
        }
        return 20_000_000L
                + (long) (Chance.unit(seed, truck, 76, 0) * 100_000_000L)
                + Math.max(0, block - 600) * 20_000_000L
                + (long) mileageAtDayStart[truck];
    }

    private Route route(int truck) {
        Route route = routes[truck];
        if (route == null) {
            route = new Route(network, seed, truck, fleet.home(truck), MOST_OUT_METRES + 5_000);
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
        double most = 2 * Math.min(MOST_OUT_METRES, route(truck).length());
        return new DayPlan(seed, truck, day, temper, vehicleClass, Fleet.limitKmh(vehicleClass), most);
    }
}
