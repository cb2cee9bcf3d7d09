package io.haulwatch.analytics.risk;

import io.haulwatch.analytics.risk.RiskBehind.DriverPoints;
import io.haulwatch.analytics.risk.RiskBehind.Events;
import io.haulwatch.analytics.risk.RiskBehind.Gap;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.rules.kpi.AlarmCounts;
import io.haulwatch.rules.risk.RiskInputs;
import io.haulwatch.rules.risk.RiskInputs.Veto;
import io.haulwatch.store.duty.ServiceBook;
import io.haulwatch.store.risk.DrivingAlarms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what the companies' scores are made of, all companies at once; for the writer's role, which sees every company. */
final class RiskQueries {
    /** Local days end by this clock. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int HANDLING_HOURS = AlarmCounts.HANDLING_HOURS;

    /** Driving with an overdue paper makes red for this many days; {@code risk.veto_days}. */
    static final int VETO_DAYS = 30;

    /** A fatal accident with responsibility counts for this many days. */
    static final int FATAL_DAYS = 90;

    // What counts of how people drove, of half a year; its two parameters are both this moment.
    private static final String DRIVEN = " " + DrivingAlarms.COUNTED
            + " and started_at >= ?::timestamptz - interval '180 days' and started_at < ?::timestamptz ";

    // A truck's day counts 30 at most; a month counts three times, a quarter twice.
    private static final String EVENTS =
            """
            select company_id, sum(least(points, 30) * case when age <= 30 then 3 when age <= 90 then 2 else 1 end)
            from (select company_id, vehicle_id, day, ?::date - day as age, sum(weight) as points
                from (select company_id, vehicle_id, (started_at at time zone 'Asia/Shanghai')::date as day,""" + " " + DrivingAlarms.POINTS + " as weight from hw.episode where" + DRIVEN + """
                ) e
                group by company_id, vehicle_id, day) d
            where age between 0 and 180
            group by company_id""";

    private static final String DISTANCE = """
            select company_id, sum(distance_m) / 1000.0, sum(distance_m) filter (where day > ?::date - 30) / 1000.0
            from hw.vehicle_day where day > ?::date - 180 group by company_id""";

    // The seven required kinds of the catalogue, but for trucks that are laid up. ServiceBook judges a truck whose
    // services are recorded.
    private static final String DOCUMENTS = """
            with required as (
                select c.company_id, 'COMPANY' as owner_kind, c.company_id as owner_id, k.kind, k.weight
                from hw.company c, (values ('co.licence', 10)) k (kind, weight)
                where c.company_id > 0 and c.retired_at is null
                union all
                select v.company_id, 'VEHICLE', v.vehicle_id, k.kind, k.weight
                from hw.vehicle v, (values ('veh.ins_compulsory', 5), ('veh.permit', 4), ('veh.inspection', 4),
                    ('veh.maintenance2', 3)) k (kind, weight)
                where v.company_id > 0 and v.retired_at is null
                    and not exists (select from hw.laid_up(?::date) l where l.vehicle_id = v.vehicle_id)
                    and not (k.kind = 'veh.maintenance2' and exists (select 1 from hw.maintenance_record m where m.vehicle_id = v.vehicle_id))
                union all
                select d.company_id, 'DRIVER', d.driver_id, k.kind, k.weight
                from hw.driver d, (values ('drv.licence', 5), ('drv.qualification', 4)) k (kind, weight)
                where d.company_id > 0 and d.retired_at is null),
            best as (
                select p.owner_kind, p.owner_id, p.kind, max(p.last_day) as last_day
                from hw.paper_counted_on(?::date) p
                group by p.owner_kind, p.owner_id, p.kind),
            waiting as (
                select distinct p.owner_kind, p.owner_id, p.kind from hw.paper p where p.review = 'pending' and p.effective_to > now())
            select company_id, kind, sum(weight), sum(weight * p), count(*) filter (where p = 1) from (
                select r.company_id, r.kind, r.weight, case
                    when b.owner_id is null and w.owner_id is not null then 0.5
                    when b.owner_id is null then 1
                    when b.last_day > ?::date + 30 then 0
                    when b.last_day < ?::date then 1
                    when b.last_day <= ?::date + 7 then 0.3
                    else 0.1 end as p
                from required r left join best b using (owner_kind, owner_id, kind)
                    left join waiting w using (owner_kind, owner_id, kind)) each
            group by company_id, kind""";

