package io.haulwatch.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds rows to {@code audit}, in the transaction of what they speak of, so that neither is there without the other. */
public final class AuditLog {
    private final ObjectMapper json;

    public AuditLog(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Adds one row.
     *
     * @param userId who, null when nobody is signed in
     * @param action a word such as {@code session.begin}, {@code command.send}
     * @param object what it was done to: {@code vehicle:17}
     * @param detail more, as flat JSON
     */
    public void add(
            Connection connection,
            @Nullable Integer userId,
            String action,
            String object,
            Map<String, ?> detail,
            String address)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into hw.audit (user_id, action, object, detail, address) values (?, ?, ?, ?::jsonb, ?)")) {
            if (userId == null) {
                insert.setNull(1, Types.INTEGER);
            } else {
                insert.setInt(1, userId);
            }
            insert.setString(2, action);
            insert.setString(3, object);
            insert.setString(4, json.writeValueAsString(detail));
            insert.setString(5, address);
            insert.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("details are numbers and strings: action=" + action, e);
        }
    }
}
