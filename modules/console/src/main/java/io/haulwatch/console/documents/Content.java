package io.haulwatch.console.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.haulwatch.console.personal.Sight;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What stands in a document, as its reader may see it.
 *
 * @param text JSON without blanks, keys in the order of their signs
 * @param sha256 of the text in UTF-8, lower-case hex
 */
public record Content(JsonNode tree, String text, String sha256) {
    /** The content of a record. @param sight what of drivers the reader sees; the rest is masked before anything is summed or printed */
    public static Content of(Object card, ObjectMapper json, Sight sight) {
        try {
            Object plain = json.readValue(sight.writer(json).writeValueAsBytes(card), Object.class);
            String text =
                    json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsString(plain);
            return new Content(json.readTree(text), text, sha256(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document is made of records", e);
        } catch (java.io.IOException e) {
            throw new IllegalStateException("memory can be read", e);
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