    private static final String HAZARDS = """
            select company_id, count(*) filter (where grade = 'general'), count(*) filter (where grade = 'major')
            from hw.hazard where closed_on is null and due_on < ?::date group by company_id""";

    private static final String HANDLED = """
            select company_id,
                count(*) filter (where handled_at <= opened_at + make_interval(hours => ?))::double precision / count(*),
                count(*) filter (where handled_at is null or handled_at > opened_at + make_interval(hours => ?))
            from hw.episode
            where state not in ('prewarned', 'withdrawn') and handling <> 'overturned' and severity >= 2 and opened_at >= ?::timestamptz - interval '180 days'
                and (handled_at is not null or opened_at < ?::timestamptz - make_interval(hours => ?))
            group by company_id""";

    private static final String DRIVEN_OVERDUE = """
            select company_id, count(*),
                ((max(started_at) + make_interval(days => ?)) at time zone 'Asia/Shanghai')::date::text
            from hw.episode
            where rule = 'papers' and state not in ('prewarned', 'withdrawn') and handling not in ('false', 'overturned')
                and started_at >= ?::timestamptz - make_interval(days => ?)
            group by company_id""";

    private static final String LICENCE_OVERDUE = """
            select company_id, max(last_day)::text from hw.paper_counted
            where owner_kind = 'COMPANY' and kind = 'co.licence' and company_id > 0
                and (issued is null or issued <= ?::date)
            group by company_id having max(last_day) < ?::date""";

    private static final String SORTS = """
            select company_id, rule, severity, case when age <= 30 then 30 when age <= 90 then 90 else 180 end as age, count(*)
            from (select company_id, rule, severity, ?::date - (started_at at time zone 'Asia/Shanghai')::date as age
                from hw.episode where""" + DRIVEN + """
                ) e
            group by 1, 2, 3, 4 order by 1, 2, 3, 4""";

    // The cap of a truck's day is left out here: it is about who to talk to, not about the score.
    private static final String DRIVERS = """
            select company_id, driver_id, points from (
                select company_id, driver_id, points, row_number() over (partition by company_id order by points desc, driver_id) as place
                from (select company_id, driver_id, sum(""" + DrivingAlarms.POINTS + """
                            * case when started_at >= ?::timestamptz - interval '30 days' then 3
                                when started_at >= ?::timestamptz - interval '90 days' then 2 else 1 end) as points
                    from hw.episode where driver_id is not null and""" + DRIVEN + """
                    group by company_id, driver_id) d) e
            where place <= 3 order by company_id, place""";

    // Of each driver who was there before the last whole month: whether he had its hours and no lesson is overdue, and
    // whether his hours of two years keep pace with the cycle, counted from his beginning or the company's first
    // record;
    // a day counts six hours at most. A company without a record is told by overdue lessons alone, and one that began
    // to
    // record this month is not asked for the last.
    private static final String TRAINING = """
            with overdue as (
                select distinct company_id, driver_id from hw.training_task where closed_at is null and due_at <= ?),
            recorded as (
                select company_id, min(held_on) as first from hw.training_record
                where held_on > ?::date - interval '24 months' and held_on <= ?::date group by company_id),
            told as (
                select company_id, min(first) as first from (
                    select company_id, first from recorded union all select company_id, null from overdue) t
                group by company_id),
            monthly as (
                select driver_id, sum(hours) as hours from hw.training_record
                where kind = 'monthly' and held_on >= date_trunc('month', ?::date) - interval '1 month'
                    and held_on < date_trunc('month', ?::date)
                group by driver_id),
            continuing as (
                select driver_id, sum(hours) as hours from (
                    select driver_id, held_on, least(sum(hours), 6) as hours from hw.training_record
                    where kind = 'continuing' and held_on > ?::date - interval '24 months' and held_on <= ?::date
                    group by driver_id, held_on) day
                group by driver_id),
            asked as (
                select d.driver_id, d.company_id, coalesce(m.hours, 0) as monthly, coalesce(c.hours, 0) as continuing,
                    o.driver_id is not null as overdue, t.first is not null as records,
                    t.first < date_trunc('month', ?::date)
                        and d.created_at < (date_trunc('month', ?::date) - interval '1 month') at time zone 'Asia/Shanghai' as whole_month,
                    least(24, floor((?::date - greatest((d.created_at at time zone 'Asia/Shanghai')::date, t.first)) / 30.4375)) as months
                from hw.driver d join told t using (company_id)
                    left join monthly m using (driver_id) left join continuing c using (driver_id)
                    left join overdue o on o.company_id = d.company_id and o.driver_id = d.driver_id
                where d.retired_at is null and d.company_id > 0)
            select company_id,
                coalesce(avg((not overdue and (monthly >= 2 or not records or not (whole_month or monthly > 0)))::integer)
                    filter (where whole_month or monthly > 0 or overdue or not records), 1),
                avg((not records or continuing >= months)::integer),
                count(*) filter (where overdue or (records and monthly < 2 and (whole_month or monthly > 0)))
            from asked group by company_id""";

