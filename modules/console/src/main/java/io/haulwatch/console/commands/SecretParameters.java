package io.haulwatch.console.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters of terminals that are passwords of the mobile network: pages show that there is a value, never which. */
public final class SecretParameters {
    private static final Set<Long> IDS = Set.of(0x0012L, 0x0016L, 0x0025L);
    private static final TextNode HIDDEN = TextNode.valueOf("•••••");

    private SecretParameters() {}

    /** A value as it may be shown. */
    public static @Nullable JsonNode shown(long id, @Nullable JsonNode value) {
        return value != null && IDS.contains(id) ? HIDDEN : value;
    }

    /** Hides the values of a list of parameters in place; anything else stays as it is. */
    public static void hide(@Nullable JsonNode list) {
        if (list == null) {
            return;
        }
        for (JsonNode each : list) {
            if (each instanceof ObjectNode parameter
                    && IDS.contains(parameter.path("id").asLong())) {
                parameter.set("value", HIDDEN);
            }
        }
    }
}
