package io.haulwatch.store.register;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.VehicleClass;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Loads the register as one numbered set, in one snapshot of the database. */
public final class ReferenceLoader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};
    private static final int FETCH = 5_000;

    private final DataSource writer;

    /** @param writer pool of the role that sees all companies */
    public ReferenceLoader(DataSource writer) {
        this.writer = writer;
    }

    /** Number of the register as it is now; a set with a lower number is out of date. */
    public long currentNumber() throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(true);
            return number(connection);
        }
    }

    /** The register as it is now. */
    public ReferenceSet load() throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return new ReferenceSet(
                        number(connection),
                        terminals(connection),
                        vehicles(connection),
                        assignments(connection),
                        papers(connection),
                        zones(connection),
                        profiles(connection),
                        drivers(connection));
            } finally {
                connection.rollback();
            }
        }
    }

    private static long number(Connection connection) throws SQLException {
        return query(connection, "select number from hw.reference_number", row -> row.getLong(1))
                .getFirst();
    }

    private static List<ReferenceSet.Terminal> terminals(Connection connection) throws SQLException {
        return query(
                connection,
                """
                select t.vehicle_id, t.company_id, t.phone, t.device_id, v.plate, t.generation
                from hw.terminal t join hw.vehicle v using (vehicle_id)
                where v.retired_at is null order by t.vehicle_id""",
                row -> new ReferenceSet.Terminal(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6)));
    }

    private static List<ReferenceSet.Vehicle> vehicles(Connection connection) throws SQLException {
        return query(
                connection,
                "select v.vehicle_id, v.company_id, v.plate, r.vehicle_class, " + effect("r")
                        + " from hw.vehicle v join hw.vehicle_version r using (vehicle_id)"
                        + " order by v.vehicle_id, r.effective_from",
                row -> new ReferenceSet.Vehicle(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        VehicleClass.valueOf(row.getString(4)),
                        from(row, 5),
                        to(row, 6)));
    }

    private static List<ReferenceSet.Assignment> assignments(Connection connection) throws SQLException {
        return query(
                connection,
                "select a.vehicle_id, a.driver_id, " + effect("a")
                        + " from hw.assignment a order by a.vehicle_id, a.effective_from, a.assignment_id",
                row -> new ReferenceSet.Assignment(row.getInt(1), row.getInt(2), from(row, 3), to(row, 4)));
    }

    /** What is agreed to, from its first valid day on, cut where it is held back. */
    private static List<ReferenceSet.Paper> papers(Connection connection) throws SQLException {
        HeldPapers held = new HeldPapers(query(
                connection,
                "select p.owner_kind, p.owner_id, p.kind, (p.begun_at at time zone 'Asia/Shanghai')::date, "
                        + effect("p") + " from hw.paper_hold p order by p.hold_id",
                row -> new HeldPapers.Hold(
                        ReferenceSet.Paper.Owner.valueOf(row.getString(1)),
                        row.getInt(2),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        from(row, 5),
                        to(row, 6))));
        List<ReferenceSet.Paper> whole = query(
                connection,
                "select p.paper_id, p.owner_kind, p.owner_id, p.kind, p.expires, " + effect("p")
                        + " from (select paper_id, owner_kind, owner_id, kind, expires, effective_to,"
                        + " greatest(effective_from, issued::timestamp at time zone 'Asia/Shanghai') as effective_from"
                        + " from hw.paper where review = 'approved') p"
                        + " where p.effective_from < p.effective_to order by p.paper_id",
                row -> new ReferenceSet.Paper(
                        row.getLong(1),
                        ReferenceSet.Paper.Owner.valueOf(row.getString(2)),
                        row.getInt(3),
                        row.getString(4),
                        row.getObject(5, LocalDate.class),
                        from(row, 6),
                        to(row, 7)));
        return whole.stream().flatMap(paper -> held.cut(paper).stream()).toList();
    }

    /** Routes are watched by terminals only. */
    private static List<ReferenceSet.Zone> zones(Connection connection) throws SQLException {
        return query(
                connection,
                "select z.zone_id, z.company_id, z.name, z.kind, z.limit_kmh, z.window_start, z.window_end, z.radius_m,"
                        + " z.geometry, " + effect("z") + " from hw.zone z where z.shape <> 'ROUTE' order by z.zone_id",
                row -> new ReferenceSet.Zone(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getObject(6, LocalTime.class),
                        row.getObject(7, LocalTime.class),
                        row.getDouble(8),
                        rings(row.getString(9)),
                        from(row, 10),
                        to(row, 11)));
    }

    private static List<ReferenceSet.RuleProfile> profiles(Connection connection) throws SQLException {
        return query(
                connection,
                "select p.rule, p.version, p.company_id, p.vehicle_class, p.parameters, " + effect("p")
                        + " from hw.rule_profile p order by p.profile_id",
                row -> new ReferenceSet.RuleProfile(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        vehicleClass(row.getString(4)),
                        parameters(row.getString(5)),
                        from(row, 6),
                        to(row, 7)));
    }

    private static List<ReferenceSet.Driver> drivers(Connection connection) throws SQLException {
        return query(
                connection,
                """
                select d.driver_id, d.company_id, d.name, array_remove(array_agg(distinct p.number) || d.id_card, null)
                from hw.driver d left join hw.paper p
                    on p.owner_kind = 'DRIVER' and p.owner_id = d.driver_id and p.kind = 'drv.qualification'
                        and p.review = 'approved'
                where d.retired_at is null group by d.driver_id order by d.driver_id""",
                row -> new ReferenceSet.Driver(row.getInt(1), row.getInt(2), row.getString(3), numbers((String[])
                        row.getArray(4).getArray())));
    }

    private static List<String> numbers(String[] stored) {
        return Arrays.stream(stored)
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .distinct()
                .toList();
    }

    /** Open ends are null: a timestamp of Java has no infinity. */
    private static String effect(String table) {
        return """
                case when %1$s.effective_from = '-infinity' then null
                    else (extract(epoch from %1$s.effective_from) * 1000)::bigint end,
                case when %1$s.effective_to = 'infinity' then null
                    else (extract(epoch from %1$s.effective_to) * 1000)::bigint end""".formatted(table);
    }

    private static long from(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? ReferenceSet.ALWAYS : millis;
    }

    private static long to(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? ReferenceSet.FOREVER : millis;
    }

    private static @Nullable VehicleClass vehicleClass(@Nullable String name) {
        return name == null ? null : VehicleClass.valueOf(name);
    }

    private static Map<String, String> parameters(String json) throws SQLException {
        try {
            return JSON.readValue(json, PARAMETERS);
        } catch (JsonProcessingException e) {
            throw new SQLException("parameters of a rule profile are not flat: parameters=" + json, e);
        }
    }

    /** The rings of a GeoJSON Polygon, or the one point of a Point. */
    private static List<List<Double>> rings(String geoJson) throws SQLException {
        try {
            JsonNode geometry = JSON.readTree(geoJson);
            JsonNode coordinates = geometry.path("coordinates");
            List<List<Double>> rings = new ArrayList<>();
            if ("Point".equals(geometry.path("type").asText())) {
                rings.add(List.of(
                        coordinates.path(0).asDouble(), coordinates.path(1).asDouble()));
            } else {
                for (JsonNode ring : coordinates) {
                    List<Double> flat = new ArrayList<>(2 * ring.size());
                    for (JsonNode corner : ring) {
                        flat.add(corner.path(0).asDouble());
                        flat.add(corner.path(1).asDouble());
                    }
                    rings.add(flat);
                }
            }
            return rings;
        } catch (JsonProcessingException e) {
            throw new SQLException("the geometry of a zone is not JSON: geometry=" + geoJson, e);
        }
    }

    /** Makes an object of a row. */
    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> query(Connection connection, String sql, Row<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
        }
        return rows;
    }
}
