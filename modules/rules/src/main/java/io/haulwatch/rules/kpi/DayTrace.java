package io.haulwatch.rules.kpi;

import io.haulwatch.geo.earth.Wgs84;
import io.haulwatch.model.report.FixChecks;

/**
 * Folds a truck's positions of a day, in their order, into what the indicators count of them. One object serves any number of days
 * ({@link #begin}); nothing is allocated for a position. Points that drifted are no part of the way that was driven: otherwise a
 * receiver gone wrong would drive thousands of complete kilometres (own convention).
 */
public final class DayTrace {
    private static final int HIGHEST_METRES = 6_500;
    private static final int LOWEST_METRES = -200;
    private static final int FULL_CIRCLE = 360;

    private final KpiParameters parameters;

    private int received;
    private int qualified;
    private int drifts;
    private int offlineMoves;
    private double totalMetres;
    private double gapMetres;

    private boolean hasGood;
    private long goodMillis;
    private int goodLat;
    private int goodLon;
    private boolean goodEngine;

    private boolean hasPending;
    private long pendingMillis;
    private int pendingLat;
    private int pendingLon;
    private boolean pendingEngine;

    public DayTrace(KpiParameters parameters) {
        this.parameters = parameters;
    }

    /** Forgets the day before. */
    public void begin() {
        received = 0;
        qualified = 0;
        drifts = 0;
        offlineMoves = 0;
        totalMetres = 0;
        gapMetres = 0;
        hasGood = false;
        hasPending = false;
    }

    /**
     * One position.
     *
     * @param deviceMillis not before the one before it
     * @param altitudeMetres as the terminal says
     * @param speedDeciKmh 0.1 km/h
     * @param headingDeg 0 to 359
     * @param engine ACC on
     */
    public void position(
            long deviceMillis,
            int latitudeMicrodeg,
            int longitudeMicrodeg,
            int altitudeMetres,
            int speedDeciKmh,
            int headingDeg,
            boolean engine) {
        received++;
        if (!isQualified(latitudeMicrodeg, longitudeMicrodeg, altitudeMetres, speedDeciKmh, headingDeg)) {
            return;
        }
        qualified++;
        if (hasPending) {
            settle(deviceMillis, latitudeMicrodeg, longitudeMicrodeg);
        }
        hasPending = true;
        pendingMillis = deviceMillis;
        pendingLat = latitudeMicrodeg;
        pendingLon = longitudeMicrodeg;
        pendingEngine = engine;
    }

    /** Records that came and could not be read as a position of this day. */
    public void unreadable(int count) {
        received += count;
    }

    /** The day is over: the last point has no neighbour behind it and is believed. */
    public void end() {
        if (hasPending) {
            step();
        }
        hasPending = false;
    }

    /**
     * Whether a record passes the checks of plausibility (JT/T 809-2011 4.5.8): in the area, 0 to 160 km/h, −200 to 6,500 m, a heading
     * of the circle.
     */
    public static boolean isQualified(
            int latitudeMicrodeg, int longitudeMicrodeg, int altitudeMetres, int speedDeciKmh, int headingDeg) {
        return FixChecks.inArea(latitudeMicrodeg, longitudeMicrodeg)
                && speedDeciKmh >= 0
                && speedDeciKmh <= FixChecks.MAX_SPEED_DECIKMH
                && altitudeMetres >= LOWEST_METRES
                && altitudeMetres <= HIGHEST_METRES
                && headingDeg >= 0
                && headingDeg <= FULL_CIRCLE;
    }

    /** The pending point has both neighbours now: it drifted, or it is the next step of the way. */
    private void settle(long nextMillis, int nextLat, int nextLon) {
        if (hasGood && drifted(nextMillis, nextLat, nextLon)) {
            drifts++;
            return;
        }
        step();
    }

    private boolean drifted(long nextMillis, int nextLat, int nextLon) {
        double before = Wgs84.haversineMetres(goodLat, goodLon, pendingLat, pendingLon);
        if (!goodEngine && !pendingEngine && before > parameters.driftMetres()) {
            return true;
        }
        long since = pendingMillis - goodMillis;
        long until = nextMillis - pendingMillis;
        return since > 0
                && until > 0
                && FixChecks.impliesJump(before, since, parameters.driftKmh())
                && FixChecks.impliesJump(
                        Wgs84.haversineMetres(pendingLat, pendingLon, nextLat, nextLon), until, parameters.driftKmh());
    }

    private void step() {
        if (hasGood) {
            double metres = Wgs84.haversineMetres(goodLat, goodLon, pendingLat, pendingLon);
            long millis = pendingMillis - goodMillis;
            totalMetres += metres;
            if (metres > parameters.gapMetres() && millis > parameters.gapSeconds() * 1_000L) {
                gapMetres += metres;
            }
            if (metres > parameters.offlineMetres() && millis >= parameters.offlineSeconds() * 1_000L) {
                offlineMoves++;
            }
        }
        hasGood = true;
        goodMillis = pendingMillis;
        goodLat = pendingLat;
        goodLon = pendingLon;
        goodEngine = pendingEngine;
    }

    /** Records of the day, read or not. */
    public int received() {
        return received;
    }

    /** Records that pass the checks. */
    public int qualified() {
        return qualified;
    }

    /** Points that drifted. */
    public int drifts() {
        return drifts;
    }

    /** Absences during which the truck went far. */
    public int offlineMoves() {
        return offlineMoves;
    }

    /** Metres between points, gaps as straight lines. */
    public double totalMetres() {
        return totalMetres;
    }

    /** Metres of gaps. */
    public double gapMetres() {
        return gapMetres;
    }
}
