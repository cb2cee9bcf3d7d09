package io.haulwatch.console.companies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Risk scores as the analysis wrote them; a database without them gives none. */
public final class CompanyScores {
    private static final int WEEKS = 12;
    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

    private final ObjectMapper json;

    public CompanyScores(ObjectMapper json) {
        this.json = json;
    }

    /** The newest score of each company in the scope. */
    public Map<Integer, Score> newest(Connection connection, Scope scope) throws SQLException {
        Map<Integer, Score> scores = new HashMap<>();
        if (!kept(connection)) {
            return scores;
        }
        new SqlText("""
                select c.company_id, r.score, r.band
                from hw.company c, lateral (select score, band from hw.company_risk r where r.company_id = c.company_id
                    order by as_of desc limit 1) r
                where true""")
                .within(scope, "c.company_id = any (?)")
                .list(connection, row -> scores.put(row.getInt(1), new Score(number(row, 2), row.getString(3))));
        return scores;
    }

    /** The newest score of one company with its parts. */
    Optional<Explained> explained(Connection connection, Scope scope, int companyId) throws SQLException {
        return explained(connection, scope, companyId, Instant.EPOCH, FAR);
    }

    /** The newest of those as of {@code from} until before {@code to}. */
    public Optional<Explained> explained(Connection connection, Scope scope, int companyId, Instant from, Instant to)
            throws SQLException {
        if (!kept(connection)) {
            return Optional.empty();
        }
        return new SqlText("select as_of, score, band, parts, formula_version from hw.company_risk where true")
                .within(scope, "company_id = any (?)")
                .and("company_id = ? and as_of >= ? and as_of < ?", companyId, from, to)
                .add("order by as_of desc limit 1")
                .first(connection, row -> {
                    try {
                        return new Explained(
                                Json.time(row.getTimestamp(1).toInstant()),
                                number(row, 2),
                                row.getString(3),
                                json.readTree(row.getString(4)),
                                row.getString(5));
                    } catch (JsonProcessingException e) {
                        throw new SQLException("a jsonb column holds JSON", e);
                    }
                });
    }

    /** The parts of a company's newest score, none if it has none. */
    public JsonNode newestParts(Connection connection, Scope scope, int companyId) throws SQLException {
        JsonNode stored =
                explained(connection, scope, companyId).map(Explained::parts).orElseGet(json::createArrayNode);
        return stored.isArray() ? stored : stored.path("parts");
    }

    /** Twelve weeks, the oldest first: the company's newest score of each, and how those of its size stood. */
    public List<Week> weeks(Connection connection, Scope scope, int companyId, String sizeClass, LocalDate today)
            throws SQLException {
        Map<Integer, Double> own = new HashMap<>();
        new SqlText(
                        """
                select distinct on (week) (?::date - (as_of at time zone 'Asia/Shanghai')::date) / 7 as week, score from hw.company_risk
                where as_of > ?
                """,
                        today,
                        today.minusWeeks(WEEKS).atStartOfDay(PaperState.ZONE).toInstant())
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("order by week, as_of desc")
                .list(connection, row -> {
                    Double score = number(row, 2);
                    return score != null && own.put(row.getInt(1), score) == null;
                });
        Map<Integer, Week> sizes = new HashMap<>();
        new SqlText("""
                select distinct on (week) (?::date - day) / 7 as week, quarter, median, three_quarters from hw.risk_of_size
                where day > ? and size_class = ? order by week, day desc
                """, today, today.minusWeeks(WEEKS), sizeClass)
                .list(
                        connection,
                        row -> sizes.put(
                                row.getInt(1), new Week("", null, number(row, 2), number(row, 3), number(row, 4))));
        List<Week> weeks = new ArrayList<>();
        for (int week = WEEKS - 1; week >= 0; week--) {
            Week size = sizes.getOrDefault(week, new Week("", null, null, null, null));
            weeks.add(new Week(
                    today.minusWeeks(week).toString(), own.get(week), size.quarter, size.median, size.threeQuarters));
        }
        return weeks;
    }

    private static boolean kept(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select to_regclass('hw.company_risk') is not null");
                ResultSet rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static @Nullable Double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    /**
     * A score.
     *
     * @param score 0 no risk to 100 worst, null without enough data
     * @param band blue, yellow, orange or red
     */
    public record Score(@Nullable Double score, @Nullable String band) {}

    /**
     * One week.
     *
     * @param day its last one
     * @param score of the company, null if none was computed
     * @param median of the companies of its size, between the lower and the upper quarter; null below five of them
     */
    public record Week(
            String day,
            @Nullable Double score,
            @Nullable Double quarter,
            @Nullable Double median,
            @Nullable Double threeQuarters) {}

    /** A score with its parts. */
    public record Explained(
            String asOf, @Nullable Double score, @Nullable String band, JsonNode parts, String formulaVersion) {}
}
