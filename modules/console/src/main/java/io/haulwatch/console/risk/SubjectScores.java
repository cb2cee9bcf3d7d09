package io.haulwatch.console.risk;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.companies.CompanyScores;
import io.haulwatch.console.duties.Services;
import io.haulwatch.console.risk.Driving.Driven;
import io.haulwatch.console.risk.SubjectPapers.Gap;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.rules.risk.RiskInputs;
import io.haulwatch.rules.risk.RiskInputs.Training;
import io.haulwatch.rules.risk.RiskInputs.Veto;
import io.haulwatch.rules.risk.RiskScore;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Scores a company's trucks or drivers as they stand now. They are computed when somebody asks: a paper that is renewed lowers a score at once, and the
 * run of all companies stays as short as it is. The mean that small ones are shrunk to is that of the company's newest score.
 */
final class SubjectScores {
    private static final int VETO_DAYS = 30;
    private static final int FATAL_DAYS = 90;

    /** One of those that are scored. @param gaps papers that add to it */
    record Scored(int id, String label, int companyId, double km, RiskScore score, List<Gap> gaps) {}

    private record Named(int id, String label, int companyId) {}

    private final CompanyScores scores;
    private final SubjectPapers papers;

    SubjectScores(CompanyScores scores, Services services, InstantSource clock) {
        this.scores = scores;
        this.papers = new SubjectPapers(services, clock);
    }

    /** All of a company. @param driving of all of them */
    List<Scored> all(Connection connection, Scope scope, Subject subject, int companyId, Driving driving, Instant now)
            throws SQLException {
        return read(connection, scope, subject, companyId, null, id -> driving.of(subject, id), now);
    }

    /** The one that is named, which must be there. */
    Scored one(Connection connection, Scope scope, Subject subject, int companyId, int id, Instant now)
            throws SQLException {
        Driven driven = new DrivingQueries(connection, scope, companyId, now).one(subject, id);
        return read(connection, scope, subject, companyId, id, any -> driven, now)
                .getFirst();
    }

    private List<Scored> read(
            Connection connection,
            Scope scope,
            Subject subject,
            int companyId,
            @Nullable Integer only,
            IntFunction<Driven> driving,
            Instant now)
            throws SQLException {
        Asked asked = new Asked(connection, scope, subject, companyId, only, now);
        double mean = mean(connection, scope, companyId);
        List<Named> all = named(asked);
        Map<Integer, List<Gap>> gaps =
                papers.gaps(asked, all.stream().map(Named::id).toList());
        Map<Integer, Training> training = subject == Subject.DRIVER ? SubjectTraining.of(asked) : Map.of();
        Map<Integer, List<Veto>> vetoes = vetoes(asked);
        List<Scored> found = new ArrayList<>();
        for (Named each : all) {
            Driven driven = driving.apply(each.id);
            List<Gap> own = gaps.getOrDefault(each.id, List.of());
            RiskScore score = RiskScore.of(
                    new RiskInputs(
                            driven.points(),
                            driven.km(),
                            driven.km30(),
                            mean,
                            own.stream().mapToDouble(Gap::weight).sum(),
                            own.stream()
                                    .mapToDouble(gap -> gap.weight() * gap.risk())
                                    .sum(),
                            training.get(each.id),
                            0,
                            0,
                            null,
                            null,
                            vetoes.getOrDefault(each.id, List.of())),
                    subject.parts());
            found.add(new Scored(
                    each.id,
                    each.label,
                    each.companyId,
                    Math.round(driven.km() * 10) / 10.0,
                    score,
                    own.stream().filter(gap -> gap.risk() > 0).toList()));
        }
        return found;
    }

    /** The mean of all companies, as the company's newest score was shrunk to; 0 if it has none. */
    private double mean(Connection connection, Scope scope, int companyId) throws SQLException {
        JsonNode parts = scores.newestParts(connection, scope, companyId);
        for (JsonNode part : parts) {
            if (part.path("code").asText("").equals("A")) {
                return part.path("data").path("mean_per_1000km").asDouble();
            }
        }
        return 0;
    }

    private static List<Named> named(Asked asked) throws SQLException {
        return asked.narrowed(
                        new SqlText(asked.subject().all).within(asked.scope(), "v.company_id = any (?)"),
                        "v.",
                        asked.subject().column)
                .list(asked.connection(), row -> {
                    String label = row.getString(2);
                    return new Named(row.getInt(1), label == null ? "" : label, row.getInt(3));
                });
    }

    private static Map<Integer, List<Veto>> vetoes(Asked asked) throws SQLException {
        Map<Integer, List<Veto>> found = new HashMap<>();
        // A truck answers for whatever was overdue on board, a driver for his own papers: in the words of the index
        // episode_own_papers.
        String own = asked.subject() == Subject.DRIVER ? " and facts ->> 'owner' = 'driver:' || driver_id::text" : "";
        SqlText driven = new SqlText("select " + asked.subject().column
                        + ", count(*) from hw.episode where rule = 'papers' and state not in ('prewarned', 'withdrawn')"
                        + " and handling not in ('false', 'overturned') and " + asked.subject().column + " is not null"
                        + own)
                .within(asked.scope(), "company_id = any (?)")
                .and("started_at >= ?", asked.now().minus(Duration.ofDays(VETO_DAYS)));
        asked.narrowed(driven, "", asked.subject().column)
                .add("group by 1")
                .each(
                        asked.connection(),
                        row -> found.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                                .add(new Veto(
                                        "overdue_driving",
                                        row.getString(2),
                                        "drove with an overdue critical paper, episodes in %d days: %s"
                                                .formatted(VETO_DAYS, row.getString(2)),
                                        Veto.RED)));
        SqlText fatal = new SqlText(
                        "select " + asked.subject().column
                                + ", max(happened_on)::text from hw.accident where deaths > 0 and responsibility not in ('unknown', 'none')"
                                + " and happened_on > ? and happened_on <= ? and " + asked.subject().column
                                + " is not null",
                        asked.today().minusDays(FATAL_DAYS),
                        asked.today())
                .within(asked.scope(), "company_id = any (?)");
        asked.narrowed(fatal, "", asked.subject().column)
                .add("group by 1")
                .each(
                        asked.connection(),
                        row -> found.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                                .add(new Veto(
                                        "fatal_accident",
                                        row.getString(2),
                                        "fatal accident with responsibility on " + row.getString(2),
                                        Veto.FATAL)));
        return found;
    }
}
