package io.haulwatch.analytics.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.fleet.TestServer;
import io.haulwatch.rules.kpi.KpiParameters;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Days of two trucks in a real database, from the first count to the frozen month and its second version. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KpiJobTest {
    private TestServer server;
    private Instant now = china("2026-03-31T20:00:00");
    private KpiJob job;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start();
        job = new KpiJob(
                server.databases().writer(),
                new ScopedDatabase(server.databases().app()),
                KpiParameters.STANDARD,
                () -> now);
        server.run(
                "insert into hw.company (company_id, name, adcode) values (1, 'A', '500112'), (2, 'B', '500113')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values "
                        + "(1, 1, '渝B00001', 2, 'GENERAL'), (2, 2, '渝B00002', 2, 'GENERAL'), (3, 2, '渝B00003', 2, 'GENERAL')",
                "select hw.ensure_position_day('2026-03-30'), hw.ensure_position_day('2026-03-31')",
                "insert into hw.vehicle_day (vehicle_id, company_id, day) values (1, 1, '2026-03-31')",
                // 250 m north every ten seconds: 90 km/h.
                positions(1, "2026-03-31T10:00:00+08", 100, 2_248),
                positions(2, "2026-03-31T10:00:00+08", 10, 2_248),
                "insert into hw.report_book (vehicle_id, company_id, hour, received, stored, quarantined) values "
                        + "(1, 1, '2026-03-31T02:00:00Z', 104, 100, 4)",
                episode(1, "speeding", 3, "2026-03-31T10:00:00+08", 40, "'{}'"),
                episode(1, "speeding", 3, "2026-03-31T10:01:20+08", 50, "'{}'"),
                episode(1, "speeding", 3, "2026-03-31T12:00:00+08", 20, "'{}'"),
                episode(2, "fatigue", 2, "2026-03-31T13:00:00+08", 600, "'{\"driving_s\": 2400}'"),
                episode(2, "fatigue_night", 2, "2026-03-31T13:00:00+08", 600, "'{\"driving_s\": 600}'"));
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aDayIsCountedRepairedByLateDataFrozenAndItsMonthFrozenAndCountedAgain() throws Exception {
        assertThat(job.run(() -> true)).as("stopped").isZero();
        assertThat(rows("select count(*) from hw.kpi_day")).containsExactly("0");

        assertThat(job.run(() -> false)).isEqualTo(1);
        assertThat(day(1)).containsExactly("104|100|24750|0|0|0|1|0|0|0|0");
        assertThat(day(2)).containsExactly("10|10|2250|0|0|0|0|2400|0|0|0");
        assertThat(day(3)).as("a truck that said nothing has no row").isEmpty();
        assertThat(rows(
                        "select adcode || ' ' || month || ' ' || companies || ' ' || online || ' ' || speedings || ' ' || fatigue_s "
                                + "from hw.kpi_region_month"))
                .containsExactly("5001 2026-03-01 2 2 1 2400");

        // Two hours of a tunnel come a day later: 10 km with nothing between, then points again.
        now = china("2026-04-01T09:00:00");
        server.run(positions(1, "2026-03-31T12:00:00+08", 2, 90_000));
        assertThat(job.run(() -> false))
                .as("yesterday is over, today is at hand")
                .isEqualTo(2);
        now = china("2026-04-02T06:00:00");
        assertThat(job.run(() -> false)).isEqualTo(3);
        assertThat(rows("select frozen_at is not null from hw.kpi_day where day = '2026-03-31'"))
                .containsExactly("t");
        List<String> frozen = day(1);
        assertThat(frozen.getFirst()).startsWith("106|102|");
        assertThat(rows("select version || ' ' || reason || ' ' || (made_at is not null) from hw.kpi_period"))
                .containsExactly("1 month true");
        assertThat(rows(
                        "select vehicle_id || ' ' || entered || ' ' || online_days || ' ' || speedings || ' ' || fatigue_s "
                                + "from hw.kpi_period_vehicle order by vehicle_id"))
                .containsExactly("1 true 1 1 0", "2 true 1 0 2400", "3 false 0 0 0");

        // What comes later changes nothing, until somebody asks: an appeal was accepted.
        server.run("update hw.episode set handling = 'overturned' where rule = 'speeding'");
        now = china("2026-04-02T08:00:00");
        job.run(() -> false);
        assertThat(day(1)).isEqualTo(frozen);
        server.run(
                "update hw.kpi_day set frozen_at = null where day between '2026-03-01' and '2026-03-31'",
                "insert into hw.kpi_period (first_day, last_day, version, formula, asked_at, asked_by, reason) "
                        + "values ('2026-03-01', '2026-03-31', 2, 'kpi-1', now(), 1, '申诉成立')");
        job.run(() -> false);
        assertThat(rows(
                        "select p.version || ' ' || sum(v.speedings) from hw.kpi_period p join hw.kpi_period_vehicle v using (period_id) "
                                + "group by p.version order by p.version"))
                .containsExactly("1 1", "2 0");
    }

    @Test
    void anAlarmIsDueADayAfterItWasOpened() throws Exception {
        server.run(
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values (9, 1, '渝B00009', 2, 'GENERAL')",
                due(9, "2026-05-01T10:00:00+08", 2, "new", null),
                due(9, "2026-05-01T11:00:00+08", 2, "resolved", "2026-05-01T12:00:00+08"),
                due(9, "2026-05-01T12:00:00+08", 3, "false", "2026-05-02T12:00:01+08"),
                due(9, "2026-05-01T13:00:00+08", 1, "new", null),
                due(9, "2026-05-01T14:00:00+08", 4, "overturned", "2026-05-01T15:00:00+08"),
                due(9, "2026-05-02T00:00:00+08", 4, "new", null));
        Instant before = now;
        now = china("2026-05-02T23:00:00");
        job.run(() -> false);
        now = before;
        assertThat(
                        rows(
                                "select day || ' ' || due || ' ' || handled || ' ' || in_time from hw.kpi_vehicle_day where vehicle_id = 9"))
                .containsExactly("2026-05-02 3 2 1");
        server.run(
                "delete from hw.kpi_day",
                "delete from hw.kpi_vehicle_day",
                "delete from hw.kpi_period",
                "delete from hw.kpi_region_month",
                "delete from hw.episode where vehicle_id = 9",
                "delete from hw.vehicle where vehicle_id = 9");
    }

    @Test
    void aMonthThatWasCountedBeforeThereWereSumsOfMonthsGetsThem() throws Exception {
        server.run(
                "insert into hw.kpi_day (day, formula, trucks, counted_at, frozen_at) values "
                        + "('2025-12-05', 'kpi-1', 1, '2025-12-07', '2025-12-07')",
                "insert into hw.kpi_vehicle_day (vehicle_id, company_id, day, received, qualified, total_m, gap_m, drifts, offline_moves, "
                        + "speedings, fatigue_s, due, handled, in_time) values (1, 1, '2025-12-05', 9, 8, 0, 0, 0, 0, 0, 0, 7, 6, 5)");
        job.run(() -> false);
        assertThat(
                        rows(
                                "select received || ' ' || due || ' ' || trucks from hw.kpi_company_month where month = '2025-12-01' and company_id = 1"))
                .containsExactly("9 7 1");
        server.run(
                "delete from hw.kpi_day where day = '2025-12-05'",
                "delete from hw.kpi_vehicle_day where day = '2025-12-05'",
                "delete from hw.kpi_company_month where month = '2025-12-01'");
    }

    @Test
    void anAlarmHasSevenTenOrFifteenDaysToBeSettledForGood() throws Exception {
        server.run(
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values (8, 1, '渝B00008', 2, 'GENERAL')",
                due(8, "2026-06-23T10:00:00+08", 4, "resolved", "2026-06-30T10:00:00+08"),
                due(8, "2026-06-23T11:00:00+08", 4, "resolved", "2026-06-30T11:00:01+08"),
                due(8, "2026-06-20T10:00:00+08", 3, "false", "2026-06-29T10:00:00+08"),
                due(8, "2026-06-20T11:00:00+08", 3, "waiting", null),
                due(8, "2026-06-15T10:00:00+08", 2, "resolved", "2026-06-15T11:00:00+08"),
                due(8, "2026-06-15T11:00:00+08", 2, "overturned", "2026-06-16T11:00:00+08"),
                due(8, "2026-06-15T12:00:00+08", 2, "appealed", "2026-06-16T11:00:00+08"),
                due(8, "2026-06-22T00:00:00+08", 1, "new", null),
                due(8, "2026-06-24T00:00:00+08", 4, "new", null),
                appeal("2026-06-15T11:00:00+08", "2026-06-30T09:00:00+08", true),
                appeal("2026-06-15T10:00:00+08", "2026-06-30T23:59:59+08", false),
                appeal("2026-06-15T12:00:00+08", null, false));
        Instant before = now;
        now = china("2026-06-30T23:59:59");
        job.run(() -> false);
        now = before;
        assertThat(rows(
                        "select loops_due || ' ' || looped || ' ' || appeals || ' ' || rejected from hw.kpi_vehicle_day where vehicle_id = 8 "
                                + "and day = '2026-06-30'"))
                .containsExactly("6 3 2 1");
        server.run(
                "delete from hw.kpi_day",
                "delete from hw.kpi_vehicle_day",
                "delete from hw.kpi_period",
                "delete from hw.kpi_region_month",
                "delete from hw.episode where vehicle_id = 8",
                "delete from hw.vehicle where vehicle_id = 8");
    }

    private List<String> day(int vehicle) throws SQLException {
        return rows(
                "select received || '|' || qualified || '|' || round(total_m / 50) * 50 || '|' || round(gap_m / 50) * 50 || '|' || drifts || '|' "
                        + "|| offline_moves || '|' || speedings || '|' || fatigue_s || '|' || due || '|' || handled || '|' || in_time "
                        + "from hw.kpi_vehicle_day where day = '2026-03-31' and vehicle_id = " + vehicle);
    }

    private List<String> rows(String sql) throws SQLException {
        return server.column(sql);
    }

    /** A point every ten seconds, each so many 10⁻⁶ degree further north. */
    private static String positions(int vehicle, String from, int count, int step) {
        return "insert into hw.position (device_time, receive_time, body_hash, vehicle_id, alarms, status, lat, lon, speed, heading, altitude, "
                + "flags, body) select '" + from + "'::timestamptz + n * interval '10 seconds', '" + from + "', n, "
                + vehicle
                + ", 0, 3, 29500000 + n * " + step + ", 106500000, 900, 0, 250, 0, '\\x00' from generate_series(0, "
                + (count - 1) + ") n";
    }

    private static String episode(int vehicle, String rule, int severity, String start, int seconds, String measures) {
        return "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, started_at, ended_at, "
                + "severity, evidence, measures, facts, points, stream_offset, opened_at) values (gen_random_uuid(), "
                + vehicle
                + ", 1, 'closed', '" + rule + "', 'v', 'vehicle:" + vehicle + "', " + vehicle + ", '" + start + "', '"
                + start + "'::timestamptz + interval '" + seconds + " seconds', " + severity + ", 'live', " + measures
                + ", '{}', '[]', 0, '2026-06-01T00:00:00+08')";
    }

    private static String due(int vehicle, String opened, int severity, String handling, @Nullable String handledAt) {
        return "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, started_at, ended_at, "
                + "severity, evidence, measures, facts, points, stream_offset, opened_at, handling, handled_at) values (gen_random_uuid(), 1, 1, "
                + "'closed', 'papers', 'v', 'vehicle:9', " + vehicle + ", '" + opened + "', '" + opened + "', "
                + severity
                + ", 'live', '{}', '{}', '[]', 0, '" + opened + "', '" + handling + "', "
                + (handledAt == null ? "null" : "'" + handledAt + "'") + ")";
    }

    /** Of the alarm that was opened then. */
    private static String appeal(String opened, @Nullable String decided, boolean accepted) {
        return "insert into hw.appeal (company_id, episode_id, reason, appealed_by, appealed_at, settled_before, decided_by, decided_at, accepted, note) "
                + "select 1, episode_id, 'r', 1, opened_at, true, "
                + (decided == null ? "null, null, null, null" : "1, '" + decided + "', " + accepted + ", 'n'")
                + " from hw.episode where vehicle_id = 8 and opened_at = '" + opened + "'";
    }

    private static Instant china(String local) {
        return Instant.parse(local + "+08:00");
    }
}
