package io.haulwatch.console.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which trucks an order is for: all that its author sees, those of some companies, or a list of plates or ids.
 *
 * @param words the choice as it was made
 */
record Chosen(JsonNode words, boolean all, Set<Integer> companies, Set<Integer> vehicles, Set<String> plates) {
    private static final int MOST_COMPANIES = 500;
    private static final int MOST_LISTED = 2_000;

    /** A truck that can get it. */
    record Truck(int vehicleId, int companyId, String plate) {}

    static Chosen of(Call call, ObjectMapper json) {
        JsonNode given = call.object().path("trucks");
        boolean all = given.path("all").asBoolean(false);
        Set<Integer> companies = numbers(given.path("companies"), MOST_COMPANIES);
        Set<Integer> vehicles = numbers(given.path("vehicles"), MOST_LISTED);
        Set<String> plates = new LinkedHashSet<>();
        for (JsonNode each : given.path("plates")) {
            if (!each.isTextual() || each.textValue().length() > 20 || plates.size() >= MOST_LISTED) {
                throw Refusal.badValue("\"plates\" must be a list of at most " + MOST_LISTED + " plates.");
            }
            plates.add(each.textValue().strip());
        }
        int ways = (all ? 1 : 0)
                + (companies.isEmpty() ? 0 : 1)
                + (vehicles.isEmpty() ? 0 : 1)
                + (plates.isEmpty() ? 0 : 1);
        if (ways != 1) {
            throw Refusal.badValue(
                    "\"trucks\" must be one of {\"all\": true}, {\"companies\": […]}, {\"vehicles\": […]} and {\"plates\": […]}.");
        }
        ObjectNode words = json.createObjectNode();
        if (all) {
            words.put("all", true);
        } else if (!companies.isEmpty()) {
            companies.forEach(words.putArray("companies")::add);
        } else {
            words.put("listed", vehicles.size() + plates.size());
        }
        return new Chosen(words, all, companies, vehicles, plates);
    }

    /** Those of them that are in service and have a terminal. */
    List<Truck> trucks(Connection connection, Scope scope) throws SQLException {
        SqlText sql = new SqlText("""
                select v.vehicle_id, v.company_id, v.plate from hw.vehicle v where v.retired_at is null
                    and exists (select from hw.terminal t where t.vehicle_id = v.vehicle_id)
                """).within(scope, "v.company_id = any (?)");
        if (!companies.isEmpty()) {
            sql.and("v.company_id = any (?)", companies);
        } else if (!vehicles.isEmpty()) {
            sql.and("v.vehicle_id = any (?)", vehicles);
        } else if (!plates.isEmpty()) {
            sql.and("v.plate = any (?)", plates);
        }
        return sql.add("order by v.vehicle_id")
                .list(connection, row -> new Truck(row.getInt(1), row.getInt(2), row.getString(3)));
    }

    /** Plates or ids of the list that lead to no truck that can get it. */
    List<String> unknown(Collection<Truck> found) {
        SortedSet<String> left = new TreeSet<>(plates);
        vehicles.forEach(id -> left.add(Integer.toString(id)));
        found.forEach(truck -> {
            left.remove(truck.plate());
            left.remove(Integer.toString(truck.vehicleId()));
        });
        return List.copyOf(left);
    }

    private static Set<Integer> numbers(JsonNode list, int most) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (JsonNode each : list) {
            if (!each.canConvertToInt() || !each.isIntegralNumber() || numbers.size() >= most) {
                throw Refusal.badValue("\"trucks\" takes lists of at most " + most + " numbers.");
            }
            numbers.add(each.intValue());
        }
        return numbers;
    }
}
