package io.haulwatch.geo.zone;

import io.haulwatch.model.register.ReferenceSet.Zone;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;

/**
 * All zones compiled to a grid: a cell knows the zones that cover it whole, and only for zones whose border runs through it is the exact
 * test made, against the few edges that matter there. A place on a border is inside.
 *
 * <p>Outlines are whole numbers of 10⁻⁷ degree and the test is in whole numbers too, so it is exact and the same everywhere. Two levels:
 * coarse cells of 2²⁰ units (some 10 km), and below those that a border crosses, 16 × 16 fine cells (some 700 m). Immutable; a look-up
 * allocates nothing.
 */
public final class ZoneIndex {
    static final int COARSE_SHIFT = 20;
    static final int FINE_SHIFT = 16;
    static final int FINE_PER_COARSE = 1 << (COARSE_SHIFT - FINE_SHIFT);
    static final int FINE_CELLS = FINE_PER_COARSE * FINE_PER_COARSE;

    /** Kinds of an entry in a cell's list. */
    static final int COVERS = 0;

    static final int POLYGON_BORDER = 1;
    static final int CIRCLE_BORDER = 2;

    private static final int UNITS_PER_MICRODEG = 10;
    private static final int SECONDS_PER_DAY = 86_400;

    private final Zone[] zones;
    private final int[] company;
    private final int[] limitDeciKmh;
    private final boolean[] school;
    private final long[] effectiveFrom;
    private final long[] effectiveTo;
    private final int[] windowStart;
    private final int[] windowEnd;
    private final Circle[] circles;

    private final int west;
    private final int south;
    private final int columns;
    private final int rows;
    private final int[] coarse;
    private final long[] touched;
    private final int[] fine;
    private final int[] lists;
    private final int mostHits;

    private ZoneIndex(Zone[] zones, ZoneGrid grid) {
        this.zones = zones;
        this.circles = grid.circles();
        int count = zones.length;
        company = new int[count];
        limitDeciKmh = new int[count];
        school = new boolean[count];
        effectiveFrom = new long[count];
        effectiveTo = new long[count];
        windowStart = new int[count];
        windowEnd = new int[count];
        for (int i = 0; i < count; i++) {
            Zone zone = zones[i];
            company[i] = zone.companyId();
            limitDeciKmh[i] = zone.limitKmh() * 10;
            school[i] = zone.kind().toLowerCase(Locale.ROOT).equals("school");
            effectiveFrom[i] = zone.effectiveFrom();
            effectiveTo[i] = zone.effectiveTo();
            LocalTime start = zone.windowStart();
            LocalTime end = zone.windowEnd();
            windowStart[i] = start == null || end == null ? 0 : start.toSecondOfDay();
            windowEnd[i] = start == null || end == null ? SECONDS_PER_DAY : end.toSecondOfDay();
        }
        west = grid.west;
        south = grid.south;
        columns = grid.columns;
        rows = grid.rows;
        coarse = grid.coarse;
        touched = grid.touched();
        fine = grid.fine();
        lists = grid.lists();
        mostHits = grid.mostHits;
    }

    /**
     * Compiles zones; takes a tenth of a second for thousands, so off the hot path.
     *
     * @throws IllegalArgumentException if a ring has fewer than three points; what else makes an outline sensible is for
     *     {@link ZoneOutline#problem}
     */
    public static ZoneIndex of(List<Zone> zones) {
        Zone[] rows = zones.toArray(Zone[]::new);
        return new ZoneIndex(rows, new ZoneGrid(rows));
    }

    /** Zones in the index; {@link #find} speaks of them as 0 to this number less one. */
    public int size() {
        return zones.length;
    }

    /** Most zones that {@link #find} can ever give; the length of the array to call it with. */
    public int mostHits() {
        return mostHits;
    }

    /** The zone that {@link #find} speaks of as {@code index}. */
    public Zone zone(int index) {
        return zones[index];
    }

    /** Limit inside, 0.1 km/h, 0 for none. */
    public int limitDeciKmh(int index) {
        return limitDeciKmh[index];
    }

    /** Whether it is a school zone. */
    public boolean school(int index) {
        return school[index];
    }

    /**
     * Whether a zone counts for a vehicle at a time: its company, its time of effect, its daily window.
     *
     * @param companyId of the vehicle
     * @param deviceMillis ms since 1970 UTC
     * @param secondOfDay the same instant as local second of the day
     */
    public boolean applies(int index, int companyId, long deviceMillis, int secondOfDay) {
        if (deviceMillis < effectiveFrom[index]
                || deviceMillis >= effectiveTo[index]
                || (company[index] != 0 && company[index] != companyId)) {
            return false;
        }
        int from = windowStart[index];
        int to = windowEnd[index];
        return from <= to ? secondOfDay >= from && secondOfDay < to : secondOfDay >= from || secondOfDay < to;
    }

