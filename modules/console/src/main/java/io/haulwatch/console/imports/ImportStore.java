package io.haulwatch.console.imports;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.register.LineReport;
import io.haulwatch.store.register.LineReport.Outcome;
import io.haulwatch.store.register.TableReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The uploaded tables. What nobody agrees to is thrown away after a day, and what became of it after a quarter of a year. */
public final class ImportStore {
    static final Duration KEPT = Duration.ofHours(24);
    private static final Duration REMEMBERED = Duration.ofDays(90);
    private static final TypeReference<List<LineReport>> LINES = new TypeReference<>() {};

    private static final String SELECT = """
            select i.import_id, i.file_name, i.created_at, i.expires_at, i.created_by, u.username, u.display_name,
                i.created, i.changed, i.unchanged, i.wrong,
                case when i.state in ('ready', 'wrong') and i.expires_at <= ? then 'expired' else i.state end, i.settled_at
            from hw.register_import i left join hw.app_user u on u.user_id = i.created_by where true
            """;

    private final ObjectMapper json;

    public ImportStore(ObjectMapper json) {
        this.json = json;
    }

    /**
     * One upload.
     *
     * @param state {@code wrong} if a line is, {@code ready} to be taken in, or what became of it: {@code applied}, {@code discarded},
     *     {@code expired}
     */
    record Row(
            UUID id,
            String fileName,
            String createdAt,
            String expiresAt,
            Who createdBy,
            Lines lines,
            String state,
            @Nullable String settledAt) {}

    record Who(int id, @Nullable String username, @Nullable String displayName) {}

    /** How many lines of the file would be which. */
    record Lines(int created, int changed, int unchanged, int wrong) {
        static Lines of(TableReport report) {
            Map<Outcome, Integer> totals = report.totals();
            return new Lines(
                    totals.getOrDefault(Outcome.CREATED, 0),
                    totals.getOrDefault(Outcome.CHANGED, 0),
                    totals.getOrDefault(Outcome.UNCHANGED, 0),
                    totals.getOrDefault(Outcome.REFUSED, 0));
        }
    }

    List<Row> newest(Connection connection, Instant now, int limit) throws SQLException {
        return new SqlText(SELECT, now)
                .add("order by i.created_at desc, i.import_id limit ?", limit)
                .list(connection, ImportStore::row);
    }

    Optional<Row> one(Connection connection, UUID id, Instant now) throws SQLException {
        return new SqlText(SELECT, now).and("i.import_id = ?", id).first(connection, ImportStore::row);
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp settled = row.getTimestamp(13);
        return new Row(
                row.getObject(1, UUID.class),
                row.getString(2),
                Json.time(row.getTimestamp(3).toInstant()),
                Json.time(row.getTimestamp(4).toInstant()),
                new Who(row.getInt(5), row.getString(6), row.getString(7)),
                new Lines(row.getInt(8), row.getInt(9), row.getInt(10), row.getInt(11)),
                row.getString(12),
                settled == null ? null : Json.time(settled.toInstant()));
    }

    void add(
            Connection connection,
            UUID id,
            int userId,
            String fileName,
            byte[] content,
            TableReport report,
            Instant now)
            throws SQLException {
        Lines lines = Lines.of(report);
        boolean right = report.isRight();
        new SqlText(
                        """
                        insert into hw.register_import (import_id, created_by, created_at, expires_at, file_name, content, report, created,
                            changed, unchanged, wrong, state) values (?, ?, ?, ?, ?, nullif(?, ''::bytea), ?, ?, ?, ?, ?, ?)
                        """,
                        id,
                        userId,
                        now,
                        now.plus(KEPT),
                        fileName,
                        // A wrong file is mended where it is kept and sent again; this copy serves nobody.
                        right ? content : new byte[0],
                        packed(report),
                        lines.created,
                        lines.changed,
                        lines.unchanged,
                        lines.wrong,
                        right ? "ready" : "wrong")
                .run(connection);
    }

    /** Puts a new report in the place of one that the register has overtaken. */
    void renew(Connection connection, UUID id, TableReport report) throws SQLException {
        Lines lines = Lines.of(report);
        new SqlText(
                        "update hw.register_import set report = ?, created = ?, changed = ?, unchanged = ?, wrong = ?, state = ?"
                                + " where import_id = ? and state = 'ready'",
                        packed(report),
                        lines.created,
                        lines.changed,
                        lines.unchanged,
                        lines.wrong,
                        report.isRight() ? "ready" : "wrong",
                        id)
                .run(connection);
    }

    /** Ends the waiting of an upload. @return false if it waits no more */
    boolean settle(Connection connection, UUID id, String state, int userId, Instant now) throws SQLException {
        return new SqlText(
                                "update hw.register_import set state = ?, content = null, settled_by = ?, settled_at = ?"
                                        + " where import_id = ? and state in ('ready', 'wrong') and expires_at > ?",
                                state,
                                userId,
                                now,
                                id,
                                now)
                        .run(connection)
                == 1;
    }

    /** The file of an upload that can still be taken in. */
    Optional<byte[]> content(Connection connection, UUID id, Instant now) throws SQLException {
        return new SqlText(
                        "select content from hw.register_import where state = 'ready' and import_id = ? and expires_at > ?",
                        id,
                        now)
                .first(connection, row -> row.getBytes(1));
    }

    Optional<TableReport> report(Connection connection, UUID id) throws SQLException {
        return new SqlText("select report from hw.register_import where import_id = ?", id)
                .first(connection, row -> unpacked(row.getBytes(1)));
    }

    /** Throws away what is over. */
    public void sweep(Connection connection, Instant now) throws SQLException {
        new SqlText(
                        "update hw.register_import set state = 'expired', content = null, settled_at = expires_at"
                                + " where state in ('ready', 'wrong') and expires_at <= ?",
                        now)
                .run(connection);
        new SqlText("delete from hw.register_import where created_at < ?", now.minus(REMEMBERED)).run(connection);
    }

    private byte[] packed(TableReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            json.writeValue(zip, report.lines());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return out.toByteArray();
    }

    private TableReport unpacked(byte[] packed) throws SQLException {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new TableReport(json.readValue(zip, LINES));
        } catch (IOException e) {
            throw new SQLException("a kept report is readable", e);
        }
    }
}
