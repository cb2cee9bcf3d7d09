package io.haulwatch.console.zones;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The zones in force as GeoJSON, and which of them a truck's terminal holds; those of company 0 hold for everyone and are shown to everyone. */
public final class ZoneRoutes {
    private static final int MOST = 5_000;

    private final ScopedDatabase database;
    private final ObjectMapper json;

    public ZoneRoutes(ScopedDatabase database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/zones", Right.WATCH, this::list),
                Route.get("/api/v1/vehicles/:id/zones", Right.WATCH, this::held));
    }

    private Answer list(Call call) throws SQLException {
        Scope scope = call.scope();
        List<Map<String, Object>> features = database.read(
                scope,
                call.user().userId(),
                connection -> new SqlText("""
                        select zone_id, company_id, name, kind, limit_kmh, to_char(window_start, 'HH24:MI') as window_from,
                            to_char(window_end, 'HH24:MI') as window_to, radius_m, geometry, shape, sections
                        from hw.zone where effective_to > now()
                        """)
                        .within(scope, "company_id = 0 or company_id = any (?)")
                        .add("order by zone_id limit ?", MOST)
                        .list(connection, this::feature));
        Map<String, Object> collection = new LinkedHashMap<>();
        collection.put("type", "FeatureCollection");
        collection.put("features", features);
        return Answer.json(collection);
    }

    private Answer held(Call call) throws SQLException {
        int vehicleId = call.pathId("id");
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            SeenVehicle.require(connection, call.scope(), vehicleId);
            return new Page<>(HeldZone.of(connection, call.scope(), vehicleId), null);
        }));
    }

    private Map<String, Object> feature(ResultSet row) throws SQLException {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", row.getInt("zone_id"));
        properties.put("company_id", row.getInt("company_id"));
        properties.put("name", row.getString("name"));
        properties.put("kind", row.getString("kind"));
        properties.put("limit_kmh", row.getInt("limit_kmh"));
        String from = row.getString("window_from");
        properties.put("window", from == null ? null : from + "-" + row.getString("window_to"));
        properties.put("radius_m", row.getDouble("radius_m"));
        properties.put("shape", row.getString("shape").toLowerCase(Locale.ROOT));
        String sections = row.getString("sections");
        properties.put("sections", sections == null ? null : tree(sections));
        Map<String, Object> feature = new LinkedHashMap<>();
        feature.put("type", "Feature");
        feature.put("id", row.getInt("zone_id"));
        feature.put("properties", properties);
        feature.put("geometry", tree(row.getString("geometry")));
        return feature;
    }

    private JsonNode tree(String stored) throws SQLException {
        try {
            return json.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }
}
