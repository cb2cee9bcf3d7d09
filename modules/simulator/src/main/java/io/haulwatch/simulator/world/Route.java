package io.haulwatch.simulator.world;

import java.util.List;

/** The way that a truck takes out and back: roads joined end to end, from its yard. Distances are metres from the yard. */
final class Route {
    private final Road[] roads;
    private final boolean[] reversed;
    /** Distance of the yard from the start of the first road, in the direction of travel. */
    private final double offset;

    private final double[] ends;

    /** @param home city index that the truck lives near; the route is at least {@code metres} long */
    Route(RoadNetwork network, long seed, int truck, int home, double metres) {
        List<Road> first = network.roadsFrom(home);
        Road road = first.get(Chance.below(first.size(), seed, truck, 21, 0));
        boolean backwards = road.to() == home;
        // Yards lie within the first third of the road, so that fleets spread along it.
        offset = road.length() * 0.33 * Chance.unit(seed, truck, 22, 0);
        Road[] path = new Road[16];
        boolean[] turned = new boolean[16];
        double[] reach = new double[16];
        int n = 0;
        double sum = -offset;
        while (true) {
            path[n] = road;
            turned[n] = backwards;
            sum += road.length();
            reach[n] = sum;
            n++;
            if (sum >= metres || n == path.length) {
                break;
            }
            int city = backwards ? road.from() : road.to();
            List<Road> next = network.roadsFrom(city);
            Road chosen = next.get(Chance.below(next.size(), seed, truck, 23, n));
            if (chosen == road && next.size() > 1) {
                chosen = next.get((next.indexOf(chosen) + 1) % next.size());
            }
            backwards = chosen.to() == city;
            road = chosen;
        }
        roads = java.util.Arrays.copyOf(path, n);
        reversed = java.util.Arrays.copyOf(turned, n);
        ends = java.util.Arrays.copyOf(reach, n);
    }

    void at(double metres, Road.Place out) {
        int i = 0;
        while (i < ends.length - 1 && ends[i] < metres) {
            i++;
        }
        double within = i == 0 ? metres + offset : metres - ends[i - 1];
        Road road = roads[i];
        if (reversed[i]) {
            road.at(road.length() - within, out);
            out.headingDeg = (out.headingDeg + 180) % 360;
        } else {
            road.at(within, out);
        }
    }
}