    private static final String VEHICLES =
            "select company_id, count(*) from hw.vehicle where retired_at is null group by company_id";

    private static final String FATAL = """
            select company_id, max(happened_on)::text from hw.accident
            where deaths > 0 and responsibility not in ('unknown', 'none') and happened_on > ?::date - ? and happened_on <= ?::date
            group by company_id""";

    private final Connection connection;
    private final OffsetDateTime now;
    private final LocalDate today;

    RiskQueries(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now.atOffset(ZoneOffset.UTC);
        this.today = now.atZone(ZONE).toLocalDate();
    }

    /** What one query gives of one company; a number that is null in the database is 0. @param text what follows its numbers, if anything does */
    private record Row(
            double first,
            double second,
            double third,
            @Nullable String text) {}

    /** A company as its score is made. @param vehicles in the register */
    record Company(RiskInputs inputs, RiskBehind behind, int vehicles) {}

    /** The inputs of every company that is not retired. */
    Map<Integer, Company> read() throws SQLException {
        Map<Integer, Row> events = ask(EVENTS, 1, today, now, now);
        Map<Integer, Row> distance = ask(DISTANCE, 2, today, today);
        Map<Integer, List<Gap>> documents = gaps();
        Map<Integer, List<Events>> sorts = sorts();
        Map<Integer, List<DriverPoints>> drivers = drivers();
        Map<Integer, Row> vehicles = ask(VEHICLES, 1);
        Map<Integer, Row> hazards = ask(HAZARDS, 2, today);
        Map<Integer, Row> handled = ask(HANDLED, 2, HANDLING_HOURS, HANDLING_HOURS, now, now, HANDLING_HOURS);
        Map<Integer, Row> driven = ask(DRIVEN_OVERDUE, 1, VETO_DAYS, now, VETO_DAYS);
        Map<Integer, Row> licences = ask(LICENCE_OVERDUE, 0, today, today);

        Map<Integer, Row> trained =
                ask(TRAINING, 2, now, today, today, today, today, today, today, today, today, today);
        Map<Integer, Row> fatal = ask(FATAL, 0, today, FATAL_DAYS, today);

        double allPoints = events.values().stream().mapToDouble(Row::first).sum();
        double allKilometres =
                distance.values().stream().mapToDouble(Row::first).sum();
        double mean = allKilometres > 0 ? allPoints / (allKilometres / 1_000) : 0;

        Row none = new Row(0, 0, 0, null);
        Map<Integer, Company> out = new LinkedHashMap<>();
        for (int company : companies()) {
            Row km = distance.getOrDefault(company, none);
            List<Gap> papers = documents.getOrDefault(company, List.of());
            Row training = trained.get(company);
            Row open = hazards.getOrDefault(company, none);
            Row inTime = handled.get(company);
            RiskInputs inputs = new RiskInputs(
                    events.getOrDefault(company, none).first(),
                    km.first(),
                    km.second(),
                    mean,
                    papers.stream().mapToDouble(Gap::weight).sum(),
                    papers.stream().mapToDouble(Gap::risk).sum(),
                    training == null ? null : new RiskInputs.Training(training.first(), training.second()),
                    (int) open.first(),
                    (int) open.second(),
                    inTime == null ? null : (Double) inTime.first(),
                    null,
                    vetoes(driven.get(company), licences.get(company), open, fatal.get(company)));
            RiskBehind behind = new RiskBehind(
                    papers,
                    sorts.getOrDefault(company, List.of()),
                    drivers.getOrDefault(company, List.of()),
                    training == null ? 0 : (int) training.third(),
                    inTime == null ? 0 : (int) inTime.second());
            out.put(company, new Company(inputs, behind, (int)
                    vehicles.getOrDefault(company, none).first()));
        }
        return out;
    }

