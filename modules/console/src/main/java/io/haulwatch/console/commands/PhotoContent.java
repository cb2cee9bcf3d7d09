package io.haulwatch.console.commands;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import java.util.List;

/** Pictures that a terminal shall take (0x8801), read from a request and checked. */
public final class PhotoContent {
    private static final List<String> SIZES = List.of("small", "medium", "large");
    private static final int MOST_PICTURES = 10;

    private PhotoContent() {}

    /** Puts camera, number and size into a payload, as the gateway reads them. */
    public static void put(Call call, ObjectNode payload) {
        String size = call.text("size", 1, 10);
        if (!SIZES.contains(size)) {
            throw Refusal.badValue("\"size\" must be one of " + String.join(", ", SIZES) + ".");
        }
        payload.put("channel", CommandContent.number(call, "channel", 1, 255))
                .put("pictures", CommandContent.number(call, "pictures", 1, MOST_PICTURES))
                .put("size", SIZES.indexOf(size));
    }
}
