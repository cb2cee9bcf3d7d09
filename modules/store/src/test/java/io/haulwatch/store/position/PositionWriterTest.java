package io.haulwatch.store.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.store.TestDatabase;
import io.haulwatch.store.position.PositionWriter.Result;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Each position once, whatever is repeated, torn or refused; on native partitions and on a hypertable alike. */
@ParameterizedClass
@MethodSource("io.haulwatch.store.TestDatabase#fresh")
class PositionWriterTest {
    private static final int PARTITION = 3;

    private final TestDatabase database;
    private final AtomicLong nanos = new AtomicLong();
    private PositionWriter writer;
    private long offset;

    PositionWriterTest(TestDatabase database) throws SQLException {
        this.database = database;
        this.writer = newWriter();
    }

    @BeforeParameterizedClassInvocation
    static void registerTwoVehicles(TestDatabase database) throws Exception {
        database.run("insert into hw.company (company_id, name, adcode) values (1, 'A', '500112')", """
                insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)
                select n, 1, 'V' || n, 2, 'GENERAL' from generate_series(1, 5) n
                """);
    }

    @BeforeEach
    void startFromNothing() throws Exception {
        database.run(
                "truncate hw.position",
                "truncate hw.position_quarantine, hw.vehicle_counter, hw.vehicle_day, hw.reader_offset");
        offset = writer.resume(PARTITION)[0];
    }

    private PositionWriter newWriter() {
        return new PositionWriter(database.databases().writer(), WriterOptions.DEFAULTS, nanos::get);
    }

    private void add(TestPosition position) {
        writer.add(PARTITION, offset++, position.record());
    }

    private void restart() throws SQLException {
        writer = newWriter();
        offset = writer.resume(PARTITION)[0];
    }

    private String one(String query) throws SQLException {
        return String.valueOf(database.one(query));
    }

    @Test
    void storesEveryFieldAsTheRecordSaysIt() throws Exception {
        add(TestPosition.at(1, 0));
        assertThat(writer.commit()).isEqualTo(new Result(1, 0, 0, 0));
        assertThat(one("""
                        select concat_ws('|', vehicle_id, device_time at time zone 'utc', receive_time at time zone 'utc', body_hash,
                            flags, alarms, status, lat, lon, altitude, speed, heading, satellites is null, mileage is null,
                            recorder_speed is null, length(body), get_byte(body, 0), get_byte(body, 27))
                        from hw.position
                        """))
                .isEqualTo(
                        "1|2026-11-20 08:00:00|2026-11-20 08:00:02|7|8|-2147483647|3|29500000|106500000|-12|720|359|t|t|t|28|1|28");
    }

