package io.haulwatch.console.risk;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.companies.CompanyScores;
import io.haulwatch.console.duties.Services;
import io.haulwatch.console.risk.Driving.Driven;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.sql.WhileRegisterStands;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.rules.risk.RiskInputs;
import io.haulwatch.rules.risk.RiskInputs.Training;
import io.haulwatch.rules.risk.RiskInputs.Veto;
import io.haulwatch.rules.risk.RiskScore;
import io.haulwatch.store.duty.ServiceBook;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Scores a company's trucks or drivers as they stand now. They are computed when somebody asks: a paper that is renewed lowers a score at once, and the
 * nightly run of all companies stays as short as it is. The mean that small ones are shrunk to is that of the company's newest score.
 */
final class SubjectScores {
    private static final int DAYS_30 = 30;
    /** Last days of papers, kept of all companies together. */
    private static final int MOST_PAPERS = 100_000;

    private static final int VETO_DAYS = 30;
    private static final int FATAL_DAYS = 90;
    private static final int MONTHS_OF_PACE = 24;
    private static final int HOURS_OF_A_MONTH = 2;
    private static final int MOST_HOURS_OF_A_DAY = 6;
    private static final int HOURS_OF_TWO_YEARS = 24;
    private static final double DAYS_OF_A_MONTH = 30.4375;

    /** A paper that is not in order. @param risk 0..1 as the sheet weighs its state @param day last valid day, null if there is none */
    record Gap(
            String kind, int weight, double risk, @Nullable String day) {}

    /** One of those that are scored. @param gaps papers that add to it */
    record Scored(int id, String label, int companyId, double km, RiskScore score, List<Gap> gaps) {}

    private record Named(int id, String label, int companyId) {}

    /** What a driver learnt. @param monthly hours of the last whole month @param continuing hours of two years */
    private record Hours(double monthly, double continuing) {
        static final Hours NONE = new Hours(0, 0);

        Hours plus(Hours other) {
            return new Hours(monthly + other.monthly, continuing + other.continuing);
        }

        /** Two hours; none are asked of who came later than that month began, nor before the company recorded any. */
        boolean meetsTheMonth(@Nullable LocalDate first, LocalDate came, LocalDate today) {
            LocalDate month = today.withDayOfMonth(1);
            return first == null
                    || monthly >= HOURS_OF_A_MONTH
                    || (monthly == 0 && !(first.isBefore(month) && came.isBefore(month.minusMonths(1))));
        }

        /** An hour a month since he came, 24 at most. */
        boolean keepsPace(@Nullable LocalDate first, LocalDate came, LocalDate today) {
            if (first == null) {
                return true;
            }
            long days = ChronoUnit.DAYS.between(came.isAfter(first) ? came : first, today);
            return continuing >= Math.min(HOURS_OF_TWO_YEARS, Math.floor(days / DAYS_OF_A_MONTH));
        }
    }

    private final CompanyScores scores;
    private final Services services;
    private final WhileRegisterStands<OfDay, Standing> papers;

    /** The trucks or drivers of one company on a local day, for somebody who sees these. */
    private record OfDay(Scope scope, int companyId, Subject subject, LocalDate day) {}

    /**
     * What register and papers say of required papers, by owner.
     *
     * @param last valid day by kind
     * @param waiting kinds that were sent and that nobody has looked at
     */
    private record Standing(Map<Integer, Map<String, LocalDate>> last, Map<Integer, List<String>> waiting) {
        int rows() {
            return last.values().stream().mapToInt(Map::size).sum() + waiting.size();
        }
    }

