package io.haulwatch.console.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.commands.CabText;
import io.haulwatch.console.commands.PhotoContent;
import io.haulwatch.console.commands.ReportContent;
import io.haulwatch.console.commands.ZoneContent;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.port.ParameterBook;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an order says, read from a request and checked. Pictures and zones need no second person: like a text, all that the driver notices of them is what his
 * terminal says.
 *
 * @param kind word of the database
 * @param payload as the gateway reads it
 * @param secondPerson whether it can stop or endanger a moving truck, or cut its terminal off
 */
record OrderContent(String kind, ObjectNode payload, boolean secondPerson) {
    private static final Charset GBK = Charset.forName("GBK");
    private static final int MOST_PARAMETERS = 20;
    private static final int LONGEST_VALUE = 40;
    private static final List<String> CONTROLS = List.of("restart", "factory_settings", "power_off");

    /** Where the terminal finds its platform, and how: a wrong value is a terminal that never comes back. */
    private static boolean cutsOff(long id) {
        return (id >= 0x0010 && id <= 0x001D) || (id >= 0x0023 && id <= 0x0026);
    }

    static OrderContent of(Call call, ParameterBook book, ObjectMapper json) {
        ObjectNode payload = json.createObjectNode();
        String kind = call.text("kind", 1, 30);
        return switch (kind) {
            case "text" -> {
                CabText.put(call, payload);
                yield new OrderContent("TEXT", payload, false);
            }
            case "read_parameters" -> {
                payload.putArray("ids");
                yield new OrderContent("READ_PARAMETERS", payload, false);
            }
            case "set_parameters" -> {
                Set<Long> ids = new HashSet<>();
                JsonNode given = call.object().path("parameters");
                if (!given.isArray() || given.isEmpty() || given.size() > MOST_PARAMETERS) {
                    throw Refusal.badValue("\"parameters\" must be a list of 1 to " + MOST_PARAMETERS + ".");
                }
                var list = payload.putArray("parameters");
                for (JsonNode each : given) {
                    long id = each.path("id").asLong(-1);
                    if (!ids.add(id)) {
                        throw Refusal.badValue("A parameter stands twice: id=" + id + ".");
                    }
                    list.addObject().put("id", id).set("value", value(each.path("value"), id, book));
                }
                yield new OrderContent("SET_PARAMETERS", payload, ids.stream().anyMatch(OrderContent::cutsOff));
            }
            case "terminal_control" -> {
                String control = call.text("control", 1, 30);
                if (!CONTROLS.contains(control)) {
                    throw Refusal.badValue("\"control\" must be one of " + String.join(", ", CONTROLS) + ".");
                }
                yield new OrderContent("TERMINAL_CONTROL", payload.put("control", control), true);
            }
            case "doors" -> new OrderContent("DOORS", payload.put("lock", call.flag("lock")), true);
            case "photo" -> {
                PhotoContent.put(call, payload);
                yield new OrderContent("PHOTO", payload, false);
            }
            case "track" -> {
                ReportContent.putTracking(call, payload);
                yield new OrderContent("TRACK", payload, false);
            }
            case "confirm_alarms" -> {
                ReportContent.putConfirmed(call, payload);
                yield new OrderContent("CONFIRM_ALARMS", payload, false);
            }
            case "set_zone", "delete_zone" -> {
                ZoneContent.read(call, payload, kind.equals("delete_zone"));
                yield new OrderContent(kind.toUpperCase(Locale.ROOT), payload, false);
            }
            default ->
                throw Refusal.badValue(
                        "\"kind\" must be text, read_parameters, set_parameters, terminal_control, doors, photo, "
                                + "track, confirm_alarms, set_zone or delete_zone.");
        };
    }

    /** Adds the zone that it speaks of, if it does, as the register has it now; refuses one that does not hold for the companies of all its trucks. */
    void complete(Connection connection, ObjectMapper json, Set<Integer> companies) throws SQLException {
        if (payload.has("zone_id") && !companies.isEmpty()) {
            ZoneContent.put(connection, json, companies, kind.equals("DELETE_ZONE"), payload);
        }
    }

    private static JsonNode value(JsonNode given, long id, ParameterBook book) {
        ParameterBook.Kind kind = book.kinds().stream()
                .filter(each -> each.id() == id && (each.bytes() > 0 || each.text()))
                .findFirst()
                .orElseThrow(
                        () -> Refusal.badValue("The standard has no parameter that can be set here: id=" + id + "."));
        if (kind.text()) {
            String text = given.isTextual() ? given.textValue() : "";
            if (text.isEmpty()
                    || text.length() > LONGEST_VALUE
                    || text.chars().anyMatch(Character::isISOControl)
                    || !GBK.newEncoder().canEncode(text)) {
                throw Refusal.badValue(
                        kind.name() + " must be a text of 1 to " + LONGEST_VALUE + " characters of GBK.");
            }
            return given;
        }
        long most = (1L << (8 * kind.bytes())) - 1;
        if (!given.isIntegralNumber()
                || !given.canConvertToLong()
                || given.longValue() < 0
                || given.longValue() > most) {
            throw Refusal.badValue(kind.name() + " must be a whole number from 0 to " + most + ".");
        }
        return given;
    }
}
