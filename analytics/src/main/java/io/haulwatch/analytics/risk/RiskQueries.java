package io.haulwatch.analytics.risk;

import io.haulwatch.analytics.risk.RiskInputs.Veto;
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
import org.jspecify.annotations.Nullable;

/** Reads what the companies' scores are made of, all companies at once; for the writer's role, which sees every company. */
final class RiskQueries {
    /** Local days end by this clock. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** An episode is handled in time within this many hours of its opening; {@code risk.handling_hours}. */
    static final int HANDLING_HOURS = 24;

    /** Driving with an overdue paper makes red for this many days; {@code risk.veto_days}. */
    static final int VETO_DAYS = 30;

    // Severity 1..4 weighs 1, 3, 6, 10; a truck's day counts 30 at most; a month counts three times, a quarter twice.
    private static final String EVENTS = """
            select company_id, sum(least(points, 30) * case when age <= 30 then 3 when age <= 90 then 2 else 1 end)
            from (select company_id, vehicle_id, day, ?::date - day as age, sum(weight) as points
                from (select company_id, vehicle_id, (started_at at time zone 'Asia/Shanghai')::date as day,
                        case severity when 1 then 1 when 2 then 3 when 3 then 6 else 10 end as weight
                    from hw.episode
                    where rule in ('speeding', 'fatigue', 'fatigue_night', 'cum24')
                        and state not in ('prewarned', 'withdrawn') and handling not in ('false', 'overturned')
                        and started_at >= ?::timestamptz - interval '180 days' and started_at < ?::timestamptz) e
                group by company_id, vehicle_id, day) d
            where age between 0 and 180
            group by company_id""";

    private static final String DISTANCE = """
            select company_id, sum(distance_m) / 1000.0, sum(distance_m) filter (where day > ?::date - 30) / 1000.0
            from hw.vehicle_day where day > ?::date - 180 group by company_id""";

    // The seven required kinds of the catalogue; an annual review stands in for its permit where only that is kept.
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
                union all
                select d.company_id, 'DRIVER', d.driver_id, k.kind, k.weight
                from hw.driver d, (values ('drv.licence', 5), ('drv.qualification', 4)) k (kind, weight)
                where d.company_id > 0 and d.retired_at is null),
            best as (
                select p.owner_kind, p.owner_id, p.kind, max(p.last_day) as last_day
                from hw.paper_counted p where p.issued is null or p.issued <= ?::date
                group by p.owner_kind, p.owner_id, p.kind),
            waiting as (
                select distinct p.owner_kind, p.owner_id, p.kind from hw.paper p where p.review = 'pending' and p.effective_to > now())
            select r.company_id, sum(r.weight), sum(r.weight * case
                when b.owner_id is null and w.owner_id is not null then 0.5
                when b.owner_id is null then 1
                when b.last_day > ?::date + 30 then 0
                when b.last_day < ?::date then 1
                when b.last_day <= ?::date + 7 then 0.3
                else 0.1 end)
            from required r left join best b using (owner_kind, owner_id, kind)
                left join waiting w using (owner_kind, owner_id, kind)
            group by r.company_id""";

    private static final String HAZARDS = """
            select company_id, count(*) filter (where grade = 'general'), count(*) filter (where grade = 'major')
            from hw.hazard where closed_on is null and due_on < ?::date group by company_id""";

    private static final String HANDLED = """
            select company_id,
                count(*) filter (where handled_at <= opened_at + make_interval(hours => ?))::double precision / count(*)
            from hw.episode
            where state not in ('prewarned', 'withdrawn') and severity >= 2 and opened_at >= ?::timestamptz - interval '180 days'
                and (handled_at is not null or opened_at < ?::timestamptz - make_interval(hours => ?))
            group by company_id""";

    private static final String DRIVEN_OVERDUE = """
            select company_id, count(*) from hw.episode
            where rule = 'papers' and state not in ('prewarned', 'withdrawn') and handling not in ('false', 'overturned')
                and started_at >= ?::timestamptz - make_interval(days => ?)
            group by company_id""";

    private static final String LICENCE_OVERDUE = """
            select company_id, max(last_day)::text from hw.paper_counted
            where owner_kind = 'COMPANY' and kind = 'co.licence' and company_id > 0
                and (issued is null or issued <= ?::date)
            group by company_id having max(last_day) < ?::date""";

    private final Connection connection;
    private final OffsetDateTime now;
    private final LocalDate today;

    RiskQueries(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now.atOffset(ZoneOffset.UTC);
        this.today = now.atZone(ZONE).toLocalDate();
    }

    /** What one query gives of one company; a number that is null in the database is 0. */
    private record Row(
            double first, double second, @Nullable String text) {}

    /** The inputs of every company that is not retired. */
    Map<Integer, RiskInputs> read() throws SQLException {
        Map<Integer, Row> events = ask(EVENTS, 1, today, now, now);
        Map<Integer, Row> distance = ask(DISTANCE, 2, today, today);
        Map<Integer, Row> documents = ask(DOCUMENTS, 2, today, today, today, today);
        Map<Integer, Row> hazards = ask(HAZARDS, 2, today);
        Map<Integer, Row> handled = ask(HANDLED, 1, HANDLING_HOURS, now, now, HANDLING_HOURS);
        Map<Integer, Row> driven = ask(DRIVEN_OVERDUE, 1, now, VETO_DAYS);
        Map<Integer, Row> licences = ask(LICENCE_OVERDUE, 0, today, today);

        double allPoints = events.values().stream().mapToDouble(Row::first).sum();
        double allKilometres =
                distance.values().stream().mapToDouble(Row::first).sum();
        double mean = allKilometres > 0 ? allPoints / (allKilometres / 1_000) : 0;

        Row none = new Row(0, 0, null);
        Map<Integer, RiskInputs> out = new LinkedHashMap<>();
        for (int company : companies()) {
            Row km = distance.getOrDefault(company, none);
            Row papers = documents.getOrDefault(company, none);
            Row open = hazards.getOrDefault(company, none);
            Row inTime = handled.get(company);
            out.put(
                    company,
                    new RiskInputs(
                            events.getOrDefault(company, none).first(),
                            km.first(),
                            km.second(),
                            mean,
                            papers.first(),
                            papers.second(),
                            null,
                            (int) open.first(),
                            (int) open.second(),
                            inTime == null ? null : (Double) inTime.first(),
                            null,
                            vetoes(driven.get(company), licences.get(company), open)));
        }
        return out;
    }

    private static List<Veto> vetoes(@Nullable Row driven, @Nullable Row licence, Row hazards) {
        List<Veto> out = new ArrayList<>();
        if (driven != null) {
            out.add(new Veto(
                    "overdue_driving",
                    Long.toString((long) driven.first()),
                    "drove with an overdue critical paper, episodes in %d days: %d"
                            .formatted(VETO_DAYS, (long) driven.first()),
                    Veto.RED));
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
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    out.put(
                            rows.getInt(1),
                            new Row(
                                    numbers > 0 ? rows.getDouble(2) : 0,
                                    numbers > 1 ? rows.getDouble(3) : 0,
                                    numbers == 0 ? rows.getString(2) : null));
                }
            }
        }
        return out;
    }
}
