package io.haulwatch.console.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.training.study.StudyState;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What one study's row keeps for the study clock between two calls.
 *
 * @param state the clock's own, in milliseconds
 * @param reason why it pauses, a word of the API; null while it runs
 */
record Sitting(StudyState state, @Nullable String reason) {
    static final Sitting FRESH = new Sitting(StudyState.FRESH, null);

    static Sitting read(ObjectMapper json, @Nullable String stored) throws SQLException {
        try {
            return stored == null ? FRESH : json.readValue(stored, Sitting.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("a study's sitting cannot be read", e);
        }
    }

    String write(ObjectMapper json) {
        try {
            return json.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sitting is numbers and words", e);
        }
    }
}
