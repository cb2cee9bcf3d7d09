package io.haulwatch.console.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.session.Right;
import java.util.regex.Pattern;

/**
 * What one terminal is told or asked, read from a request and checked: a text to the cab (0x8300), where it is (0x8201), how it is set (0x8104), pictures
 * (0x8801), closer reports for a while (0x8202), alarms confirmed (0x8203), a call back or listening in (0x8400), a block of its recorder (0x8700), a zone to watch or to forget (0x8600 to 0x8607), which zones it holds (0x8608). None of it can stop or endanger a moving
 * truck; what can is an order and waits for a second person.
 *
 * @param kind word of the API; the database has it in capitals
 * @param payload as the gateway reads it
 * @param right that it takes besides that of commanding terminals
 */
record CommandContent(String kind, ObjectNode payload, Right right) {
    private static final Pattern PHONE = Pattern.compile("[+]?[0-9]{3,19}");
    /** Command words of GB/T 19056 that need no parameters go so far. */
    private static final int LAST_PLAIN_COMMAND = 0x07;

    private static final int LONGEST_REASON = 200;

    /** Whether it speaks of a zone, whose form {@link ZoneContent} adds from the register. */
    boolean ofZone() {
        return payload.has("zone_id");
    }

    static CommandContent of(Call call, ObjectMapper json) {
        ObjectNode payload = json.createObjectNode();
        String kind = call.text("kind", 1, 20);
        Right right = Right.COMMAND_TERMINALS;
        switch (kind) {
            case "text" -> CabText.put(call, payload);
            case "locate" -> {
                // The query has no body.
            }
            case "read_parameters" -> payload.putArray("ids");
            case "photo" -> PhotoContent.put(call, payload);
            case "track" -> ReportContent.putTracking(call, payload);
            case "confirm_alarms" -> ReportContent.putConfirmed(call, payload);
            case "call" -> payload.put("phone", phone(call));
            case "listen" -> {
                payload.put("phone", phone(call))
                        .put("reason", call.text("reason", 3, LONGEST_REASON).strip());
                right = Right.LISTEN_IN;
            }
            case "read_recorder" -> payload.put("command", number(call, "command", 0, LAST_PLAIN_COMMAND));
            case "set_zone" -> ZoneContent.read(call, payload, false);
            case "delete_zone" -> ZoneContent.read(call, payload, true);
            case "read_zones" -> payload.put("shape", ZoneContent.shape(call));
            default ->
                throw Refusal.badValue(
                        "\"kind\" must be text, locate, read_parameters, photo, track, confirm_alarms, call, "
                                + "listen, read_recorder, set_zone, delete_zone or read_zones.");
        }
        return new CommandContent(kind, payload, right);
    }

    private static String phone(Call call) {
        String phone = call.text("phone", 3, 20).strip();
        if (!PHONE.matcher(phone).matches()) {
            throw Refusal.badValue("\"phone\" must be a telephone number: 3 to 19 digits, a + before them if need be.");
        }
        return phone;
    }

    static int number(Call call, String name, int from, int to) {
        JsonNode given = call.object().path(name);
        if (!given.isInt() || given.intValue() < from || given.intValue() > to) {
            throw Refusal.badValue("\"" + name + "\" must be a whole number from " + from + " to " + to + ".");
        }
        return given.intValue();
    }
}
