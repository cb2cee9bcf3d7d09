package io.haulwatch.analytics.kpi;

import io.haulwatch.analytics.kpi.KpiDays.Counted;
import io.haulwatch.rules.kpi.AlarmCounts;
import io.haulwatch.rules.kpi.Indicator;
import io.haulwatch.store.kpi.TruckSums;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SQL of {@link KpiJob}, for the writer's role, which sees every company. */
final class KpiQueries {
    private static final int HANDLING_HOURS = AlarmCounts.HANDLING_HOURS;
    /** Severities that ask for a closed loop, and within how many days of the opening an alarm of each is to be settled for good; {@code kpi.loop_days}. */
    private static final Integer[] LOOP_SEVERITIES = {2, 3, 4};

    private static final Integer[] LOOP_DAYS = {15, 10, 7};

    private static final String DAYS = "select day, counted_at, frozen_at from hw.kpi_day";
    private static final String FIRST_DAY = "select min(day) from hw.vehicle_day";

    private static final String TRUCKS = """
            select vehicle_id, company_id from hw.vehicle where retired_at is null or retired_at >= ? order by vehicle_id""";

    private static final String UNREADABLE = """
            select vehicle_id, sum(quarantined) from hw.report_book where hour >= ? and hour < ? and quarantined > 0 group by 1""";

    // What a person found to be false, and an appeal that was accepted, are no events.
    private static final String REAL =
            " and state in ('open', 'closed', 'amended') and handling not in ('false', 'overturned')";

    private static final String SPEEDING = """
            select vehicle_id, started_at, ended_at from hw.episode where rule = 'speeding' and started_at >= ? and started_at < ?""" + REAL + " order by vehicle_id, started_at, episode_id";

    // The night's part lies within the same drive: the longer one of both.
    private static final String FATIGUE = """
            select vehicle_id, greatest(sum(coalesce((measures ->> 'driving_s')::bigint, 0)) filter (where rule = 'fatigue'),
                sum(coalesce((measures ->> 'driving_s')::bigint, 0)) filter (where rule = 'fatigue_night'))
            from hw.episode where rule in ('fatigue', 'fatigue_night') and started_at >= ? and started_at < ?""" + REAL + " group by 1";

    // An alarm falls into the day of its deadline, so each into one period; so does the end of the time to settle it
    // for good, and an appeal into the
    // day of its decision. Settled is what no step, second opinion or open case holds any more.
    private static final String ALARMS = """
            select vehicle_id, sum(due), sum(handled), sum(in_time), sum(loops_due), sum(looped), sum(appeals), sum(rejected) from (
                select vehicle_id, 1 as due, (handled_at is not null)::integer as handled,
                    coalesce((handled_at <= opened_at + make_interval(hours => ?))::integer, 0) as in_time,
                    0 as loops_due, 0 as looped, 0 as appeals, 0 as rejected
                from hw.episode
                where severity >= 2 and state in ('open', 'closed', 'amended') and handling <> 'overturned'
                    and opened_at >= ?::timestamptz - make_interval(hours => ?) and opened_at < ?::timestamptz - make_interval(hours => ?)
                union all
                select e.vehicle_id, 0, 0, 0, 1,
                    coalesce((e.handling in ('resolved', 'false') and e.handled_at <= e.opened_at + make_interval(days => l.days))::integer, 0), 0, 0
                from unnest(?::integer[], ?::integer[]) as l (severity, days) join hw.episode e on e.severity = l.severity
                where e.state in ('open', 'closed', 'amended') and e.handling <> 'overturned'
                    and e.opened_at >= ?::timestamptz - make_interval(days => l.days) and e.opened_at < ?::timestamptz - make_interval(days => l.days)
                union all
                select e.vehicle_id, 0, 0, 0, 0, 0, 1, (not a.accepted)::integer from hw.appeal a join hw.episode e using (episode_id)
                where a.decided_at >= ? and a.decided_at < ?) each
            group by 1""";