    @Test
    void storesARepeatedBatchOnce() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int second = 0; second < 100; second += 10) {
                add(TestPosition.at(1, second));
                add(TestPosition.at(2, second));
            }
            assertThat(writer.commit()).isEqualTo(round == 0 ? new Result(20, 0, 0, 0) : new Result(0, 20, 0, 0));
        }
        assertThat(one("select count(*) from hw.position")).isEqualTo("20");
        writer.flush();
        assertThat(one("select stored || '|' || duplicate || '|' || late from hw.vehicle_counter where vehicle_id = 1"))
                .isEqualTo("10|10|0");
    }

    @Test
    void storesARepetitionInsideABatchOnce() throws Exception {
        add(TestPosition.at(1, 0));
        add(TestPosition.at(1, 0));
        add(TestPosition.at(1, 10));
        assertThat(writer.commit()).isEqualTo(new Result(2, 1, 0, 0));
    }

    @Test
    void storesEqualTimesWithDifferentHashesBoth() throws Exception {
        add(TestPosition.at(1, 0).withHash(5));
        add(TestPosition.at(1, 0).withHash(-5));
        add(TestPosition.at(1, 0).withHash(6));
        assertThat(writer.commit())
                .as("-5 is the highest as unsigned, so 6 comes late")
                .isEqualTo(new Result(3, 0, 1, 0));
    }

    @Test
    void tellsLateFromRepeated() throws Exception {
        add(TestPosition.at(1, 100));
        writer.commit();
        add(TestPosition.at(1, 50));
        add(TestPosition.at(1, 100));
        add(TestPosition.at(1, 110));
        assertThat(writer.commit()).isEqualTo(new Result(2, 1, 1, 0));
        writer.flush();
        assertThat(one("select stored || '|' || duplicate || '|' || late from hw.vehicle_counter where vehicle_id = 1"))
                .isEqualTo("3|1|1");
    }

    @Test
    void putsImpossibleTimesIntoQuarantineFromTheRecordAlone() throws Exception {
        Instant received = TestPosition.START;
        add(TestPosition.at(1, 0).withDevice(Instant.MIN));
        add(TestPosition.at(1, 300).receivedAt(received));
        add(TestPosition.at(1, 301).receivedAt(received));
        add(TestPosition.at(2, 0)
                .withDevice(received.minus(Duration.ofDays(181)))
                .receivedAt(received));
        assertThat(writer.commit()).as("300 s ahead is still possible").isEqualTo(new Result(1, 0, 0, 3));
        assertThat(database.column(
                        "select reason || ':' || company_id from hw.position_quarantine order by quarantine_id"))
                .containsExactly("time_unreadable:1", "time_future:1", "time_too_old:1");
        add(TestPosition.at(1, 301).receivedAt(received));
        assertThat(writer.commit()).isEqualTo(new Result(0, 1, 0, 0));
    }

    @Test
    void leavesOnlyTheBadRecordOutWhenTheDatabaseRefusesOne() throws Exception {
        database.run("alter table hw.position add constraint no_ninety check (speed <> 900)");
        try {
            for (int second = 0; second < 37; second++) {
                TestPosition position = TestPosition.at(1, second);
                add(second == 23 ? position.withSpeed(900) : position);
            }
            assertThat(writer.commit()).isEqualTo(new Result(36, 0, 0, 1));
        } finally {
            database.run("alter table hw.position drop constraint no_ninety");
        }
        assertThat(
                        one(
                                "select reason || '|' || length(body) || '|' || (detail like '%no_ninety%') from hw.position_quarantine"))
                .isEqualTo("refused|28|true");
        assertThat(one("select count(*) from hw.position")).isEqualTo("36");
    }

    @Test
    void keepsNothingOfABatchWhoseTransactionFails() throws Exception {
        add(TestPosition.at(1, 0));
        writer.commit();
        long before = offset;
        database.run("revoke insert on hw.position from haulwatch_writer");
        try {
            add(TestPosition.at(1, 10));
            assertThatThrownBy(() -> writer.commit()).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> writer.commit()).isInstanceOf(IllegalStateException.class);
        } finally {
            database.run("grant insert on hw.position to haulwatch_writer");
        }
        assertThat(one("select next_offset from hw.reader_offset")).isEqualTo(Long.toString(before));
        offset = writer.resume(PARTITION)[0];
        assertThat(offset).as("figures were not written yet").isEqualTo(before - 1);
        add(TestPosition.at(1, 0));
        add(TestPosition.at(1, 10));
        assertThat(writer.commit()).as("the first is known, the second new").isEqualTo(new Result(1, 0, 0, 0));
    }

    @Test
    void givesTheSameSumsWithAndWithoutRestarts() throws Exception {
        List<TestPosition> drive = new ArrayList<>();
        for (int second = 0; second <= 3600; second += 10) {
            drive.add(TestPosition.at(1, second));
            if (second % 500 == 0 && second > 0) {
                drive.add(TestPosition.at(1, second - 5));
                drive.add(TestPosition.at(1, second - 10));
            }
        }
        List<String> sums = new ArrayList<>();
        for (int restartEvery : new int[] {Integer.MAX_VALUE, 17}) {
            startFromNothing();
            int commits = 0;
            while (offset < drive.size()) {
                for (int i = 0; i < 10 && offset < drive.size(); i++) {
                    add(drive.get((int) offset));
                }
                writer.commit();
                commits++;
                nanos.addAndGet(Duration.ofSeconds(7).toNanos());
                if (commits % restartEvery == 0) {
                    restart();
                }
            }
            writer.flush();
            sums.add(one("""
                    select concat_ws('|', stored, duplicate, late, (select count(*) from hw.position), day, distance_m, driving_s,
                        points, highest_time at time zone 'utc')
                    from hw.vehicle_counter join hw.vehicle_day using (vehicle_id)
                    """));
        }
        assertThat(sums.get(0)).isEqualTo("368|7|7|368|2026-11-20|72000|3600|361|2026-11-20 09:00:00");
        assertThat(sums.get(1)).isEqualTo(sums.get(0));
    }

    @Test
    void endsADayAtLocalMidnight() throws Exception {
        Instant midnight = Instant.parse("2026-11-20T16:00:00Z");
        long first = Duration.between(TestPosition.START, midnight).toSeconds() - 60;
        for (long second = first; second <= first + 120; second += 10) {
            add(TestPosition.at(1, second));
        }
        writer.flush();
        assertThat(database.column("select day || '|' || points from hw.vehicle_day order by day"))
                .containsExactly("2026-11-20|6", "2026-11-21|7");
    }

    @Test
    void countsNoDistanceOverAJumpNorWhileParked() throws Exception {
        add(TestPosition.at(1, 0));
        add(TestPosition.at(1, 9000).withDevice(TestPosition.START.plusSeconds(10)));
        add(TestPosition.at(2, 0).withSpeed(0));
        add(TestPosition.at(2, 1).withSpeed(0).withDevice(TestPosition.START.plusSeconds(30)));
        writer.flush();
        assertThat(one("select sum(distance_m) || '|' || sum(driving_s) from hw.vehicle_day"))
                .isEqualTo("0|0");
    }

    @Test
    void storesAVehicleThatTheRegisterDoesNotKnow() throws Exception {
        add(TestPosition.at(99, 0));
        assertThat(writer.flush()).isEqualTo(new Result(1, 0, 0, 0));
        assertThat(one("select company_id from hw.vehicle_counter where vehicle_id = 99"))
                .isEqualTo("0");
    }

    @Test
    void storesPositionsOfManyDaysInOneBatch() throws Exception {
        for (int day = 0; day < 30; day++) {
            add(TestPosition.at(1, 0)
                    .withDevice(TestPosition.START.minus(Duration.ofDays(30 - day)))
                    .receivedAt(TestPosition.START));
        }
        assertThat(writer.commit()).isEqualTo(new Result(30, 0, 0, 0));
    }

    @Test
    void refusesOffsetsThatFall() {
        add(TestPosition.at(1, 0));
        offset -= 1;
        assertThatThrownBy(() -> add(TestPosition.at(1, 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offsets rise");
    }

    @Test
    void movesItsOffsetOverRecordsOfOtherTypes() throws Exception {
        writer.skip(PARTITION, offset++);
        writer.skip(PARTITION, offset++);
        assertThat(writer.commit()).isEqualTo(Result.NOTHING);
        assertThat(one("select next_offset from hw.reader_offset")).isEqualTo("2");
    }
}
