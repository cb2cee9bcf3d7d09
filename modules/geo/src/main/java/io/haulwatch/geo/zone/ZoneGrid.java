package io.haulwatch.geo.zone;

import static io.haulwatch.geo.zone.ZoneIndex.CIRCLE_BORDER;
import static io.haulwatch.geo.zone.ZoneIndex.COARSE_SHIFT;
import static io.haulwatch.geo.zone.ZoneIndex.COVERS;
import static io.haulwatch.geo.zone.ZoneIndex.FINE_CELLS;
import static io.haulwatch.geo.zone.ZoneIndex.FINE_PER_COARSE;
import static io.haulwatch.geo.zone.ZoneIndex.FINE_SHIFT;
import static io.haulwatch.geo.zone.ZoneIndex.POLYGON_BORDER;

import io.haulwatch.geo.earth.Wgs84;
import io.haulwatch.geo.zone.ZoneIndex.Circle;
import io.haulwatch.model.register.ReferenceSet.Zone;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the grid of a {@link ZoneIndex}. A coarse cell is 0 (no zone), negative (minus the start of its list, the same for all of it) or
 * positive (one more than the number of its block of 256 fine cells); a fine cell is 0 or negative. A list is a number of entries, each {@code zone << 2 | kind}; a
 * polygon's border entry goes on with {@code edges << 1 | odd} and the edges as x1 y1 x2 y2.
 */
final class ZoneGrid {
    private static final int COARSE_SIZE = 1 << COARSE_SHIFT;
    private static final int FINE_SIZE = 1 << FINE_SHIFT;
    /** Circle cells closer to the rim than this part of the radius squared are tested exactly. */
    private static final double RIM = 1e-9;

    private enum Relation {
        OUTSIDE,
        BORDER,
        COVERED
    }

    int west;
    int south;
    int columns;
    int rows;
    int[] coarse = {};
    int mostHits;

    private final Shape[] shapes;
    private int[] fine = new int[1024];
    private int fineLength;
    private int[] lists = new int[1024];
    private int listsLength = 1;
    private final Map<List<Integer>, Integer> coveringLists = new HashMap<>();

    ZoneGrid(Zone[] zones) {
        shapes = Arrays.stream(zones).map(Shape::of).toArray(Shape[]::new);
        if (zones.length > 0) {
            build();
        }
    }

    /** The circles by zone, null where the zone is a polygon. */
    @Nullable
    Circle[] circles() {
        return Arrays.stream(shapes).map(shape -> shape.circle).toArray(Circle[]::new);
    }

    int[] fine() {
        return Arrays.copyOf(fine, fineLength);
    }

    /** One bit for each fine cell: whether any zone touches it. */
    long[] touched() {
        long[] bits = new long[(fineLength >>> 6) + 1];
        for (int i = 0; i < fineLength; i++) {
            if (fine[i] != 0) {
                bits[i >>> 6] |= 1L << i;
            }
        }
        return bits;
    }

    int[] lists() {
        return Arrays.copyOf(lists, listsLength);
    }

    private void build() {
        west = Integer.MAX_VALUE;
        south = Integer.MAX_VALUE;
        int east = Integer.MIN_VALUE;
        int north = Integer.MIN_VALUE;
        for (Shape shape : shapes) {
            west = Math.min(west, shape.west);
            south = Math.min(south, shape.south);
            east = Math.max(east, shape.east);
            north = Math.max(north, shape.north);
        }
        columns = (int) (((long) east - west) >> COARSE_SHIFT) + 1;
        rows = (int) (((long) north - south) >> COARSE_SHIFT) + 1;
        coarse = new int[columns * rows];
        IntList[] zonesOf = zonesByCoarseCell();
        for (int cell = 0; cell < coarse.length; cell++) {
            if (zonesOf[cell] != null) {
                compile(cell, zonesOf[cell]);
            }
        }
    }

