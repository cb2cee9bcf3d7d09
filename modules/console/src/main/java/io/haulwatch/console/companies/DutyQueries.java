package io.haulwatch.console.companies;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.console.duties.Services;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.OfSomebody;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.sql.WhileRegisterStands;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.store.duty.ServiceBook;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.training.study.MonthlyDuty;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a company has to renew or put right: papers of company, trucks and drivers, and hazards. */
public final class DutyQueries {
    private static final int DUE_DAYS = 30;
    private static final int SHORT_DAYS = 7;
    /** A company whose last record is older records no training. */
    private static final int MONTHS_RECORDED = 24;

    private static final int MOST = 500;

    /** Counts of the company page by the kinds of paper that they count. */
    private static final Map<String, Set<String>> COUNTED = counted();

    /** Papers that are over or soon, kept of all companies together. */
    private static final int MOST_KEPT = 50_000;

    private final Services known;
    private final WhileRegisterStands<OfDay, PaperDues> kept;

    public DutyQueries(Services services, InstantSource clock) {
        this.known = services;
        this.kept = new WhileRegisterStands<>(
                MOST_KEPT, dues -> dues.dues.size() + dues.trucksWithServicePaper.size(), clock);
    }

    /** One company on a local day, for somebody who sees these. */
    private record OfDay(Scope scope, int companyId, LocalDate day) {}

    /**
     * What register and papers alone say.
     *
     * @param kept how many owners have a paper of each kind, without those of trucks' services
     */
    private record PaperDues(List<PaperDue> dues, Map<String, Integer> kept, Set<Integer> trucksWithServicePaper) {}

    /** @param vehicleId the truck itself, or that which the driver is assigned to */
    private record PaperDue(
            long paperId,
            String ownerKind,
            int ownerId,
            String label,
            String kind,
            LocalDate expires,
            @Nullable Integer vehicleId) {}

    private static Map<String, Set<String>> counted() {
        Map<String, Set<String>> counted = new LinkedHashMap<>();
        counted.put("maintenance_overdue", Set.of("veh.maintenance2"));
        counted.put("qualification_expired", Set.of("drv.qualification"));
        counted.put("permit_overdue", Set.of("veh.permit", "veh.permit_review"));
        counted.put("inspection_overdue", Set.of("veh.inspection"));
        counted.put("insurance_expired", Set.of("veh.ins_compulsory"));
        counted.put("licence_expired", Set.of("drv.licence"));
        return counted;
    }

    /**
     * Reads the duties of a company.
     *
     * @param moving whether a vehicle is moving now
     */
    public Duties read(Connection connection, Scope scope, int companyId, LocalDate today, IntPredicate moving)
            throws SQLException {
        PaperDues papers = kept.of(
                connection,
                new OfDay(scope, companyId, today),
                any -> true,
                () -> new PaperDues(
                        dues(connection, scope, companyId, today),
                        kept(connection, scope, companyId, today),
                        trucksWithServicePaper(connection, scope, companyId, today)));
        Map<Integer, ServiceBook.Service> services = known.of(connection, companyId, today);
        List<Due> all = new ArrayList<>();
        for (PaperDue paper : papers.dues) {
            all.add(due(
                    paper.paperId,
                    null,
                    paper.ownerKind,
                    paper.ownerId,
                    paper.label,
                    paper.kind,
                    paper.expires,
                    today,
                    PaperKind.CRITICAL.contains(paper.kind),
                    paper.vehicleId != null && moving.test(paper.vehicleId)));
        }
        Map<String, Integer> kept = new HashMap<>(papers.kept);
        int byPaper = (int) papers.trucksWithServicePaper.stream()
                .filter(truck -> !services.containsKey(truck))
                .count();
        int byService = (int) services.values().stream()
                .filter(ServiceBook.Service::isCounted)
                .count();
        kept.merge(PaperKind.VEH_MAINTENANCE2.code(), byPaper + byService, Integer::sum);
        bySaidServices(all, services, today, moving);
        Map<String, Count> counts = new LinkedHashMap<>();
        COUNTED.forEach((name, kinds) -> counts.put(
                name,
                Count.of(
                        all.stream().filter(due -> kinds.contains(due.kind)).toList(),
                        kinds.stream()
                                .mapToInt(kind -> kept.getOrDefault(kind, 0))
                                .sum(),
                        name.equals("qualification_expired"))));

        List<Due> hazards = new ArrayList<>();
        new SqlText("""
                select h.hazard_id, h.title, h.grade, h.due_on, h.owner_name from hw.hazard h where h.closed_on is null
                """)
                .within(scope, "h.company_id = any (?)")
                .and("h.company_id = ?", companyId)
                .list(
                        connection,
                        row -> hazards.add(due(
                                null,
                                row.getLong("hazard_id"),
                                "COMPANY",
                                companyId,
                                row.getString("title"),
                                "hazard." + row.getString("grade"),
                                row.getDate("due_on").toLocalDate(),
                                today,
                                row.getString("grade").equals("major"),
                                false)));
        counts.put("hazards_overdue", Count.of(hazards, hazards.size(), false));
        Count training = training(connection, scope, companyId, today);
        if (training != null) {
            counts.put("training_open", training);
        }
        all.addAll(hazards);
        Comparator<Due> worstFirst = Comparator.comparing((Due due) -> !due.critical)
                .thenComparing(due -> due.expires == null ? "" : due.expires)
                .thenComparing(due -> due.ownerLabel);
        return new Duties(
                counts,
                all.stream()
                        .filter(due -> due.daysOverdue != null)
                        .sorted(worstFirst)
                        .limit(MOST)
                        .toList(),
                all.stream()
                        .filter(due -> due.daysLeft != null && due.daysLeft <= DUE_DAYS)
                        .sorted(Comparator.comparing((Due due) -> due.expires == null ? "" : due.expires)
                                .thenComparing(due -> due.ownerLabel))
                        .limit(MOST)
                        .toList(),
                services.keySet());
    }

