package io.haulwatch.analytics.risk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Computes all companies' scores and writes them into {@code company_risk}: one row a company and local day, the newest of the day
 * standing. Whoever runs the product calls {@link #run} now and then; one transaction, so a reader sees all of a run or nothing.
 */
public final class RiskJob {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String FORGET_TODAY = "delete from hw.company_risk where as_of >= ?";
    private static final String STORE = """
            insert into hw.company_risk (company_id, as_of, score, band, parts, formula_version)
            values (?, ?, ?, ?, ?::jsonb, ?)""";

    private final DataSource database;
    private final InstantSource clock;

    /** @param database pool of the writer's role */
    public RiskJob(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Scores every company that is not retired.
     *
     * @return companies scored
     * @throws SQLException if the database does not answer or refuses; the scores before stand then
     */
    public int run() throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Map<Integer, RiskInputs> inputs = new RiskQueries(connection, now).read();
                store(connection, now, inputs);
                connection.commit();
                return inputs.size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void store(Connection connection, Instant now, Map<Integer, RiskInputs> inputs) throws SQLException {
        Instant midnight = now.atZone(RiskQueries.ZONE)
                .toLocalDate()
                .atStartOfDay(RiskQueries.ZONE)
                .toInstant();
        try (PreparedStatement forget = connection.prepareStatement(FORGET_TODAY);
                PreparedStatement row = connection.prepareStatement(STORE)) {
            forget.setTimestamp(1, Timestamp.from(midnight));
            forget.executeUpdate();
            for (Map.Entry<Integer, RiskInputs> entry : inputs.entrySet()) {
                RiskScore score = RiskScore.of(entry.getValue());
                row.setInt(1, entry.getKey());
                row.setTimestamp(2, Timestamp.from(now));
                setScore(row, score.value());
                RiskScore.Band band = score.band();
                row.setString(4, band == null ? null : band.key());
                row.setString(5, json(score));
                row.setString(6, RiskScore.FORMULA);
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    private static void setScore(PreparedStatement row, @Nullable Double value) throws SQLException {
        if (value == null) {
            row.setNull(3, Types.DOUBLE);
        } else {
            row.setDouble(3, Math.round(value * 10) / 10.0);
        }
    }

    /** {@code {parts: [{code, weight, value, points, data}], missing, veto, insufficient_data}}, as the console reads it. */
    static String json(RiskScore score) {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (RiskScore.Contribution part : score.parts()) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("code", part.part().name());
            told.put("weight", part.weight());
            told.put("value", part.value());
            told.put("points", part.points());
            told.put("data", part.data());
            parts.add(told);
        }
        List<Map<String, Object>> vetoes = new ArrayList<>();
        for (RiskInputs.Veto veto : score.vetoes()) {
            vetoes.add(Map.of("code", veto.code(), "value", veto.value(), "detail", veto.detail()));
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("parts", parts);
        whole.put("missing", score.missing().stream().map(Enum::name).toList());
        whole.put("veto", vetoes);
        whole.put("insufficient_data", score.insufficientData());
        try {
            return JSON.writeValueAsString(whole);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and words are always JSON", e);
        }
    }
}