    /**
     * The zones around a place, whatever their company and time; see {@link #applies}.
     *
     * @param latitudeMicrodeg WGS84, 10⁻⁶ degree
     * @param hits takes the zones' indexes, ascending; at least {@link #mostHits} long
     * @return how many
     */
    public int find(int latitudeMicrodeg, int longitudeMicrodeg, int[] hits) {
        if (longitudeMicrodeg < -180_000_000
                || longitudeMicrodeg > 180_000_000
                || latitudeMicrodeg < -90_000_000
                || latitudeMicrodeg > 90_000_000) {
            return 0;
        }
        return findUnits(latitudeMicrodeg * UNITS_PER_MICRODEG, longitudeMicrodeg * UNITS_PER_MICRODEG, hits);
    }

    /**
     * Reads the cells of a place, so that they are in the cache when it is looked up.
     *
     * @return nothing of meaning, but to be kept, or the reads would be optimised away
     */
    public long touch(int latitudeMicrodeg, int longitudeMicrodeg) {
        long dx = (long) longitudeMicrodeg * UNITS_PER_MICRODEG - west;
        long dy = (long) latitudeMicrodeg * UNITS_PER_MICRODEG - south;
        long column = dx >> COARSE_SHIFT;
        long row = dy >> COARSE_SHIFT;
        if (column < 0 || column >= columns || row < 0 || row >= rows) {
            return 0;
        }
        int cell = coarse[(int) row * columns + (int) column];
        return cell > 0 ? touched[((cell - 1) * FINE_CELLS + fineCell(dx, dy)) >>> 6] : cell;
    }

    private static int fineCell(long dx, long dy) {
        return ((int) (dy >> FINE_SHIFT) & (FINE_PER_COARSE - 1)) * FINE_PER_COARSE
                + ((int) (dx >> FINE_SHIFT) & (FINE_PER_COARSE - 1));
    }

    int findUnits(int latitude, int longitude, int[] hits) {
        // In longs, because a place far outside lies more than an int away from the grid's corner.
        long dx = (long) longitude - west;
        long dy = (long) latitude - south;
        long column = dx >> COARSE_SHIFT;
        long row = dy >> COARSE_SHIFT;
        if (column < 0 || column >= columns || row < 0 || row >= rows) {
            return 0;
        }
        int cell = coarse[(int) row * columns + (int) column];
        if (cell > 0) {
            // Most fine cells are empty, and one bit each stays in the cache where a number each does not.
            int block = (cell - 1) * FINE_CELLS + fineCell(dx, dy);
            if ((touched[block >>> 6] >>> block & 1) == 0) {
                return 0;
            }
            cell = fine[block];
        }
        return cell == 0 ? 0 : read(-cell, latitude, longitude, hits);
    }

    private int read(int at, int latitude, int longitude, int[] hits) {
        int[] list = lists;
        int entries = list[at++];
        int count = 0;
        for (int i = 0; i < entries; i++) {
            int head = list[at++];
            int kind = head & 3;
            boolean inside = true;
            if (kind == POLYGON_BORDER) {
                int shape = list[at++];
                int edges = shape >>> 1;
                inside = insideNearBorder(list, at, edges, (shape & 1) != 0, latitude, longitude);
                at += edges * 4;
            } else if (kind == CIRCLE_BORDER) {
                inside = circles[head >>> 2].contains(latitude, longitude);
            }
            if (inside) {
                hits[count++] = head >>> 2;
            }
        }
        return count;
    }

    /** Counts the edges that a ray to the east crosses, after {@code odd} edges that every ray of the cell does; border is inside. */
    private static boolean insideNearBorder(int[] list, int at, int edges, boolean odd, int y, int x) {
        boolean inside = odd;
        for (int end = at + edges * 4; at < end; at += 4) {
            int y1 = list[at + 1];
            int y2 = list[at + 3];
            if ((y1 > y && y2 > y) || (y1 < y && y2 < y)) {
                continue;
            }
            int x1 = list[at];
            int x2 = list[at + 2];
            long side = ((long) x2 - x1) * ((long) y - y1) - ((long) x - x1) * ((long) y2 - y1);
            if (side == 0 && x >= Math.min(x1, x2) && x <= Math.max(x1, x2)) {
                return true;
            }
            boolean up = y2 > y;
            if (up != (y1 > y) && (up ? side > 0 : side < 0)) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** A circle on the local plane at its centre. */
    record Circle(
            int latitude, int longitude, double metresPerUnitEast, double metresPerUnitNorth, double radiusMetres) {
        boolean contains(int latitudeUnits, int longitudeUnits) {
            double dx = ((double) longitudeUnits - longitude) * metresPerUnitEast;
            double dy = ((double) latitudeUnits - latitude) * metresPerUnitNorth;
            return dx * dx + dy * dy <= radiusMetres * radiusMetres;
        }
    }
}