    /** Papers that are over or soon, by the latest day of each; the others are only counted. */
    private static List<PaperDue> dues(Connection connection, Scope scope, int companyId, LocalDate today)
            throws SQLException {
        return new SqlText("""
                select p.paper_id, b.owner_kind, b.owner_id, b.kind, b.last_day as expires, coalesce(v.plate, d.name, c.name) as label,
                    coalesce(v.vehicle_id, a.vehicle_id) as vehicle_id
                from (select owner_kind, owner_id, kind, max(last_day) as last_day from hw.paper_counted_on(?)
                    where true
                """, today)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("group by owner_kind, owner_id, kind having max(last_day) <= ?) b", today.plusDays(DUE_DAYS))
                .add("""
                        join lateral (select paper_id from hw.paper_counted p where p.owner_kind = b.owner_kind and p.owner_id = b.owner_id
                            and p.kind = b.kind and p.last_day = b.last_day and (p.issued is null or p.issued <= ?)
                            order by paper_id desc limit 1) p on true
                        left join hw.vehicle v on b.owner_kind = 'VEHICLE' and v.vehicle_id = b.owner_id
                        left join hw.driver d on b.owner_kind = 'DRIVER' and d.driver_id = b.owner_id
                        left join hw.company c on b.owner_kind = 'COMPANY' and c.company_id = b.owner_id
                        left join lateral (select vehicle_id from hw.assignment a where b.owner_kind = 'DRIVER'
                            and a.driver_id = b.owner_id and a.effective_from <= now() and a.effective_to > now()
                            order by a.effective_from desc limit 1) a on true
                    where v.retired_at is null and d.retired_at is null
                    """, today)
                .list(connection, row -> {
                    String label = row.getString("label");
                    return new PaperDue(
                            row.getLong("paper_id"),
                            row.getString("owner_kind"),
                            row.getInt("owner_id"),
                            label == null ? "" : label,
                            row.getString("kind"),
                            row.getDate("expires").toLocalDate(),
                            row.getObject("vehicle_id", Integer.class));
                });
    }

    /** How many owners have a paper of each kind, but for those of trucks' services. */
    private static Map<String, Integer> kept(Connection connection, Scope scope, int companyId, LocalDate today)
            throws SQLException {
        Map<String, Integer> kept = new HashMap<>();
        new SqlText("""
                select b.kind, count(*) from (select distinct owner_kind, owner_id, kind from hw.paper_counted_on(?)
                    where not (kind = 'veh.maintenance2' and owner_kind = 'VEHICLE')
                """, today)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .add("""
                    ) b
                        left join hw.vehicle v on b.owner_kind = 'VEHICLE' and v.vehicle_id = b.owner_id
                        left join hw.driver d on b.owner_kind = 'DRIVER' and d.driver_id = b.owner_id
                    where v.retired_at is null and d.retired_at is null
                    group by b.kind
                    """)
                .list(connection, row -> kept.put(row.getString(1), row.getInt(2)));
        return kept;
    }

    private static Set<Integer> trucksWithServicePaper(
            Connection connection, Scope scope, int companyId, LocalDate today) throws SQLException {
        return new HashSet<>(new SqlText("""
                select p.owner_id from hw.paper_counted_on(?) p join hw.vehicle v on v.vehicle_id = p.owner_id and v.retired_at is null
                where p.owner_kind = 'VEHICLE' and p.kind = 'veh.maintenance2'
                """, today)
                .within(scope, "p.company_id = any (?)")
                .and("p.company_id = ?", companyId)
                .list(connection, row -> row.getInt(1)));
    }

