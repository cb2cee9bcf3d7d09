package io.haulwatch.console.register;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.register.LineReport;
import io.haulwatch.store.register.LineReport.Outcome;
import io.haulwatch.store.register.TablePart;
import io.haulwatch.store.register.TableReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who changed what in the register, from what to what. Kept in the transaction of the change itself, by pages and by tables alike. */
public final class RegisterHistory {
    private static final TypeReference<List<LineReport.Change>> CHANGES = new TypeReference<>() {};
    private static final String NEVER_SHOWN = "id_card";

    private final ObjectMapper json;

    public RegisterHistory(ObjectMapper json) {
        this.json = json;
    }

    /**
     * One line's change.
     *
     * @param importId of the table that it came with; null for a change on a page
     */
    record Row(
            long id,
            String at,
            Who who,
            String table,
            String subject,
            String outcome,
            List<LineReport.Change> changes,
            @Nullable String importId) {}

    record Who(int id, @Nullable String username, @Nullable String displayName) {}

    private static final String INSERT = """
            insert into hw.register_change (table_name, subject_id, subject, outcome, changes, user_id, import_id, at)
            values (?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            """;

    /**
     * Keeps each line that made or changed something.
     *
     * @param ids of each line's company, vehicle or driver; 0 for others
     * @param importId null for a change on a page
     */
    public void add(
            Connection connection,
            TableReport report,
            List<Integer> ids,
            int userId,
            @Nullable UUID importId,
            Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < report.lines().size(); i++) {
                LineReport line = report.lines().get(i);
                TablePart part = line.part();
                if (part == null || (line.outcome() != Outcome.CREATED && line.outcome() != Outcome.CHANGED)) {
                    continue;
                }
                fill(
                        insert,
                        part,
                        ids.get(i),
                        line.name(),
                        line.outcome().name().toLowerCase(Locale.ROOT),
                        line.changes(),
                        userId,
                        importId,
                        now);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Keeps that a line was taken out of the register. */
    void addRetired(Connection connection, TablePart part, int id, String name, int userId, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            fill(insert, part, id, name, "retired", List.of(), userId, null, now);
            insert.executeUpdate();
        }
    }

    private void fill(
            PreparedStatement insert,
            TablePart part,
            int id,
            String name,
            String outcome,
            List<LineReport.Change> changes,
            int userId,
            @Nullable UUID importId,
            Instant now)
            throws SQLException {
        insert.setString(1, part.word());
        if (id == 0) {
            insert.setNull(2, Types.INTEGER);
        } else {
            insert.setInt(2, id);
        }
        insert.setString(3, name);
        insert.setString(4, outcome);
        insert.setString(5, text(changes));
        insert.setInt(6, userId);
        if (importId == null) {
            insert.setNull(7, Types.OTHER);
        } else {
            insert.setObject(7, importId);
        }
        insert.setTimestamp(8, Timestamp.from(now));
    }

    /** Newest first. @param id of the subject: then its name counts only where the id was not kept */
    List<Row> list(
            Connection connection,
            @Nullable String table,
            @Nullable Integer id,
            @Nullable String subject,
            long before,
            int limit)
            throws SQLException {
        SqlText sql = new SqlText("""
                select r.change_id, r.at, r.user_id, u.username, u.display_name, r.table_name, r.subject, r.outcome, r.changes,
                    r.import_id
                from hw.register_change r left join hw.app_user u on u.user_id = r.user_id where true
                """).and("r.change_id < ?", before);
        if (table != null) {
            sql.and("r.table_name = ?", table);
        }
        if (id != null) {
            sql.and(
                    "(r.subject_id = ? or (r.subject_id is null and r.subject = ?))",
                    id,
                    subject == null ? "" : subject);
        } else if (subject != null) {
            sql.and("r.subject = ?", subject);
        }
        return sql.add("order by r.change_id desc limit ?", limit).list(connection, this::row);
    }

    private Row row(ResultSet row) throws SQLException {
        try {
            return new Row(
                    row.getLong(1),
                    Json.time(row.getTimestamp(2).toInstant()),
                    new Who(row.getInt(3), row.getString(4), row.getString(5)),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    json.readValue(row.getString(9), CHANGES),
                    row.getString(10));
        } catch (JsonProcessingException e) {
            throw new SQLException("a jsonb column holds JSON", e);
        }
    }

    private String text(List<LineReport.Change> changes) {
        List<LineReport.Change> shown = new ArrayList<>(changes.size());
        for (LineReport.Change change : changes) {
            shown.add(
                    change.field().equals(NEVER_SHOWN)
                            ? new LineReport.Change(
                                    change.field(),
                                    Sight.maskedIdentity(change.before()),
                                    Sight.maskedIdentity(change.after()))
                            : change);
        }
        try {
            return json.writeValueAsString(shown);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("changes are texts", e);
        }
    }
}