    private @Nullable IntList[] zonesByCoarseCell() {
        @Nullable IntList[] zonesOf = new IntList[coarse.length];
        for (int zone = 0; zone < shapes.length; zone++) {
            Shape shape = shapes[zone];
            int lastColumn = (int) (((long) shape.east - west) >> COARSE_SHIFT);
            int lastRow = (int) (((long) shape.north - south) >> COARSE_SHIFT);
            for (int row = (int) (((long) shape.south - south) >> COARSE_SHIFT); row <= lastRow; row++) {
                for (int column = (int) (((long) shape.west - west) >> COARSE_SHIFT); column <= lastColumn; column++) {
                    int cell = row * columns + column;
                    IntList list = zonesOf[cell];
                    if (list == null) {
                        list = new IntList();
                        zonesOf[cell] = list;
                    }
                    list.add(zone);
                }
            }
        }
        return zonesOf;
    }

    private void compile(int cell, IntList zones) {
        Cell whole = new Cell(
                (int) Math.min(Integer.MAX_VALUE, west + (long) (cell % columns) * COARSE_SIZE),
                (int) Math.min(Integer.MAX_VALUE, south + (long) (cell / columns) * COARSE_SIZE),
                COARSE_SIZE);
        Relation[] relations = new Relation[zones.length];
        boolean border = false;
        for (int i = 0; i < zones.length; i++) {
            relations[i] = shapes[zones.items[i]].relation(whole);
            border |= relations[i] == Relation.BORDER;
        }
        if (!border) {
            coarse[cell] = -list(zones, relations, whole);
            return;
        }
        int start = fineLength;
        fineLength += FINE_CELLS;
        if (fineLength > fine.length) {
            fine = Arrays.copyOf(fine, Math.max(fineLength, fine.length * 2));
        }
        coarse[cell] = start / FINE_CELLS + 1;
        Relation[][] byZone = new Relation[zones.length][];
        for (int i = 0; i < zones.length; i++) {
            byZone[i] = fineRelations(shapes[zones.items[i]], relations[i], whole);
        }
        Relation[] here = new Relation[zones.length];
        for (int at = 0; at < FINE_CELLS; at++) {
            for (int i = 0; i < here.length; i++) {
                here[i] = byZone[i][at];
            }
            fine[start + at] = -list(zones, here, fineCell(whole, at));
        }
    }

    private static Cell fineCell(Cell whole, int at) {
        return new Cell(
                whole.west + at % FINE_PER_COARSE * FINE_SIZE,
                whole.south + at / FINE_PER_COARSE * FINE_SIZE,
                FINE_SIZE);
    }

    private static Relation[] fineRelations(Shape shape, Relation ofWhole, Cell whole) {
        Relation[] relations = new Relation[FINE_CELLS];
        if (ofWhole != Relation.BORDER) {
            Arrays.fill(relations, ofWhole);
            return relations;
        }
        for (int at = 0; at < relations.length; at++) {
            Cell cell = fineCell(whole, at);
            // A cell without a border in it is what its western neighbour is, if that has none either.
            boolean follows = at % FINE_PER_COARSE != 0 && relations[at - 1] != Relation.BORDER;
            relations[at] =
                    follows && shape.circle == null && !shape.borderIn(cell) ? relations[at - 1] : shape.relation(cell);
        }
        return relations;
    }

    /** @return start of the list, 0 if it would be empty */
    private int list(IntList zones, Relation[] relations, Cell cell) {
        IntList entries = new IntList();
        int count = 0;
        boolean border = false;
        for (int i = 0; i < zones.length; i++) {
            int zone = zones.items[i];
            Shape shape = shapes[zone];
            switch (relations[i]) {
                case OUTSIDE -> {}
                case COVERED -> {
                    entries.add(zone << 2 | COVERS);
                    count++;
                }
                case BORDER -> {
                    border = true;
                    count++;
                    if (shape.circle != null) {
                        entries.add(zone << 2 | CIRCLE_BORDER);
                    } else {
                        entries.add(zone << 2 | POLYGON_BORDER);
                        shape.edgesFor(cell, entries);
                    }
                }
            }
        }
        if (count == 0) {
            return 0;
        }
        mostHits = Math.max(mostHits, count);
        if (border) {
            return append(count, entries);
        }
        int known = count;
        return coveringLists.computeIfAbsent(entries.boxed(), key -> append(known, entries));
    }