    /**
     * Drivers without this month's hours, of a company that records training; null of one that does not. They are put together here: behind the row
     * security a database guesses few rows, and joins thousands of drivers with thousands of sums one by one.
     */
    private static @Nullable Count training(Connection connection, Scope scope, int companyId, LocalDate today)
            throws SQLException {
        boolean records = new SqlText(
                        "select 1 from hw.training_record where company_id = ? and held_on > ?",
                        companyId,
                        today.minusMonths(MONTHS_RECORDED))
                .add("limit 1")
                .first(connection, row -> true)
                .isPresent();
        if (!records) {
            return null;
        }
        Set<Integer> trained = new HashSet<>(new SqlText(
                        "select driver_id from hw.training_record where company_id = ? and kind = 'monthly' and held_on >= ?",
                        companyId,
                        today.withDayOfMonth(1))
                .add("group by driver_id having sum(hours) >= ?", MonthlyDuty.HOURS)
                .list(connection, row -> row.getInt(1)));
        List<Integer> drivers = new SqlText("select driver_id from hw.driver where retired_at is null")
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", companyId)
                .list(connection, row -> row.getInt(1));
        int open = (int) drivers.stream().filter(id -> !trained.contains(id)).count();
        return new Count(open, drivers.size(), 0, 0, null);
    }

    /** A truck whose services are recorded is due by them, not by a paper. */
    private static void bySaidServices(
            List<Due> all, Map<Integer, ServiceBook.Service> services, LocalDate today, IntPredicate moving) {
        all.removeIf(due -> due.ownerKind.equals("VEHICLE")
                && due.kind.equals(PaperKind.VEH_MAINTENANCE2.code())
                && services.containsKey(due.ownerId));
        services.values().stream()
                .filter(ServiceBook.Service::isCounted)
                .forEach(service -> all.add(due(
                        null,
                        null,
                        "VEHICLE",
                        service.vehicleId(),
                        service.plate(),
                        PaperKind.VEH_MAINTENANCE2.code(),
                        service.dueOn(),
                        today,
                        false,
                        moving.test(service.vehicleId()))));
    }

    private static Due due(
            @Nullable Long paperId,
            @Nullable Long hazardId,
            String ownerKind,
            int ownerId,
            String ownerLabel,
            String kind,
            @Nullable LocalDate expires,
            LocalDate today,
            boolean critical,
            boolean moving) {
        Long days = expires == null ? null : ChronoUnit.DAYS.between(today, expires);
        return new Due(
                paperId,
                hazardId,
                ownerKind,
                ownerId,
                ownerLabel,
                kind,
                expires == null ? null : expires.toString(),
                days != null && days < 0 ? -days : null,
                days != null && days >= 0 ? days : null,
                critical,
                moving);
    }

    /** A company's duties. @param counts by name of the company page @param serviced trucks whose services are recorded */
    public record Duties(Map<String, Count> counts, List<Due> overdue, List<Due> dueSoon, Set<Integer> serviced) {}

    /**
     * How many of how many.
     *
     * @param count overdue
     * @param of all that there are
     * @param drivingNow overdue ones whose driver is on the road, only where it matters
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Count(
            int count,
            int of,
            @JsonProperty("due_7d") int due7d,
            @JsonProperty("due_30d") int due30d,
            @Nullable Integer drivingNow) {
        static Count of(List<Due> dues, int of, boolean driving) {
            int overdue = 0;
            int due7 = 0;
            int due30 = 0;
            int onTheRoad = 0;
            for (Due due : dues) {
                if (due.daysOverdue != null) {
                    overdue++;
                    onTheRoad += due.moving ? 1 : 0;
                } else if (due.daysLeft != null) {
                    due7 += due.daysLeft <= SHORT_DAYS ? 1 : 0;
                    due30 += due.daysLeft <= DUE_DAYS ? 1 : 0;
                }
            }
            return new Count(overdue, of, due7, due30, driving ? onTheRoad : null);
        }
    }

    /**
     * A paper or hazard with its day.
     *
     * @param expires last valid day; of a hazard the day by which it is to be put right
     * @param moving whether its truck, or its driver's, is moving now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Due(
            @Nullable Long paperId,
            @Nullable Long hazardId,
            String ownerKind,
            int ownerId,
            @DriverName String ownerLabel,
            String kind,
            @Nullable String expires,
            @Nullable Long daysOverdue,
            @Nullable Long daysLeft,
            boolean critical,
            boolean moving)
            implements OfSomebody {
        @Override
        public boolean isOfDriver() {
            return ownerKind.equals("DRIVER");
        }
    }
}
