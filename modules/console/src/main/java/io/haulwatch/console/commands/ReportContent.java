package io.haulwatch.console.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import java.util.List;

/** How a terminal shall go on reporting, read from a request and checked: closer for a while (0x8202), or without alarms that somebody confirmed (0x8203). */
public final class ReportContent {
    /** Bits of the alarm flags that a person may confirm (0x8203). */
    private static final List<Integer> CONFIRMABLE = List.of(0, 3, 20, 21, 22, 27, 28);

    private static final int LONGEST_INTERVAL_S = 3_600;
    private static final int MOST_MINUTES = 24 * 60;

    private ReportContent() {}

    /** Puts interval and time into a payload, as the gateway reads them; the interval 0 ends it. */
    public static void putTracking(Call call, ObjectNode payload) {
        int interval = CommandContent.number(call, "interval_s", 0, LONGEST_INTERVAL_S);
        payload.put("interval_s", interval)
                .put("seconds", interval == 0 ? 0 : 60L * CommandContent.number(call, "minutes", 1, MOST_MINUTES));
    }

    /** Puts the mask of the confirmed alarms into a payload, as the gateway reads it. */
    public static void putConfirmed(Call call, ObjectNode payload) {
        JsonNode given = call.object().path("alarms");
        long mask = 0;
        if (given.isArray() && given.size() <= CONFIRMABLE.size()) {
            for (JsonNode bit : given) {
                if (!bit.isInt() || !CONFIRMABLE.contains(bit.intValue())) {
                    mask = 0;
                    break;
                }
                mask |= 1L << bit.intValue();
            }
        }
        if (mask == 0) {
            throw Refusal.badValue("\"alarms\" must be a list of alarm bits, each one of " + CONFIRMABLE + ".");
        }
        payload.put("alarms", mask);
    }
}
