package io.haulwatch.store.episode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EvidencePoint;
import java.time.Instant;
import java.util.Locale;

/** Columns of an episode that are JSON; names in snake_case, words in lower case, as in the API. */
final class EpisodeJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private EpisodeJson() {}

    static String measures(Episode episode) {
        return text(episode.measures());
    }

    static String facts(Episode episode) {
        return text(episode.facts());
    }

    /** {@code [{role, device_millis, body_hex}]} in time order. */
    static String points(Episode episode) {
        return text(pointsTree(episode));
    }

    /** A whole revision, readable without the others. */
    static String revision(Episode episode) {
        ObjectNode content = JSON.createObjectNode();
        content.put("state", word(episode.state()));
        content.put("rule", word(episode.rule()));
        content.put("rule_version", episode.ruleVersion());
        content.put("subject", episode.subject().key());
        content.put("vehicle_id", episode.vehicleId());
        content.put("driver_id", episode.driverId());
        content.put("started_at", Instant.ofEpochMilli(episode.startMillis()).toString());
        content.put("ended_at", Instant.ofEpochMilli(episode.endMillis()).toString());
        content.put("severity", episode.severity().level());
        content.put("evidence", word(episode.evidence()));
        content.put("ended_by", episode.endedBy());
        content.set("measures", JSON.valueToTree(episode.measures()));
        content.set("facts", JSON.valueToTree(episode.facts()));
        content.set("points", pointsTree(episode));
        return text(content);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ArrayNode pointsTree(Episode episode) {
        ArrayNode points = JSON.createArrayNode();
        for (EvidencePoint point : episode.points()) {
            points.addObject()
                    .put("role", word(point.role()))
                    .put("device_millis", point.deviceMillis())
                    .put("body_hex", point.bodyHex());
        }
        return points;
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an episode is always JSON: value=" + value, e);
        }
    }
}
