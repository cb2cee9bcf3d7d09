package io.haulwatch.analytics.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.analytics.fleet.Journey;
import io.haulwatch.analytics.fleet.MemoryLog;
import io.haulwatch.analytics.fleet.TestServer;
import io.haulwatch.analytics.risk.RiskJob;
import io.haulwatch.analytics.runner.RuleRunner;
import io.haulwatch.analytics.runner.RuleRunnerOptions;
import io.haulwatch.log.ReportLog;
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
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
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

    private static DatabaseFeed start(SimpleMeterRegistry meters) {
        return DatabaseFeed.start(
                LOG, failing(server.databases().writer()), WriterOptions.DEFAULTS, meters, InstantSource.system());
    }

    private static boolean allStored(DatabaseFeed feed) {
        return feed.lagRecords().values().stream().allMatch(lag -> lag == 0);
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
