package io.haulwatch.app.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.report.PositionRecord;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;

/** What the database holds, as the model's records. */
final class Stored {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Stored() {}

    /** All positions, each vehicle's in the order (device time, hash as unsigned); the view is reused. */
    static Iterator<PositionRecord> positions(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        statement.setFetchSize(20_000);
        ResultSet rows = statement.executeQuery("""
                select vehicle_id, (extract(epoch from device_time) * 1000)::bigint,
                    (extract(epoch from receive_time) * 1000)::bigint, body_hash, flags, alarms, status, lat, lon, altitude,
                    speed, heading, satellites, mileage, recorder_speed, body
                from hw.position order by vehicle_id, device_time, body_hash < 0, body_hash""");
        return new Positions(rows);
    }

    private static final class Positions implements Iterator<PositionRecord> {
        private final ResultSet rows;
        private final ByteBuffer buffer = ByteBuffer.allocate(2_048);
        private final PositionRecord view = new PositionRecord();
        private boolean more;

        Positions(ResultSet rows) throws SQLException {
            this.rows = rows;
            this.more = rows.next();
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public PositionRecord next() {
            if (!more) {
                throw new NoSuchElementException();
            }
            try {
                byte[] body = rows.getBytes(16);
                PositionRecord.writeHead(
                        buffer,
                        0,
                        rows.getInt(5),
                        rows.getInt(1),
                        rows.getLong(3),
                        rows.getLong(2),
                        rows.getLong(4),
                        rows.getInt(6),
                        rows.getInt(7),
                        rows.getInt(8),
                        rows.getInt(9),
                        rows.getInt(10),
                        rows.getInt(11),
                        rows.getInt(12),
                        orAbsent(rows.getInt(13), PositionRecord.ABSENT_BYTE),
                        PositionRecord.ABSENT_BYTE,
                        orAbsent(rows.getLong(14), PositionRecord.ABSENT_MILEAGE),
                        orAbsent(rows.getInt(15), PositionRecord.ABSENT_SPEED),
                        body.length);
                buffer.put(PositionRecord.HEAD, body);
                more = rows.next();
                return view.wrap(buffer, 0);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private int orAbsent(int value, int absent) throws SQLException {
            return rows.wasNull() ? absent : value;
        }

        private long orAbsent(long value, long absent) throws SQLException {
            return rows.wasNull() ? absent : value;
        }
    }

    /** The newest revision of every episode. */
    static List<Episode> episodes(Connection connection) throws SQLException {
        List<Episode> episodes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select episode_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id,
                            (extract(epoch from started_at) * 1000)::bigint, (extract(epoch from ended_at) * 1000)::bigint,
                            severity, evidence, ended_by, measures, facts, points
                        from hw.episode""")) {
            while (rows.next()) {
                int driver = rows.getInt(8);
                boolean nobody = rows.wasNull();
                episodes.add(new Episode(
                        rows.getObject(1, UUID.class),
                        rows.getInt(2),
                        EpisodeState.valueOf(upper(rows.getString(3))),
                        Rule.valueOf(upper(rows.getString(4))),
                        rows.getString(5),
                        Subject.parse(rows.getString(6)),
                        rows.getInt(7),
                        nobody ? null : driver,
                        rows.getLong(9),
                        rows.getLong(10),
                        Severity.of(rows.getInt(11)),
                        Evidence.valueOf(upper(rows.getString(12))),
                        rows.getString(13),
                        JSON.readValue(rows.getString(14), new TypeReference<Map<String, Long>>() {}),
                        JSON.readValue(rows.getString(15), new TypeReference<Map<String, String>>() {}),
                        points(rows.getString(16))));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored episode is not JSON", e);
        }
        return episodes;
    }

    private static List<EvidencePoint> points(String json) throws JsonProcessingException {
        List<EvidencePoint> points = new ArrayList<>();
        for (JsonNode point : JSON.readTree(json)) {
            points.add(new EvidencePoint(
                    EvidencePoint.Role.valueOf(upper(point.path("role").asText())),
                    point.path("device_millis").asLong(),
                    point.path("body_hex").asText()));
        }
        return points;
    }

    /** One number of one row. */
    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