    private int append(int count, IntList entries) {
        int start = listsLength;
        int end = start + 1 + entries.length;
        if (end > lists.length) {
            lists = Arrays.copyOf(lists, Math.max(end, lists.length * 2));
        }
        lists[start] = count;
        System.arraycopy(entries.items, 0, lists, start + 1, entries.length);
        listsLength = end;
        return start;
    }

    /** A square of places, both ends included. */
    private record Cell(int west, int south, int size) {
        long east() {
            return (long) west + size - 1;
        }

        long north() {
            return (long) south + size - 1;
        }
    }

    /** Outline of a zone: edges as x1 y1 x2 y2, or a circle. */
    private static final class Shape {
        final int[] edges;
        final @Nullable Circle circle;
        final int west;
        final int south;
        final int east;
        final int north;

        private Shape(int[] edges, @Nullable Circle circle, int west, int south, int east, int north) {
            this.edges = edges;
            this.circle = circle;
            this.west = west;
            this.south = south;
            this.east = east;
            this.north = north;
        }

        static Shape of(Zone zone) {
            return zone.radiusMetres() > 0 ? ofCircle(zone) : ofPolygon(zone);
        }

        private static Shape ofCircle(Zone zone) {
            int longitude = ZoneOutline.units(zone.rings().getFirst().get(0));
            int latitude = ZoneOutline.units(zone.rings().getFirst().get(1));
            double northward = Wgs84.METRES_PER_MICRODEG / 10;
            double eastward = northward * Math.cos(Math.toRadians(latitude / ZoneOutline.UNITS_PER_DEGREE));
            int reachNorth = (int) Math.ceil(zone.radiusMetres() / northward) + 1;
            int reachEast = (int) Math.ceil(zone.radiusMetres() / eastward) + 1;
            return new Shape(
                    new int[0],
                    new Circle(latitude, longitude, eastward, northward, zone.radiusMetres()),
                    longitude - reachEast,
                    latitude - reachNorth,
                    longitude + reachEast,
                    latitude + reachNorth);
        }

        private static Shape ofPolygon(Zone zone) {
            IntList edges = new IntList();
            int west = Integer.MAX_VALUE;
            int south = Integer.MAX_VALUE;
            int east = Integer.MIN_VALUE;
            int north = Integer.MIN_VALUE;
            for (List<Double> ring : zone.rings()) {
                int points = ring.size() / 2;
                if (points < 3) {
                    throw new IllegalArgumentException(
                            "a ring has three points or more: zone=" + zone.zoneId() + ", points=" + points);
                }
                for (int i = 0; i < points; i++) {
                    int next = i + 1 == points ? 0 : i + 1;
                    int x1 = ZoneOutline.units(ring.get(2 * i));
                    int y1 = ZoneOutline.units(ring.get(2 * i + 1));
                    int x2 = ZoneOutline.units(ring.get(2 * next));
                    int y2 = ZoneOutline.units(ring.get(2 * next + 1));
                    west = Math.min(west, x1);
                    east = Math.max(east, x1);
                    south = Math.min(south, y1);
                    north = Math.max(north, y1);
                    if (x1 != x2 || y1 != y2) {
                        edges.add(x1);
                        edges.add(y1);
                        edges.add(x2);
                        edges.add(y2);
                    }
                }
            }
            return new Shape(Arrays.copyOf(edges.items, edges.length), null, west, south, east, north);
        }

        Relation relation(Cell cell) {
            if (cell.west > east || cell.east() < west || cell.south > north || cell.north() < south) {
                return Relation.OUTSIDE;
            }
            if (circle != null) {
                return circleRelation(circle, cell);
            }
            if (borderIn(cell)) {
                return Relation.BORDER;
            }
            return contains(cell.west, cell.south) ? Relation.COVERED : Relation.OUTSIDE;
        }

