package io.haulwatch.geo.zone;

import io.haulwatch.model.register.ReferenceSet.Zone;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/** The outline of a zone at the edges of the system, where zones are taken in: is it one that a truck can be inside of? */
public final class ZoneOutline {
    /** Units of 10⁻⁷ degree, to which an outline is rounded: about a centimetre. */
    static final double UNITS_PER_DEGREE = 1e7;

    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    private ZoneOutline() {}

    /**
     * What is wrong with the outline, in one sentence with the value in it, or nothing.
     *
     * @param zone a polygon, or a circle if its radius is above 0
     */
    public static Optional<String> problem(Zone zone) {
        if (zone.rings().isEmpty()) {
            return Optional.of("a zone needs an outline: rings=0");
        }
        for (List<Double> ring : zone.rings()) {
            Optional<String> wrong = ringProblem(ring, zone.radiusMetres() > 0);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        if (zone.radiusMetres() > 0) {
            return zone.radiusMetres() > 100_000
                    ? Optional.of("a circle is 100 km wide at most: radius_m=" + zone.radiusMetres())
                    : Optional.empty();
        }
        TopologyValidationError error = new IsValidOp(polygon(zone)).getValidationError();
        return error == null
                ? Optional.empty()
                : Optional.of("the outline is not a polygon: " + error.getMessage() + " at lon="
                        + error.getCoordinate().x / UNITS_PER_DEGREE + ", lat="
                        + error.getCoordinate().y / UNITS_PER_DEGREE);
    }

    private static Optional<String> ringProblem(List<Double> ring, boolean circle) {
        if (ring.size() % 2 != 0 || ring.size() < (circle ? 2 : 6)) {
            return Optional.of("a ring is pairs of longitude and latitude, three or more, one for a circle: numbers="
                    + ring.size());
        }
        for (int i = 0; i < ring.size(); i += 2) {
            double lon = ring.get(i);
            double lat = ring.get(i + 1);
            if (!(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90)) {
                return Optional.of("not a place on earth, longitude comes first: lon=" + lon + ", lat=" + lat);
            }
        }
        return Optional.empty();
    }

    /** The polygon in units of 10⁻⁷ degree, as the index sees it. */
    static Polygon polygon(Zone zone) {
        LinearRing shell = ring(zone.rings().getFirst());
        LinearRing[] holes =
                zone.rings().stream().skip(1).map(ZoneOutline::ring).toArray(LinearRing[]::new);
        return GEOMETRY.createPolygon(shell, holes);
    }

    private static LinearRing ring(List<Double> ring) {
        int points = ring.size() / 2;
        Coordinate[] path = new Coordinate[points + 1];
        for (int i = 0; i < points; i++) {
            path[i] = new Coordinate(units(ring.get(2 * i)), units(ring.get(2 * i + 1)));
        }
        path[points] = path[0];
        return GEOMETRY.createLinearRing(path);
    }

    /** Degrees as units of 10⁻⁷ degree. */
    static int units(double degrees) {
        return (int) Math.round(degrees * UNITS_PER_DEGREE);
    }
}
