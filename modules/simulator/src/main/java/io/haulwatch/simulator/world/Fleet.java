package io.haulwatch.simulator.world;

import io.haulwatch.model.register.VehicleClass;

/** Who owns which truck and what kind it is, as a pure function of the seed. Trucks count from 0, companies from 0. */
public final class Fleet {
    private final RoadNetwork network;
    private final long seed;
    private final int size;
    private final int companies;
    /** First truck of each company, and the size at the end. */
    private final int[] firstTruck;

    private final int[] companyHome;

    /** @param size trucks; companies follow at the real centre's ratio, 15 for a thousand */
    public Fleet(RoadNetwork network, long seed, int size) {
        if (size < 1 || size > 1_000_000) {
            throw new IllegalArgumentException("a fleet has 1 to 1,000,000 trucks: size=" + size);
        }
        this.network = network;
        this.seed = seed;
        this.size = size;
        companies = Math.max(1, Math.round(size * 15 / 1000f));
        double[] share = new double[companies];
        double sum = 0;
        for (int c = 0; c < companies; c++) {
            // Few large companies, many small ones.
            double unit = Chance.unit(seed, c, 11, 0);
            share[c] = 0.25 + 3 * unit * unit * unit;
            sum += share[c];
        }
        firstTruck = new int[companies + 1];
        companyHome = new int[companies];
        double reached = 0;
        for (int c = 0; c < companies; c++) {
            firstTruck[c] = (int) Math.round(reached / sum * size);
            reached += share[c];
            companyHome[c] = network.cityByWeight(Chance.unit(seed, c, 12, 0));
        }
        firstTruck[companies] = size;
    }

    RoadNetwork network() {
        return network;
    }

    public int size() {
        return size;
    }

    public int companies() {
        return companies;
    }

    /** The company that owns a truck. */
    public int company(int truck) {
        int low = 0;
        int high = companies;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (firstTruck[middle] <= truck) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The city where a company is registered. */
    public City companyCity(int company) {
        return RoadNetwork.CITIES.get(companyHome[company]);
    }

    /** City index that a truck lives near: mostly its company's, else where the freight took it. */
    int home(int truck) {
        return Chance.unit(seed, truck, 13, 0) < 0.45
                ? companyHome[company(truck)]
                : network.cityByWeight(Chance.unit(seed, truck, 13, 1));
    }

    /** Most are general freight or articulated; one in twelve carries dangerous goods. */
    public VehicleClass vehicleClass(int truck) {
        double dice = Chance.unit(seed, truck, 14, 0);
        if (dice < 0.085) {
            return VehicleClass.DANGEROUS_GOODS;
        }
        if (dice < 0.095) {
            return VehicleClass.OVERSIZE;
        }
        return dice < 0.55 ? VehicleClass.TRAILER : VehicleClass.GENERAL;
    }

    /** The class limit that the fleet's honest drivers keep to, km/h; the same as the standard profile's. */
    public static int limitKmh(VehicleClass vehicleClass) {
        return switch (vehicleClass) {
            case GENERAL, TRAILER -> 90;
            case DANGEROUS_GOODS -> 80;
            case OVERSIZE -> 60;
        };
    }
}
