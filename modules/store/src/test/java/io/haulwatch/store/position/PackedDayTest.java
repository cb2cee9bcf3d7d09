package io.haulwatch.store.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.store.TestDatabase;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.track.HourPacker;
import io.haulwatch.store.track.StoredPosition;
import io.haulwatch.store.track.TruckTrack;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A truck's day read from packed hours is the day that its rows tell, whatever came late, twice, or was cut short. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackedDayTest {
    private static final int VEHICLES = 3;
    /** Seconds between two commits. */
    private static final int ROUND = 600;

    private static final Instant START = TestPosition.START;
    private static final Instant END = START.plus(Duration.ofHours(8));
    /** The database's clock marks late rows; here every mark counts as old enough. */
    private static final Duration NO_SETTLING = Duration.ofDays(-36_500);

    private final TestDatabase database = TestDatabase.onEmbedded();
    private final ScopedDatabase scoped =
            new ScopedDatabase(database.databases().app());

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.run(
                "truncate hw.position, hw.position_quarantine, hw.vehicle_counter, hw.vehicle_day, hw.reader_offset,"
                        + " hw.position_hour, hw.position_hour_due",
                "update hw.position_hours_packed set packed_before = '" + START + "'",
                "insert into hw.company (company_id, name, adcode) values (1, '甲', '500112') on conflict do nothing",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) select n, 1, '渝B0000' || n, 2, "
                        + "'GENERAL' from generate_series(1, " + VEHICLES + ") n on conflict do nothing");
    }

    private static PositionWriter writer(TestDatabase database) throws SQLException {
        PositionWriter writer =
                new PositionWriter(database.databases().writer(), WriterOptions.DEFAULTS, System::nanoTime);
        writer.resume(0);
        return writer;
    }

    private HourPacker packer(BooleanSupplier cutShort) {
        return new HourPacker(
                failingNowAndThen(database.databases().writer(), cutShort),
                database.databases().replay(),
                Duration.ofMinutes(5),
                NO_SETTLING);
    }

    private static DataSource failingNowAndThen(DataSource source, BooleanSupplier cutShort) {
        return proxy(DataSource.class, source, cutShort);
    }

    /** Commits that do not happen, as when the process is killed before one. */
    private static <T> T proxy(Class<T> type, T target, BooleanSupplier cutShort) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getName().equals("commit") && cutShort.getAsBoolean()) {
                throw new SQLException("cut short");
            }
            try {
                Object result = method.invoke(target, args);
                return method.getName().equals("getConnection")
                        ? proxy(Connection.class, (Connection) result, cutShort)
                        : result;
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }));
    }

    private List<StoredPosition> day(int vehicle, boolean packedToo) throws SQLException {
        Instant from = START.minusSeconds(600);
        return scoped.read(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> packedToo
                        ? TruckTrack.read(connection, Scope.ALL, vehicle, from, END, 100_000)
                        : TruckTrack.rows(connection, Scope.ALL, vehicle, from, END, 100_000));
    }

    private void assertDaysEqualTheirRows(String when) throws SQLException {
        for (int vehicle = 1; vehicle <= VEHICLES; vehicle++) {
            assertThat(day(vehicle, true)).as("vehicle %s %s", vehicle, when).isEqualTo(day(vehicle, false));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {2, 20_261_121})
    void readsTheSameWhateverIsLateRepeatedOrCutShort(long seed) throws Exception {
        SplittableRandom dice = new SplittableRandom(seed);
        boolean[] calm = {false};
        HourPacker packer = packer(() -> !calm[0] && dice.nextInt(4) == 0);
        PositionWriter writer = writer(database);
        List<TestPosition> told = new ArrayList<>();
        long offset = 0;
        for (int second = 0; second < 7 * 3_600; second += ROUND) {
            for (int vehicle = 1; vehicle <= VEHICLES; vehicle++) {
                TestPosition live = TestPosition.at(vehicle, second + dice.nextInt(ROUND));
                TestPosition late =
                        TestPosition.at(vehicle, dice.nextLong(second + 1)).withHash(dice.nextLong());
                TestPosition repeated = told.isEmpty() ? live : told.get(dice.nextInt(told.size()));
                told.add(live);
                writer.add(0, offset++, live.record());
                if (dice.nextInt(3) == 0) {
                    told.add(late);
                    writer.add(0, offset++, late.record());
                    writer.add(0, offset++, repeated.record());
                }
            }
            writer.commit();
            if (dice.nextInt(5) == 0) {
                try {
                    packer.run(START.plusSeconds(second), () -> false);
                } catch (SQLException e) {
                    assertThat(e.getMessage()).isEqualTo("cut short");
                }
                assertDaysEqualTheirRows("seed " + seed + " after " + second + " s");
            }
        }
        calm[0] = true;
        HourPacker.Result rest = packer.run(END, () -> false);

        assertThat(rest.waiting()).isZero();
        assertThat(database.one("select sum(positions) from hw.position_hour"))
                .isEqualTo(database.one("select count(*) from hw.position where device_time < '"
                        + END.minus(Duration.ofHours(1)) + "'"));
        assertDaysEqualTheirRows("seed " + seed + " at the end");
        // So that the comparison says something: the days come from the packed rows.
        database.run("truncate hw.position");
        assertThat(day(1, true)).hasSizeGreaterThan(40).isSortedAccordingTo(StoredPosition.ORDER);
    }

    @Test
    void aRowThatIsStoredWhileItsHourIsPackedMarksTheHourAgain() throws Exception {
        PositionWriter writer = writer(database);
        writer.add(0, 0, TestPosition.at(1, 100).record());
        writer.flush();
        Instant later = START.plus(Duration.ofMinutes(70));
        packer(() -> false).run(later, () -> false);
        writer.add(0, 1, TestPosition.at(1, 50).record());
        writer.flush();
        List<Thread> beside = new ArrayList<>();
        int[] commits = {0};
        // Before its commit the packer has read the hour; the row comes now, and its mark waits for the packer's.
        HourPacker overtaken = packer(() -> {
            // The first commit is that of the day's partition.
            if (++commits[0] == 2) {
                writer.add(0, 2, TestPosition.at(1, 60).record());
                beside.add(Thread.ofVirtual().start(() -> flush(writer)));
                Awaitility.await().until(() -> waits("position_hour_due") == 1);
            }
            return false;
        });
        overtaken.run(later, () -> false);
        beside.getFirst().join();

        assertThat(marked()).isEqualTo(1);
        assertThat(database.one("select positions from hw.position_hour")).isEqualTo("2");
        assertThat(day(1, true)).hasSize(3).isEqualTo(day(1, false));
        packer(() -> false).run(later, () -> false);
        assertThat(database.one("select positions from hw.position_hour")).isEqualTo("3");
        assertDaysEqualTheirRows("after an overtaken packing");
    }

    @Test
    void aRowWhoseHourIsMarkedAlreadyIsNotOvertakenByThePackerBeforeItsCommit() throws Exception {
        Instant later = START.plus(Duration.ofMinutes(70));
        boolean[] armed = {false};
        List<Thread> beside = new ArrayList<>();
        // Its row and its mark are written and nobody can see them yet; the packer comes now and takes the mark that
        // stands.
        PositionWriter writer = new PositionWriter(
                failingNowAndThen(database.databases().writer(), () -> {
                    if (armed[0]) {
                        armed[0] = false;
                        Thread packing = Thread.ofVirtual().start(() -> pack(later));
                        beside.add(packing);
                        // For the mark, or, when it took that already, for the line.
                        Awaitility.await().until(() -> waits("position_hour") == 1);
                    }
                    return false;
                }),
                WriterOptions.DEFAULTS,
                System::nanoTime);
        writer.resume(0);
        writer.add(0, 0, TestPosition.at(1, 100).record());
        writer.flush();
        pack(later);
        writer.add(0, 1, TestPosition.at(1, 50).record());
        writer.flush();
        assertThat(marked()).isEqualTo(1);

        armed[0] = true;
        writer.add(0, 2, TestPosition.at(1, 60).record());
        writer.flush();
        beside.getFirst().join();

        assertThat(day(1, true)).hasSize(3).isEqualTo(day(1, false));
        pack(later);
        assertThat(marked()).isZero();
        assertThat(database.one("select positions from hw.position_hour")).isEqualTo("3");
    }

    private void pack(Instant now) {
        try {
            packer(() -> false).run(now, () -> false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void flush(PositionWriter writer) {
        try {
            writer.flush();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int marked() {
        return number("select count(*) from hw.position_hour_due");
    }

    private int waits(String table) {
        return number(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                        + " and query like '%" + table + "%'");
    }

    private int number(String query) {
        try {
            return Integer.parseInt(String.valueOf(database.one(query)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theAreaOfAnHourIsThatOfItsPlaces() throws Exception {
        PositionWriter writer = writer(database);
        writer.add(0, 0, TestPosition.at(1, 100).record());
        writer.add(0, 1, TestPosition.at(1, 200).record());
        writer.flush();
        packer(() -> false).run(START.plus(Duration.ofMinutes(70)), () -> false);
        TestPosition first = TestPosition.at(1, 100);
        TestPosition last = TestPosition.at(1, 200);
        assertThat(database.one(
                        "select min_lat || ' ' || max_lat || ' ' || min_lon || ' ' || max_lon from hw.position_hour"))
                .isEqualTo(
                        first.latitude() + " " + first.latitude() + " " + first.longitude() + " " + last.longitude());
    }

    @Test
    void anotherCompanyReadsNothingOfAPackedDay() throws Exception {
        PositionWriter writer = writer(database);
        writer.add(0, 0, TestPosition.at(1, 100).record());
        writer.flush();
        packer(() -> false).run(START.plus(Duration.ofMinutes(70)), () -> false);
        Scope foreign = new Scope.Companies(Set.of(2));
        Scope own = new Scope.Companies(Set.of(1));
        assertThat(scoped.<List<StoredPosition>>read(own, 1, c -> TruckTrack.read(c, own, 1, START, END, 10)))
                .hasSize(1);
        assertThat(scoped.<List<StoredPosition>>read(foreign, 1, c -> TruckTrack.read(c, foreign, 1, START, END, 10)))
                .isEmpty();
        // The policy says so too when the query forgets its companies.
        assertThat(scoped.<List<StoredPosition>>read(foreign, 1, c -> TruckTrack.read(c, Scope.ALL, 1, START, END, 10)))
                .isEmpty();
    }

    @Test
    void packedDaysGoWithTheirRetention() throws Exception {
        PositionWriter writer = writer(database);
        writer.add(0, 0, TestPosition.at(1, 100).record());
        writer.flush();
        packer(() -> false).run(START.plus(Duration.ofMinutes(70)), () -> false);
        database.run("insert into hw.position_hour_due (vehicle_id, hour) values (2, '" + START + "')");
        new io.haulwatch.store.retention.Retention(
                        database.databases().writer(), Duration.ofDays(1), Duration.ofDays(1))
                .run(START.plus(Duration.ofDays(5)));
        assertThat(database.one(
                        "select (select count(*) from hw.position_hour) + (select count(*) from hw.position_hour_due)"))
                .isEqualTo("0");
        assertThat(database.one("select to_regclass('hw.position_hour_d20261120')"))
                .isNull();
        assertThatThrownBy(() -> database.run("select 1 from hw.position_hour_d20261120"))
                .hasMessageContaining("does not exist");
    }
}
