package io.haulwatch.analytics.risk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.rules.risk.RiskInputs;
import io.haulwatch.rules.risk.RiskScore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Computes all companies' scores and writes them into {@code company_risk}: one row a company and local day, the newest of the day
 * standing. Whoever runs the product calls {@link #run} now and then; one transaction, so a reader sees all of a run or nothing.
 */
public final class RiskJob {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MOST_ACTS = 3;

    /** For sums over half a year of alarms; the usual 4 MB would send them to the disk. For this transaction alone. */
    private static final String ROOM = "set local work_mem = '128MB'";

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
                try (Statement settings = connection.createStatement()) {
                    settings.execute(ROOM);
                }
                Map<Integer, RiskQueries.Company> companies = new RiskQueries(connection, now).read();
                store(connection, now, companies);
                connection.commit();
                return companies.size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void store(Connection connection, Instant now, Map<Integer, RiskQueries.Company> companies)
            throws SQLException {
        LocalDate today = now.atZone(RiskQueries.ZONE).toLocalDate();
        Map<Integer, RiskScore> scores = new LinkedHashMap<>();
        Map<SizeClass, List<Double>> bySize = new EnumMap<>(SizeClass.class);
        companies.forEach((id, company) -> {
            RiskScore score = RiskScore.of(company.inputs());
            scores.put(id, score);
            Double value = score.value();
            if (value != null && company.vehicles() > 0) {
                bySize.computeIfAbsent(SizeClass.of(company.vehicles()), size -> new ArrayList<>())
                        .add(rounded(value));
            }
        });
        try (PreparedStatement forget = connection.prepareStatement(FORGET_TODAY);
                PreparedStatement row = connection.prepareStatement(STORE)) {
            forget.setTimestamp(
                    1, Timestamp.from(today.atStartOfDay(RiskQueries.ZONE).toInstant()));
            forget.executeUpdate();
            for (Map.Entry<Integer, RiskQueries.Company> entry : companies.entrySet()) {
                RiskScore score = Objects.requireNonNull(scores.get(entry.getKey()));
                row.setInt(1, entry.getKey());
                row.setTimestamp(2, Timestamp.from(now));
                setScore(row, score.value());
                RiskScore.Band band = score.band();
                row.setString(4, band == null ? null : band.key());
                row.setString(5, json(score, entry.getValue(), bySize));
                row.setString(6, score.formula());
                row.addBatch();
            }
            row.executeBatch();
        }
        storeSizes(connection, today, bySize);
    }

    /** How the companies of each size stand today; of too few nothing is told. */
    private static void storeSizes(Connection connection, LocalDate today, Map<SizeClass, List<Double>> bySize)
            throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement("delete from hw.risk_of_size where day = ?");
                PreparedStatement row = connection.prepareStatement(
                        "insert into hw.risk_of_size (day, size_class, companies, quarter, median, three_quarters) values (?, ?, ?, ?, ?, ?)")) {
            forget.setObject(1, today);
            forget.executeUpdate();
            for (Map.Entry<SizeClass, List<Double>> entry : bySize.entrySet()) {
                if (entry.getValue().size() >= SizeClass.LEAST) {
                    SizeClass.Quartiles quartiles = SizeClass.Quartiles.of(entry.getValue());
                    row.setObject(1, today);
                    row.setString(2, entry.getKey().key());
                    row.setInt(3, quartiles.companies());
                    row.setDouble(4, quartiles.quarter());
                    row.setDouble(5, quartiles.median());
                    row.setDouble(6, quartiles.threeQuarters());
                    row.addBatch();
                }
            }
            row.executeBatch();
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static void setScore(PreparedStatement row, @Nullable Double value) throws SQLException {
        if (value == null) {
            row.setNull(3, Types.DOUBLE);
        } else {
            row.setDouble(3, rounded(value));
        }
    }

    /** What the score is made of, what stands behind it, what lowers it most and how it stands among companies of its size. */
    static String json(RiskScore score, RiskQueries.Company company, Map<SizeClass, List<Double>> bySize) {
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
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("code", veto.code());
            told.put("value", veto.value());
            told.put("detail", veto.detail());
            if (veto.until() != null) {
                told.put("until", veto.until());
            }
            vetoes.add(told);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("parts", parts);
        whole.put("missing", score.missing().stream().map(Enum::name).toList());
        whole.put("veto", vetoes);
        whole.put("insufficient_data", score.insufficientData());
        RiskAct.Best best = RiskAct.best(company.inputs(), company.behind(), MOST_ACTS);
        whole.put(
                "acts",
                best.acts().stream()
                        .map(act -> Map.of(
                                "code", act.code(),
                                "kind", act.kind(),
                                "count", act.count(),
                                "points", rounded(act.points()),
                                "points_below", rounded(act.pointsBelow())))
                        .toList());
        whole.put("reachable", rounded(best.reachable()));
        whole.put(
                "behind",
                Map.of(
                        "papers",
                        company.behind().papers().stream()
                                .filter(gap -> gap.risk() > 0)
                                .map(gap -> Map.of("kind", gap.kind(), "open", gap.open(), "risk", rounded(gap.risk())))
                                .toList(),
                        "events",
                        company.behind().events().stream()
                                .map(each -> Map.of(
                                        "rule", each.rule(),
                                        "severity", each.severity(),
                                        "age", each.age(),
                                        "count", each.count()))
                                .toList(),
                        "drivers",
                        company.behind().worstDrivers().stream()
                                .map(each -> Map.of("id", each.driverId(), "points", rounded(each.points())))
                                .toList()));
        SizeClass size = SizeClass.of(company.vehicles());
        List<Double> same = bySize.getOrDefault(size, List.of());
        Double value = score.value();
        whole.put("size_class", size.key());
        if (value != null && same.size() >= SizeClass.LEAST) {
            whole.put("of_size", same.size());
            whole.put(
                    "better",
                    same.stream().filter(other -> other < rounded(value)).count());
        }
        try {
            return JSON.writeValueAsString(whole);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and words are always JSON", e);
        }
    }
}