    SubjectScores(CompanyScores scores, Services services, InstantSource clock) {
        this.scores = scores;
        this.services = services;
        this.papers = new WhileRegisterStands<>(MOST_PAPERS, Standing::rows, clock);
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
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        Asked asked = new Asked(connection, scope, subject, companyId, only, today, now);
        double mean = mean(connection, scope, companyId);
        List<Named> all = asked.named();
        Standing standing = only == null
                ? papers.of(connection, new OfDay(scope, companyId, subject, today), any -> true, asked::standing)
                : asked.standing();
        Map<Integer, List<Gap>> gaps = asked.papers(all, standing, services);
        Map<Integer, Training> training = subject == Subject.DRIVER ? asked.training() : Map.of();
        Map<Integer, List<Veto>> vetoes = asked.vetoes();
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
                                    .mapToDouble(gap -> gap.weight * gap.risk)
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
                    own.stream().filter(gap -> gap.risk > 0).toList()));
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

    /** The questions about one company's trucks or drivers. */
    private record Asked(
            Connection connection,
            Scope scope,
            Subject subject,
            int companyId,
            @Nullable Integer only,
            LocalDate today,
            Instant now) {

        List<Named> named() throws SQLException {
            return narrowed(new SqlText(subject.all).within(scope, "v.company_id = any (?)"), "v.", subject.column)
                    .list(connection, row -> {
                        String label = row.getString(2);
                        return new Named(row.getInt(1), label == null ? "" : label, row.getInt(3));
                    });
        }

        private SqlText narrowed(SqlText sql, String alias, String column) {
            sql.and(alias + "company_id = ?", companyId);
            return only == null ? sql : sql.and(alias + column + " = ?", only);
        }

        /** How the required papers of all stand. */
        Standing standing() throws SQLException {
            Map<Integer, Map<String, LocalDate>> last = new HashMap<>();
            SqlText counted = new SqlText(
                            "select p.owner_id, p.kind, max(p.last_day)::text from hw.paper_counted p where p.owner_kind = ?"
                                    + " and (p.issued is null or p.issued <= ?)",
                            subject.owner,
                            today)
                    .within(scope, "p.company_id = any (?)");
            narrowed(counted, "p.", "owner_id")
                    .add("group by 1, 2")
                    .each(
                            connection,
                            row -> last.computeIfAbsent(row.getInt(1), id -> new HashMap<>())
                                    .put(row.getString(2), day(row.getString(3))));
            Map<Integer, List<String>> waiting = new HashMap<>();
            SqlText pending = new SqlText(
                            "select p.owner_id, p.kind from hw.paper p where p.review = 'pending' and p.effective_to > now()"
                                    + " and p.owner_kind = ?",
                            subject.owner)
                    .within(scope, "p.company_id = any (?)");
            narrowed(pending, "p.", "owner_id")
                    .each(
                            connection,
                            row -> waiting.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                                    .add(row.getString(2)));
            return new Standing(last, waiting);
        }

        /** Required papers with what their state weighs; of a truck whose services are recorded those count. */
        Map<Integer, List<Gap>> papers(List<Named> all, Standing standing, Services services) throws SQLException {
            Map<Integer, ServiceBook.Service> due =
                    subject == Subject.TRUCK ? services.of(connection, companyId, today) : Map.of();
            Map<Integer, List<Gap>> found = new HashMap<>();
            for (Named each : all) {
                List<Gap> gaps = new ArrayList<>();
                for (PaperKind kind : subject.papers) {
                    ServiceBook.Service service = kind == PaperKind.VEH_MAINTENANCE2 ? due.get(each.id) : null;
                    LocalDate until =
                            standing.last.getOrDefault(each.id, Map.of()).get(kind.code());
                    boolean waits =
                            standing.waiting.getOrDefault(each.id, List.of()).contains(kind.code());
                    gaps.add(
                            service == null
                                    ? new Gap(
                                            kind.code(),
                                            kind.riskWeight(),
                                            risk(until, waits),
                                            until == null || until.equals(LocalDate.MAX) ? null : until.toString())
                                    : new Gap(
                                            kind.code(),
                                            kind.riskWeight(),
                                            service.state().risk(),
                                            service.dueOn().toString()));
                }
                found.put(each.id, gaps);
            }
            return found;
        }

        private static LocalDate day(String text) {
            return text.equals("infinity") ? LocalDate.MAX : LocalDate.parse(text);
        }

        private double risk(@Nullable LocalDate until, boolean waits) {
            if (until == null) {
                return waits ? PaperState.PENDING_REVIEW.risk() : PaperState.MISSING.risk();
            }
            if (until.isBefore(today)) {
                return PaperState.OVERDUE.risk();
            }
            if (!until.isAfter(today.plusDays(7))) {
                return PaperState.DUE_URGENT.risk();
            }
            return until.isAfter(today.plusDays(DAYS_30)) ? PaperState.VALID.risk() : PaperState.DUE_SOON.risk();
        }

        /**
         * Of a company that records training or has overdue lessons: the hours of the last whole month, and whether those of two years keep pace. They are put
         * together here: a database that guesses few rows behind the row security joins thousands of drivers with thousands of sums one by one.
         */
        Map<Integer, Training> training() throws SQLException {
            Set<Integer> overdue = new HashSet<>();
            new SqlText(
                            "select distinct driver_id from hw.training_task where company_id = ? and closed_at is null and due_at <= ?",
                            companyId,
                            now)
                    .each(connection, row -> overdue.add(row.getInt(1)));
            LocalDate first = new SqlText(
                            "select min(held_on)::text from hw.training_record where company_id = ? and held_on > ? and held_on <= ?",
                            companyId,
                            today.minusMonths(MONTHS_OF_PACE),
                            today)
                    .first(connection, row -> Optional.ofNullable(row.getString(1)))
                    .flatMap(day -> day.map(LocalDate::parse))
                    .orElse(null);
            if (first == null && overdue.isEmpty()) {
                return Map.of();
            }
            Map<Integer, Hours> hours = hours();
            Map<Integer, Training> found = new HashMap<>();
            narrowed(
                            new SqlText("select v.driver_id, v.created_at from hw.driver v where v.retired_at is null")
                                    .within(scope, "v.company_id = any (?)"),
                            "v.",
                            "driver_id")
                    .each(connection, row -> {
                        int driver = row.getInt(1);
                        LocalDate came = row.getTimestamp(2)
                                .toInstant()
                                .atZone(PaperState.ZONE)
                                .toLocalDate();
                        Hours own = hours.getOrDefault(driver, Hours.NONE);
                        found.put(
                                driver,
                                new Training(
                                        !overdue.contains(driver) && own.meetsTheMonth(first, came, today) ? 1 : 0,
                                        own.keepsPace(first, came, today) ? 1 : 0));
                    });
            return found;
        }

        /** Hours of the last whole month, and those of continuing education, of which six a day count. */
        private Map<Integer, Hours> hours() throws SQLException {
            LocalDate month = today.withDayOfMonth(1);
            Map<Integer, Hours> found = new HashMap<>();
            narrowed(
                            new SqlText(
                                    "select driver_id, sum(hours) from hw.training_record where kind = 'monthly' and held_on >= ? and held_on < ?",
                                    month.minusMonths(1),
                                    month),
                            "",
                            "driver_id")
                    .add("group by 1")
                    .each(connection, row -> found.put(row.getInt(1), new Hours(row.getDouble(2), 0)));
            narrowed(
                            new SqlText(
                                    "select driver_id, sum(hours) from (select driver_id, least(sum(hours), ?) as hours from hw.training_record"
                                            + " where kind = 'continuing' and held_on > ? and held_on <= ?",
                                    MOST_HOURS_OF_A_DAY,
                                    today.minusMonths(MONTHS_OF_PACE),
                                    today),
                            "",
                            "driver_id")
                    .add("group by driver_id, held_on) day group by 1")
                    .each(connection, row -> found.merge(row.getInt(1), new Hours(0, row.getDouble(2)), Hours::plus));
            return found;
        }

        Map<Integer, List<Veto>> vetoes() throws SQLException {
            Map<Integer, List<Veto>> found = new HashMap<>();
            // A truck answers for whatever was overdue on board, a driver for his own papers.
            // The words of the index episode_own_papers.
            String own = subject == Subject.DRIVER ? " and facts ->> 'owner' = 'driver:' || driver_id::text" : "";
            SqlText driven = new SqlText("select " + subject.column
                            + ", count(*) from hw.episode where rule = 'papers' and state not in ('prewarned', 'withdrawn')"
                            + " and handling not in ('false', 'overturned') and " + subject.column + " is not null"
                            + own)
                    .within(scope, "company_id = any (?)")
                    .and("started_at >= ?", now.minus(java.time.Duration.ofDays(VETO_DAYS)));
            narrowed(driven, "", subject.column)
                    .add("group by 1")
                    .each(
                            connection,
                            row -> found.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                                    .add(new Veto(
                                            "overdue_driving",
                                            row.getString(2),
                                            "drove with an overdue critical paper, episodes in %d days: %s"
                                                    .formatted(VETO_DAYS, row.getString(2)),
                                            Veto.RED)));
            SqlText fatal = new SqlText(
                            "select " + subject.column
                                    + ", max(happened_on)::text from hw.accident where deaths > 0 and responsibility not in ('unknown', 'none')"
                                    + " and happened_on > ? and happened_on <= ? and " + subject.column
                                    + " is not null",
                            today.minusDays(FATAL_DAYS),
                            today)
                    .within(scope, "company_id = any (?)");
            narrowed(fatal, "", subject.column)
                    .add("group by 1")
                    .each(
                            connection,
                            row -> found.computeIfAbsent(row.getInt(1), id -> new ArrayList<>())
                                    .add(new Veto(
                                            "fatal_accident",
                                            row.getString(2),
                                            "fatal accident with responsibility on " + row.getString(2),
                                            Veto.FATAL)));
            return found;
        }
    }
}
