package io.haulwatch.analytics.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.haulwatch.analytics.fleet.Journey;
import io.haulwatch.analytics.fleet.MemoryLog;
import io.haulwatch.analytics.fleet.TestServer;
import io.haulwatch.analytics.risk.RiskJob;
import io.haulwatch.analytics.risk.RiskTimetable;
import io.haulwatch.analytics.runner.RuleRunner;
import io.haulwatch.analytics.runner.RuleRunnerOptions;
import io.haulwatch.log.ReportLog;
import io.haulwatch.model.paper.PaperCalendar;
import io.haulwatch.model.paper.PaperCalendar.Bar;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperVersion;
import io.haulwatch.model.paper.PaperVersion.Review;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.store.position.WriterOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Log, rules and a real database: one story in three chapters. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final MemoryLog LOG = new MemoryLog(4);
    private static final AtomicBoolean DOWN = new AtomicBoolean();
    private static TestServer server;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws IOException, InterruptedException, SQLException {
        server = TestServer.start();
        server.run(
                "insert into hw.company (company_id, name, adcode) values (1, '甲运输', '500112'), (2, '乙运输', '500112')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)"
                        + " values (1, 1, '渝B00001', 2, 'GENERAL'), (2, 2, '渝B00002', 2, 'GENERAL')");
    }

    @AfterAll
    static void close() throws IOException, InterruptedException {
        server.close();
    }

    @Test
    @Order(1)
    void storesPositionsAndEpisodesOnceAndLetsTheLogForgetThem() throws IOException, SQLException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        report(
                1,
                Journey.of(1, "2026-03-01T06:00", 20)
                        .drive(105, "2026-03-01T10:50")
                        .stand("2026-03-01T11:30"));
        report(2, Journey.of(2, "2026-03-01T06:00", 20).drive(70, "2026-03-01T09:00"));
        report(2, Journey.of(2, "2026-03-01T06:00", 20).drive(70, "2026-03-01T07:00"));
        try (RuleRunner rules = RuleRunner.start(
                        LOG, ReferenceSet.EMPTY, RuleRunnerOptions.in(folder), meters, InstantSource.system());
                DatabaseFeed feed = start(meters)) {
            await().atMost(PATIENCE).until(() -> rules.lagRecords() == 0 && allStored(feed));
            await().atMost(PATIENCE)
                    .until(() ->
                            server.column("select count(*) from hw.position").contains("1530"));
            await().atMost(PATIENCE)
                    .until(() -> server.column("select next_offset from hw.reader_offset where reader = 'episodes'")
                            .contains(String.valueOf(LOG.end(ReportLog.EPISODES))));
            assertThat(feed.state().up()).isTrue();
        }
        assertThat(server.column("select state from hw.episode where rule = 'fatigue'"))
                .containsExactly("closed");
        assertThat(server.column("select distinct company_id from hw.episode")).containsExactly("1");
        assertThat(meters.get("haulwatch.positions.stored").counter().count()).isEqualTo(1_530);
        assertThat(meters.get("haulwatch.positions.duplicate").counter().count())
                .isEqualTo(180);
        assertThat(LOG.committed("writer", 1)).isEqualTo(LOG.end(1));
        assertThat(LOG.committed("episodes", ReportLog.EPISODES)).isEqualTo(LOG.end(ReportLog.EPISODES));
    }

    @Test
    @Order(2)
    void waitsForTheDatabaseSaysSoAndDrains() throws SQLException {
        DOWN.set(true);
        try (DatabaseFeed feed = start(new SimpleMeterRegistry())) {
            report(2, Journey.of(2, "2026-03-01T09:00", 20).drive(70, "2026-03-01T10:00"));
            await().atMost(PATIENCE).until(() -> feed.state().reason().contains("no database today"));
            assertThat(feed.state().up()).isFalse();
            assertThat(feed.lagRecords().get("writer")).isPositive();
            DOWN.set(false);
            await().atMost(PATIENCE)
                    .until(() ->
                            server.column("select count(*) from hw.position").contains("1710"));
            await().atMost(PATIENCE).until(() -> feed.state().up());
        }
        assertThat(server.column("select count(*) from hw.position where vehicle_id = 2"))
                .containsExactly("720");
    }

    @Test
    @Order(3)
    void scoresEachCompanyByWhatIsStored() throws SQLException {
        server.run(
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, expires, effective_from) values"
                        + " (1, 'COMPANY', 1, 'co.licence', '2030-01-01', '-infinity'),"
                        + " (1, 'VEHICLE', 1, 'veh.ins_compulsory', '2026-02-01', '-infinity'),"
                        + " (1, 'VEHICLE', 1, 'veh.permit', '2026-03-20', '-infinity'),"
                        + " (1, 'VEHICLE', 1, 'veh.inspection', '2026-03-05', '-infinity'),"
                        + " (1, 'VEHICLE', 1, 'veh.maintenance2', '2026-03-02', '-infinity'),"
                        + " (2, 'COMPANY', 2, 'co.licence', '2026-03-01', '-infinity')",
                "insert into hw.hazard (company_id, title, grade, found_on, due_on) values"
                        + " (1, '灭火器过期', 'general', '2026-01-01', '2026-02-01')",
                "insert into hw.vehicle_day (vehicle_id, company_id, day, distance_mm) values"
                        + " (1, 1, '2026-02-20', 2000000000), (2, 2, '2026-02-20', 500000000)");
        RiskJob job = new RiskJob(
                server.databases().writer(), InstantSource.fixed(Instant.ofEpochMilli(Journey.at("2026-03-02T12:00"))));
        assertThat(job.run()).isEqualTo(2);
        assertThat(job.run()).isEqualTo(2);

        assertThat(server.column("select company_id || ' ' || band from hw.company_risk order by 1"))
                .containsExactly("1 orange", "2 red");
        // 10 + 5 + 4 + 4 + 3 required; insurance overdue 5, permit due soon 0.4, inspection and maintenance urgent 1.2
        // and 0.9.
        assertThat(server.column("select p->'data'->>'risk_weight' from hw.company_risk,"
                        + " jsonb_array_elements(parts->'parts') p where company_id = 1 and p->>'code' = 'D'"))
                .containsExactly("7.5");
        assertThat(server.column("select p->'data'->>'overdue_general' from hw.company_risk,"
                        + " jsonb_array_elements(parts->'parts') p where company_id = 1 and p->>'code' = 'H'"))
                .containsExactly("1.0");
        assertThat(server.column("select parts->'veto'->0->>'code' from hw.company_risk where company_id = 2"))
                .containsExactly("company_licence");
        assertThat(server.column("select parts->>'missing' from hw.company_risk where company_id = 2"))
                .containsExactly("[\"A\", \"T\", \"M\"]");
    }

    /** The score reads states in SQL, for all companies at once; pages ask the calendar. Both have to say the same. */
    @Test
    @Order(5)
    void theScoresSqlSaysOfEachPaperWhatTheCalendarSays() throws SQLException {
        long seed = 20_261_121;
        Random dice = new Random(seed);
        LocalDate today = LocalDate.parse("2026-03-06");
        List<PaperKind> kinds = List.of(
                PaperKind.VEH_PERMIT,
                PaperKind.VEH_INSPECTION,
                PaperKind.VEH_INS_COMPULSORY,
                PaperKind.VEH_MAINTENANCE2);
        List<String> rows = new ArrayList<>();
        double expected = PaperKind.CO_LICENCE.riskWeight();
        for (int vehicle = 101; vehicle <= 160; vehicle++) {
            for (PaperKind kind : kinds) {
                List<PaperVersion> versions = new ArrayList<>();
                for (int n = dice.nextInt(4); n > 0; n--) {
                    Review review = dice.nextInt(3) == 0 ? Review.PENDING : Review.APPROVED;
                    LocalDate issued = dice.nextInt(5) == 0 ? null : today.plusDays(dice.nextInt(60) - 50);
                    LocalDate expires = dice.nextInt(8) == 0 ? null : today.plusDays(dice.nextInt(100) - 50);
                    if (PaperVersion.canBe(issued, expires)) {
                        versions.add(new PaperVersion(rows.size(), review, issued, expires));
                        rows.add("(7, 'VEHICLE', %d, '%s', '%d', %s, %s, '%s', '-infinity')"
                                .formatted(
                                        vehicle,
                                        kind.code(),
                                        rows.size(),
                                        quoted(issued),
                                        quoted(expires),
                                        review.name().toLowerCase(Locale.ROOT)));
                    }
                }
                expected += kind.riskWeight()
                        * PaperCalendar.of(kind, versions, Bar.NONE, today).risk();
            }
        }
        server.run(
                "insert into hw.company (company_id, name, adcode) values (7, '丁运输', '500112')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)"
                        + " select n, 7, '渝D00' || n, 2, 'GENERAL' from generate_series(101, 160) n",
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, issued, expires, review, effective_from) values "
                        + String.join(", ", rows));
        new RiskJob(server.databases().writer(), InstantSource.fixed(Instant.parse("2026-03-06T02:00:00Z"))).run();
        assertThat(Double.parseDouble(server.column("select p->'data'->>'risk_weight' from hw.company_risk,"
                                + " jsonb_array_elements(parts->'parts') p where company_id = 7 and p->>'code' = 'D'")
                        .getFirst()))
                .as("seed=%d", seed)
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    @Order(6)
    void scoresFollowWithinSecondsWhatPeoplePutRightAndAlarmsWithinAMinuteWhereTheyAreQuicklyComputed()
            throws SQLException {
        Instant[] now = {Instant.parse("2026-03-07T02:00:00Z")};
        DataSource writer = server.databases().writer();
        RiskTimetable timetable = new RiskTimetable(new RiskJob(writer, () -> now[0]), writer, () -> now[0]);
        assertThat(timetable.tick()).isTrue();
        now[0] = now[0].plusSeconds(5);
        assertThat(timetable.tick()).as("nobody has changed anything").isFalse();
        server.run("update hw.paper set expires = '2027-03-01' where company_id = 2 and kind = 'co.licence'");
        assertThat(timetable.tick()).isTrue();
        assertThat(server.column("select count(*) from hw.company_risk where as_of = '" + now[0]
                        + "' and company_id = 2 and parts->'veto' @> '[{\"code\":\"company_licence\"}]'"))
                .containsExactly("0");
        now[0] = now[0].plusSeconds(59);
        assertThat(timetable.tick()).isFalse();
        now[0] = now[0].plusSeconds(1);
        assertThat(timetable.tick()).as("alarms came meanwhile").isTrue();

        // A large centre: from the first look at the clock to the next a quarter of a minute goes by.
        InstantSource slow = () -> {
            now[0] = now[0].plusSeconds(15);
            return now[0];
        };
        RiskTimetable large = new RiskTimetable(new RiskJob(writer, () -> now[0]), writer, slow);
        Instant begun = now[0].plusSeconds(15);
        assertThat(large.tick()).isTrue();
        now[0] = begun.plusSeconds(599 - 15);
        assertThat(large.tick()).isFalse();
        now[0] = begun.plusSeconds(600 - 15);
        assertThat(large.tick()).as("ten minutes at most").isTrue();
    }

    @Test
    @Order(7)
    void aTruckThatIsLaidUpIsLeftOutOfTheCompanysPapersFromItsEvidenceToItsLastDay() throws SQLException {
        server.run(
                "insert into hw.company (company_id, name, adcode) values (8, '戊运输', '500112')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)"
                        + " values (801, 8, '渝E00801', 2, 'GENERAL'), (802, 8, '渝E00802', 2, 'GENERAL')",
                "insert into hw.maintenance_record (company_id, vehicle_id, done_on) values (8, 801, '2025-01-01')",
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, expires, effective_from) values"
                        + " (8, 'COMPANY', 8, 'co.licence', '2030-01-01', '-infinity'),"
                        + " (8, 'VEHICLE', 801, 'veh.permit', '2026-03-01', '-infinity'),"
                        + " (8, 'VEHICLE', 802, 'veh.permit', '2026-03-01', '-infinity')",
                "insert into hw.layup (company_id, vehicle_id, reason, first_day, last_day, note, begun_by)"
                        + " values (8, 801, 'repair', '2026-03-08', '2026-03-20', '大修中', 1)");
        // 10 of the company and 16 of each truck are required; nothing of a truck is in order.
        assertThat(papersOf8("2026-03-09T02:00:00Z")).as("without evidence").isEqualTo("32.0 of 42.0");
        server.run("update hw.layup set evident_at = '2026-03-10T01:00:00Z' where vehicle_id = 801");
        assertThat(papersOf8("2026-03-10T02:00:00Z")).isEqualTo("16.0 of 26.0");
        assertThat(papersOf8("2026-03-20T15:59:59Z")).as("its last day").isEqualTo("16.0 of 26.0");
        assertThat(papersOf8("2026-03-20T16:00:00Z")).as("by itself").isEqualTo("32.0 of 42.0");
        server.run("update hw.layup set ended_at = '2026-03-15T01:00:00Z', ended_by = 1, end_reason = '修好了'"
                + " where vehicle_id = 801");
        assertThat(papersOf8("2026-03-15T02:00:00Z")).as("ended by hand").isEqualTo("32.0 of 42.0");
    }

    private static String papersOf8(String at) throws SQLException {
        new RiskJob(server.databases().writer(), InstantSource.fixed(Instant.parse(at))).run();
        return server.column(
                        "select (p -> 'data' ->> 'risk_weight') || ' of ' || (p -> 'data' ->> 'weight') from hw.company_risk,"
                                + " jsonb_array_elements(parts -> 'parts') p where company_id = 8 and p ->> 'code' = 'D' and as_of = '"
                                + at + "'")
                .getFirst();
    }

    private static String quoted(@Nullable LocalDate day) {
        return day == null ? "null" : "'" + day + "'";
    }

    private static DatabaseFeed start(SimpleMeterRegistry meters) {
        return DatabaseFeed.start(
                LOG, failing(server.databases().writer()), WriterOptions.DEFAULTS, meters, InstantSource.system());
    }

    private static boolean allStored(DatabaseFeed feed) {
        return feed.lagRecords().values().stream().allMatch(lag -> lag == 0);
    }

    @Test
    @Order(4)
    void dutiesGoIntoTheScoreAndCompaniesOfOneSizeAreCompared() throws SQLException {
        server.run(
                "insert into hw.driver (driver_id, company_id, name, created_at) values (11, 1, '甲', '2025-01-01'),"
                        + " (12, 1, '乙', '2025-01-01'), (13, 2, '丙', '2025-01-01')",
                // The last whole month before 6 March is February: one of two has its two hours, and both have kept
                // pace with the cycle since.
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours) values"
                        + " (1, 11, 'monthly', '2026-02-03', 1.5), (1, 11, 'monthly', '2026-02-20', 0.5),"
                        + " (1, 12, 'monthly', '2026-02-03', 1.5), (1, 12, 'monthly', '2026-03-02', 2)",
                "insert into hw.maintenance_record (company_id, vehicle_id, done_on) values (1, 1, '2026-03-01')",
                "insert into hw.accident (company_id, happened_on, place, deaths, responsibility) values"
                        + " (2, '2026-02-10', '渝宜高速', 1, 'main'), (1, '2026-02-10', '渝宜高速', 1, 'none')",
                "insert into hw.company (company_id, name, adcode) select n, '小' || n, '500112' from generate_series(3, 6) n",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)"
                        + " select n, n, '渝C0000' || n, 2, 'GENERAL' from generate_series(3, 6) n");
        assertThat(new RiskJob(server.databases().writer(), InstantSource.fixed(Instant.parse("2026-03-06T02:00:00Z")))
                        .run())
                .isEqualTo(6);
        String day = " where as_of >= '2026-03-05T16:00:00Z' and as_of < '2026-03-06T16:00:00Z'";
        assertThat(server.column("select parts #>> '{parts,2,data,monthly_done}' from hw.company_risk" + day
                        + " and company_id = 1"))
                .containsExactly("0.5");
        assertThat(server.column("select formula_version from hw.company_risk" + day + " and company_id in (1, 2)"
                        + " order by company_id"))
                .containsExactly("risk-2026.3", "risk-2026.3-untrained");
        assertThat(server.column("select score from hw.company_risk" + day + " and company_id = 2"))
                .as("somebody died, with responsibility")
                .containsExactly("90");
        assertThat(server.column("select v ->> 'until' from hw.company_risk, jsonb_array_elements(parts -> 'veto') v"
                        + day + " and company_id = 2 and v ->> 'code' = 'fatal_accident'"))
                .as("ninety days after the tenth of February")
                .containsExactly("2026-05-11");
        assertThat(server.column("select parts -> 'veto' from hw.company_risk" + day + " and company_id = 1")
                        .getFirst())
                .doesNotContain("fatal");
        assertThat(server.column(
                        "select g ->> 'kind' from hw.company_risk, jsonb_array_elements(parts #> '{behind,papers}') g"
                                + day + " and company_id = 1"))
                .as("serviced five days ago, whatever its paper said")
                .doesNotContain("veh.maintenance2")
                .contains("veh.ins_compulsory");
        assertThat(server.column("select jsonb_array_length(parts -> 'acts') from hw.company_risk" + day
                        + " and company_id = 1"))
                .containsExactly("3");
        assertThat(server.column("select companies || ' ' || size_class from hw.risk_of_size where day = '2026-03-06'"))
                .containsExactly("6 under_10");
        assertThat(server.column("select parts ->> 'better' from hw.company_risk" + day + " and company_id = 2"))
                .containsExactly("5");
    }

    private static void report(int vehicleId, Journey journey) {
        journey.records().forEach(record -> LOG.report(vehicleId, record));
    }

    /** The same pool, which gives no connection while the database is down. */
    private static DataSource failing(DataSource pool) {
        return (DataSource) Proxy.newProxyInstance(
                DatabaseFeedTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (DOWN.get()) {
                        throw new SQLException("no database today");
                    }
                    return method.invoke(pool, arguments);
                });
    }
}