    private static final String FORGET = "delete from hw.kpi_vehicle_day where day = ?";
    private static final String STORE = """
            insert into hw.kpi_vehicle_day (vehicle_id, company_id, day, received, qualified, total_m, gap_m, drifts, offline_moves,
                speedings, fatigue_s, due, handled, in_time, loops_due, looped, appeals, rejected)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String COUNTED = """
            insert into hw.kpi_day (day, formula, trucks, counted_at, frozen_at) values (?, ?, ?, ?, ?)
            on conflict (day) do update set formula = excluded.formula, trucks = excluded.trucks, counted_at = excluded.counted_at,
                frozen_at = excluded.frozen_at""";

    // Its parameters are those of trucksOver.
    private static final String TRUCKS_OVER = TruckSums.OF_DAYS + TruckSums.GROUPS;

    private static final String FORGET_MONTH = "delete from hw.kpi_company_month where month = ?";
    private static final String MONTH = """
            insert into hw.kpi_company_month (company_id, month, trucks, entered, online, received, qualified, total_m, gap_m, drifting,
                moved_offline, speedings, fatigue_s, due, handled, in_time, loops_due, looped, appeals, rejected, counted_at)
            select company_id, ?, count(*), count(*) filter (where entered), count(*) filter (where online_days > 0), sum(received),
                sum(qualified), sum(total_m), sum(gap_m), count(*) filter (where drift_days > 0),
                count(*) filter (where offline_moves > 0), sum(speedings), sum(fatigue_s), sum(due), sum(handled), sum(in_time),
                sum(loops_due), sum(looped), sum(appeals), sum(rejected), ?
            from (""" + TRUCKS_OVER + ") t group by company_id";

    // Months of which a day was counted after their sums, or that have none.
    private static final String UNSUMMED = """
            select d.month from (
                select date_trunc('month', day)::date as month, max(counted_at) as newest from hw.kpi_day group by 1) d
            where d.newest > coalesce((select min(m.counted_at) from hw.kpi_company_month m where m.month = d.month), '-infinity')
            order by 1 desc""";

    private static final String REGIONS = """
            insert into hw.kpi_region_month (adcode, month, companies, online, speedings, fatigue_s, counted_at)
            select substr(c.adcode, 1, 4), m.month, count(*), sum(m.online), sum(m.speedings), sum(m.fatigue_s), m.counted_at
            from hw.kpi_company_month m join hw.company c on c.company_id = m.company_id and c.company_id > 0
            where m.month = ? and (m.received > 0 or m.speedings > 0 or m.fatigue_s > 0 or m.due > 0)
            group by 1, m.month, m.counted_at
            on conflict (adcode, month) do update set companies = excluded.companies, online = excluded.online,
                speedings = excluded.speedings, fatigue_s = excluded.fatigue_s, counted_at = excluded.counted_at""";

    // A month makes its first version itself once its last day is frozen.
    private static final String MONTHS = """
            insert into hw.kpi_period (first_day, last_day, version, formula, asked_at, reason)
            select m, (m + interval '1 month')::date - 1, 1, ?, ?, 'month'
            from (select distinct date_trunc('month', day)::date as m from hw.kpi_day where frozen_at is not null) months
            where exists (select from hw.kpi_day d where d.day = (m + interval '1 month')::date - 1 and d.frozen_at is not null)
            on conflict (first_day, last_day, version) do nothing""";

    private static final String WAITING = """
            select period_id, first_day, last_day from hw.kpi_period p where made_at is null
                and not exists (select from hw.kpi_day d where d.day between p.first_day and p.last_day and d.frozen_at is null)
            order by period_id""";

    private static final String FREEZE = """
            insert into hw.kpi_period_vehicle (period_id, vehicle_id, company_id, entered, online_days, received, qualified, total_m, gap_m,
                drift_days, offline_moves, speedings, fatigue_s, due, handled, in_time, loops_due, looped, appeals,
                rejected)
            select ?, t.* from (""" + TRUCKS_OVER + ") t";

    private static final String MADE = "update hw.kpi_period set made_at = ?, formula = ? where period_id = ?";

    private final Connection connection;

    KpiQueries(Connection connection) {
        this.connection = connection;
    }

    Map<LocalDate, Counted> days() throws SQLException {
        Map<LocalDate, Counted> days = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(DAYS);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Timestamp frozen = row.getTimestamp(3);
                days.put(
                        row.getObject(1, LocalDate.class),
                        new Counted(row.getTimestamp(2).toInstant(), frozen == null ? null : frozen.toInstant()));
            }
        }
        return days;
    }

    @Nullable
    LocalDate firstDay() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIRST_DAY);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getObject(1, LocalDate.class) : null;
        }
    }

    /** Company by truck of those in service on a day, in order of their ids. */
    List<int[]> trucks(Instant dayStart) throws SQLException {
        List<int[]> trucks = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(TRUCKS)) {
            query.setTimestamp(1, Timestamp.from(dayStart));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    trucks.add(new int[] {row.getInt(1), row.getInt(2)});
                }
            }
        }
        return trucks;
    }

    Map<Integer, Integer> unreadable(Instant from, Instant to) throws SQLException {
        return numbers(UNREADABLE, from, to);
    }

    Map<Integer, Integer> fatigueSeconds(Instant from, Instant to) throws SQLException {
        return numbers(FATIGUE, from, to);
    }

    private Map<Integer, Integer> numbers(String sql, Instant from, Instant to) throws SQLException {
        Map<Integer, Integer> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setTimestamp(1, Timestamp.from(from));
            query.setTimestamp(2, Timestamp.from(to));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(row.getInt(1), row.getInt(2));
                }
            }
        }
        return found;
    }

    /** Start and end of each truck's speeding of a day, ms, in order. */
    Map<Integer, List<long[]>> speeding(Instant from, Instant to) throws SQLException {
        Map<Integer, List<long[]>> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SPEEDING)) {
            query.setTimestamp(1, Timestamp.from(from));
            query.setTimestamp(2, Timestamp.from(to));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(row.getInt(1), truck -> new ArrayList<>())
                            .add(new long[] {
                                row.getTimestamp(2).getTime(),
                                row.getTimestamp(3).getTime()
                            });
                }
            }
        }
        return found;
    }

    /** What became of alarms and appeals on a day, by truck. */
    Map<Integer, AlarmCounts> alarms(Instant from, Instant to) throws SQLException {
        Map<Integer, AlarmCounts> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(ALARMS)) {
            query.setInt(1, HANDLING_HOURS);
            query.setTimestamp(2, Timestamp.from(from));
            query.setInt(3, HANDLING_HOURS);
            query.setTimestamp(4, Timestamp.from(to));
            query.setInt(5, HANDLING_HOURS);
            query.setArray(6, connection.createArrayOf("integer", LOOP_SEVERITIES));
            query.setArray(7, connection.createArrayOf("integer", LOOP_DAYS));
            query.setTimestamp(8, Timestamp.from(from));
            query.setTimestamp(9, Timestamp.from(to));
            query.setTimestamp(10, Timestamp.from(from));
            query.setTimestamp(11, Timestamp.from(to));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getInt(1),
                            new AlarmCounts(
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7),
                                    row.getLong(8)));
                }
            }
        }
        return found;
    }

    /** One truck's day as it is stored. */
    record TruckDay(
            int vehicleId,
            int companyId,
            int received,
            int qualified,
            double totalMetres,
            double gapMetres,
            int drifts,
            int offlineMoves,
            int speedings,
            int fatigueSeconds,
            AlarmCounts alarms) {
        boolean isEmpty() {
            return received == 0 && speedings == 0 && fatigueSeconds == 0 && alarms.equals(AlarmCounts.NONE);
        }
    }

    void store(LocalDate day, List<TruckDay> rows, int trucks, Instant now, boolean freeze, int driftPoints)
            throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setObject(1, day);
            forget.executeUpdate();
        }
        try (PreparedStatement row = connection.prepareStatement(STORE)) {
            for (TruckDay each : rows) {
                row.setInt(1, each.vehicleId);
                row.setInt(2, each.companyId);
                row.setObject(3, day);
                row.setInt(4, each.received);
                row.setInt(5, each.qualified);
                row.setDouble(6, each.totalMetres);
                row.setDouble(7, each.gapMetres);
                row.setInt(8, each.drifts);
                row.setInt(9, each.offlineMoves);
                row.setInt(10, each.speedings);
                row.setInt(11, each.fatigueSeconds);
                row.setLong(12, each.alarms.due());
                row.setLong(13, each.alarms.handled());
                row.setLong(14, each.alarms.inTime());
                row.setLong(15, each.alarms.loopsDue());
                row.setLong(16, each.alarms.looped());
                row.setLong(17, each.alarms.appeals());
                row.setLong(18, each.alarms.rejected());
                row.addBatch();
            }
            row.executeBatch();
        }
        try (PreparedStatement counted = connection.prepareStatement(COUNTED)) {
            counted.setObject(1, day);
            counted.setString(2, Indicator.FORMULA);
            counted.setInt(3, trucks);
            counted.setTimestamp(4, Timestamp.from(now));
            counted.setTimestamp(5, freeze ? Timestamp.from(now) : null);
            counted.executeUpdate();
        }
        sumMonth(day.withDayOfMonth(1), now, driftPoints);
    }

    /** First days of months whose sums are missing or older than their days, the newest first. */
    List<LocalDate> unsummed() throws SQLException {
        List<LocalDate> months = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(UNSUMMED);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                months.add(row.getObject(1, LocalDate.class));
            }
        }
        return months;
    }

    void sumMonth(LocalDate month, Instant now, int driftPoints) throws SQLException {
        LocalDate today = now.atZone(KpiDays.ZONE).toLocalDate();
        LocalDate end = month.plusMonths(1).minusDays(1);
        try (PreparedStatement forget = connection.prepareStatement(FORGET_MONTH);
                PreparedStatement sums = connection.prepareStatement(MONTH);
                PreparedStatement regions = connection.prepareStatement(REGIONS)) {
            forget.setObject(1, month);
            forget.executeUpdate();
            sums.setObject(1, month);
            sums.setTimestamp(2, Timestamp.from(now));
            trucksOver(sums, 3, month, end.isBefore(today) ? end : today, driftPoints);
            sums.executeUpdate();
            regions.setObject(1, month);
            regions.executeUpdate();
        }
    }

    /** Sets the five parameters of {@link #TRUCKS_OVER}, the first of them at {@code at}. */
    private static void trucksOver(PreparedStatement rows, int at, LocalDate first, LocalDate last, int driftPoints)
            throws SQLException {
        rows.setObject(at, last);
        rows.setInt(at + 1, driftPoints);
        rows.setObject(at + 2, first);
        rows.setObject(at + 3, last);
        rows.setTimestamp(at + 4, Timestamp.from(last.atStartOfDay(KpiDays.ZONE).toInstant()));
    }

    /** Makes the periods whose days are all frozen. @return how many */
    int freezePeriods(Instant now, int driftPoints) throws SQLException {
        try (PreparedStatement months = connection.prepareStatement(MONTHS)) {
            months.setString(1, Indicator.FORMULA);
            months.setTimestamp(2, Timestamp.from(now));
            months.executeUpdate();
        }
        List<Object[]> waiting = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(WAITING);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                waiting.add(new Object[] {
                    row.getInt(1), row.getObject(2, LocalDate.class), row.getObject(3, LocalDate.class)
                });
            }
        }
        for (Object[] period : waiting) {
            LocalDate first = (LocalDate) period[1];
            LocalDate last = (LocalDate) period[2];
            try (PreparedStatement rows = connection.prepareStatement(FREEZE)) {
                rows.setInt(1, (Integer) period[0]);
                trucksOver(rows, 2, first, last, driftPoints);
                rows.executeUpdate();
            }
            try (PreparedStatement made = connection.prepareStatement(MADE)) {
                made.setTimestamp(1, Timestamp.from(now));
                made.setString(2, Indicator.FORMULA);
                made.setInt(3, (Integer) period[0]);
                made.executeUpdate();
            }
        }
        return waiting.size();
    }
}
