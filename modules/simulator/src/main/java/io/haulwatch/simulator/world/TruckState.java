package io.haulwatch.simulator.world;

/** What a terminal would report of a truck at one instant; reused by its caller. */
public final class TruckState {
    double latitude;
    double longitude;
    double speedKmh;
    double headingDeg;
    int altitudeMetres;
    long mileageMetres;
    boolean ignition;
    boolean received;
    boolean misplaced;
    int satellites;

    /** Degrees WGS84, with the receiver's noise. */
    public double latitude() {
        return latitude;
    }

    /** Degrees WGS84, with the receiver's noise. */
    public double longitude() {
        return longitude;
    }

    public double speedKmh() {
        return speedKmh;
    }

    public double headingDeg() {
        return headingDeg;
    }

    public int altitudeMetres() {
        return altitudeMetres;
    }

    /** Odometer since the truck was built. */
    public long mileageMetres() {
        return mileageMetres;
    }

    public boolean ignition() {
        return ignition;
    }

    /** False in a tunnel: the terminal reports nothing then. */
    public boolean received() {
        return received;
    }

    /** True for the rare fix that lies kilometres off. */
    public boolean misplaced() {
        return misplaced;
    }

    public int satellites() {
        return satellites;
    }
}