        private static Relation circleRelation(Circle circle, Cell cell) {
            double rim = circle.radiusMetres() * circle.radiusMetres();
            double nearX = Math.max(
                    0, Math.max(cell.west - (double) circle.longitude(), circle.longitude() - (double) cell.east()));
            double nearY = Math.max(
                    0, Math.max(cell.south - (double) circle.latitude(), circle.latitude() - (double) cell.north()));
            double farX = Math.max(
                    Math.abs(cell.west - (double) circle.longitude()),
                    Math.abs(cell.east() - (double) circle.longitude()));
            double farY = Math.max(
                    Math.abs(cell.south - (double) circle.latitude()),
                    Math.abs(cell.north() - (double) circle.latitude()));
            if (squared(circle, nearX, nearY) > rim * (1 + RIM)) {
                return Relation.OUTSIDE;
            }
            return squared(circle, farX, farY) < rim * (1 - RIM) ? Relation.COVERED : Relation.BORDER;
        }

        private static double squared(Circle circle, double dx, double dy) {
            double x = dx * circle.metresPerUnitEast();
            double y = dy * circle.metresPerUnitNorth();
            return x * x + y * y;
        }

        boolean borderIn(Cell cell) {
            for (int i = 0; i < edges.length; i += 4) {
                if (touches(edges[i], edges[i + 1], edges[i + 2], edges[i + 3], cell)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether an edge meets the square: its box does and the corners are not all on one side of its line. */
        private static boolean touches(int x1, int y1, int x2, int y2, Cell cell) {
            if (Math.max(x1, x2) < cell.west
                    || Math.min(x1, x2) > cell.east()
                    || Math.max(y1, y2) < cell.south
                    || Math.min(y1, y2) > cell.north()) {
                return false;
            }
            int southWest = side(x1, y1, x2, y2, cell.west, cell.south);
            return southWest == 0
                    || side(x1, y1, x2, y2, cell.east(), cell.south) != southWest
                    || side(x1, y1, x2, y2, cell.west, cell.north()) != southWest
                    || side(x1, y1, x2, y2, cell.east(), cell.north()) != southWest;
        }

        private static int side(int x1, int y1, int x2, int y2, long x, long y) {
            return Long.signum(((long) x2 - x1) * (y - y1) - (x - x1) * ((long) y2 - y1));
        }

        private boolean contains(int x, int y) {
            boolean inside = false;
            for (int i = 0; i < edges.length; i += 4) {
                boolean up = edges[i + 3] > y;
                if (up != (edges[i + 1] > y)) {
                    int side = side(edges[i], edges[i + 1], edges[i + 2], edges[i + 3], x, y);
                    if (up ? side > 0 : side < 0) {
                        inside = !inside;
                    }
                }
            }
            return inside;
        }

        /** Adds {@code edges << 1 | odd} and the edges that some ray from this cell to the east crosses and some does not. */
        void edgesFor(Cell cell, IntList entries) {
            int head = entries.length;
            entries.add(0);
            boolean odd = false;
            int count = 0;
            for (int i = 0; i < edges.length; i += 4) {
                int low = Math.min(edges[i + 1], edges[i + 3]);
                int high = Math.max(edges[i + 1], edges[i + 3]);
                if (high < cell.south || low > cell.north() || Math.max(edges[i], edges[i + 2]) < cell.west) {
                    continue;
                }
                if (Math.min(edges[i], edges[i + 2]) > cell.east() && low <= cell.south && high > cell.north()) {
                    odd = !odd;
                    continue;
                }
                for (int k = 0; k < 4; k++) {
                    entries.add(edges[i + k]);
                }
                count++;
            }
            entries.items[head] = count << 1 | (odd ? 1 : 0);
        }
    }

    /** A growing row of ints. */
    private static final class IntList {
        int[] items = new int[4];
        int length;

        void add(int item) {
            if (length == items.length) {
                items = Arrays.copyOf(items, length * 2);
            }
            items[length++] = item;
        }

        List<Integer> boxed() {
            return Arrays.stream(items, 0, length).boxed().toList();
        }
    }
}
