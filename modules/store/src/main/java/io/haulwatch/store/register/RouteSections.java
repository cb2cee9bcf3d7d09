package io.haulwatch.store.register;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The sections of a route, as its author wrote them: JT/T 808 section 10 gives each a width (BYTE, m), a highest speed and how long driving it may
 * take (WORD, s). What a section leaves out is the whole route's; a route without sections of its own has as many as lie between its points.
 */
final class RouteSections {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDEST_M = 255;
    private static final int FASTEST_KMH = 160;
    private static final int LONGEST_S = 65_535;

    private RouteSections() {}

    /**
     * Reads them.
     *
     * @param in properties of the feature
     * @param count sections that its points make
     * @param limitKmh the route's own limit, 0 for none
     * @return a JSON list, one object for each section
     */
    static String read(Fields in, int count, int limitKmh) {
        int width = in.number("width_m", 0, 1, WIDEST_M);
        JsonNode given = in.node("sections");
        List<Fields> each = new ArrayList<>();
        if (in.has("sections")) {
            if (!given.isArray() || given.size() != count) {
                in.fault(
                        "sections",
                        given.isArray() ? given.size() + " sections" : given,
                        "must be a list with one object for each section: points - 1 = " + count);
                return "[]";
            }
            for (int i = 0; i < count; i++) {
                each.add(in.under("sections", i));
            }
        } else if (width == 0) {
            in.fault("width_m", in.node("width_m"), "must be there for a route, 1 to " + WIDEST_M + " m");
        }
        ArrayNode sections = JSON.createArrayNode();
        for (int i = 0; i < count; i++) {
            ObjectNode section = sections.addObject();
            if (each.isEmpty()) {
                section.put("width_m", width).put("limit_kmh", limitKmh);
            } else {
                read(each.get(i), width, limitKmh, section);
            }
        }
        return sections.toString();
    }

    private static void read(Fields in, int width, int limitKmh, ObjectNode section) {
        int own = in.number("width_m", width, 1, WIDEST_M);
        if (own == 0) {
            in.fault("width_m", in.node("width_m"), "must be there, or at the route, 1 to " + WIDEST_M + " m");
        }
        section.put("width_m", own).put("limit_kmh", in.number("limit_kmh", limitKmh, 0, FASTEST_KMH));
        int longest = in.number("longest_s", -1, 0, LONGEST_S);
        int shortest = in.number("shortest_s", -1, 0, LONGEST_S);
        if ((longest < 0) != (shortest < 0) || shortest > longest) {
            in.fault(
                    "longest_s",
                    in.node("longest_s"),
                    "longest_s and shortest_s stand together, the longest first: shortest_s=" + in.node("shortest_s"));
        } else if (longest >= 0) {
            section.put("longest_s", longest).put("shortest_s", shortest);
        }
    }
}