    /** Papers by kind; the services of trucks whose services are recorded go with those of the papers that say so. */
    private Map<Integer, List<Gap>> gaps() throws SQLException {
        Map<Integer, Map<String, Gap>> gaps = new LinkedHashMap<>();
        each(
                DOCUMENTS,
                row -> add(
                        gaps,
                        row.getInt(1),
                        new Gap(row.getString(2), row.getDouble(3), row.getDouble(4), row.getInt(5))),
                today,
                today,
                today,
                today,
                today);
        PaperKind kind = PaperKind.VEH_MAINTENANCE2;
        for (ServiceBook.Service service :
                ServiceBook.read(connection, null, today).values()) {
            if (!service.isCounted()) {
                continue;
            }
            double risk = service.state().risk();
            add(
                    gaps,
                    service.companyId(),
                    new Gap(kind.code(), kind.riskWeight(), kind.riskWeight() * risk, risk == 1 ? 1 : 0));
        }
        Map<Integer, List<Gap>> out = new LinkedHashMap<>();
        gaps.forEach((company, kinds) -> out.put(company, List.copyOf(kinds.values())));
        return out;
    }

    private static void add(Map<Integer, Map<String, Gap>> gaps, int company, Gap gap) {
        gaps.computeIfAbsent(company, id -> new TreeMap<>())
                .merge(
                        gap.kind(),
                        gap,
                        (one, other) -> new Gap(
                                one.kind(),
                                one.weight() + other.weight(),
                                one.risk() + other.risk(),
                                one.open() + other.open()));
    }

    private Map<Integer, List<Events>> sorts() throws SQLException {
        Map<Integer, List<Events>> out = new LinkedHashMap<>();
        each(
                SORTS,
                row -> out.computeIfAbsent(row.getInt(1), company -> new ArrayList<>())
                        .add(new Events(row.getString(2), row.getInt(3), row.getInt(4), row.getLong(5))),
                today,
                now,
                now);
        return out;
    }

    private Map<Integer, List<DriverPoints>> drivers() throws SQLException {
        Map<Integer, List<DriverPoints>> out = new LinkedHashMap<>();
        each(
                DRIVERS,
                row -> out.computeIfAbsent(row.getInt(1), company -> new ArrayList<>())
                        .add(new DriverPoints(row.getInt(2), row.getDouble(3))),
                now,
                now,
                now,
                now);
        return out;
    }

    /** Takes one row. */
    @FunctionalInterface
    private interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, Taker taker, Object... parameters) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }

    private static List<Veto> vetoes(@Nullable Row driven, @Nullable Row licence, Row hazards, @Nullable Row fatal) {
        List<Veto> out = new ArrayList<>();
        if (driven != null) {
            out.add(new Veto(
                    "overdue_driving",
                    Long.toString((long) driven.first()),
                    "drove with an overdue critical paper, episodes in %d days: %d"
                            .formatted(VETO_DAYS, (long) driven.first()),
                    Veto.RED,
                    driven.text()));
        }
        if (licence != null) {
            out.add(new Veto(
                    "company_licence",
                    String.valueOf(licence.text()),
                    "operating licence expired on " + licence.text(),
                    Veto.RED));
        }
        if (hazards.second() > 0) {
            out.add(new Veto(
                    "major_hazard",
                    Long.toString((long) hazards.second()),
                    "overdue major hazards: %d".formatted((long) hazards.second()),
                    Veto.RED));
        }
        if (fatal != null) {
            out.add(new Veto(
                    "fatal_accident",
                    String.valueOf(fatal.text()),
                    "fatal accident with responsibility on " + fatal.text(),
                    Veto.FATAL,
                    LocalDate.parse(String.valueOf(fatal.text()))
                            .plusDays(FATAL_DAYS)
                            .toString()));
        }
        return out;
    }

    private List<Integer> companies() throws SQLException {
        List<Integer> out = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "select company_id from hw.company where company_id > 0 and retired_at is null order by company_id");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                out.add(rows.getInt(1));
            }
        }
        return out;
    }

    private Map<Integer, Row> ask(String sql, int numbers, Object... parameters) throws SQLException {
        Map<Integer, Row> out = new LinkedHashMap<>();
        each(
                sql,
                row -> out.put(
                        row.getInt(1),
                        new Row(
                                numbers > 0 ? row.getDouble(2) : 0,
                                numbers > 1 ? row.getDouble(3) : 0,
                                numbers > 2 ? row.getDouble(4) : 0,
                                row.getMetaData().getColumnCount() > numbers + 1 ? row.getString(numbers + 2) : null)),
                parameters);
        return out;
    }
}
