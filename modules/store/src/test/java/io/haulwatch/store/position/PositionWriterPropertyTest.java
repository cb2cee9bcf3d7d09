package io.haulwatch.store.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.report.TallyRecord;
import io.haulwatch.store.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The writer, stopped and started at random, says the same as a plain set of keys read once from front to back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PositionWriterPropertyTest {
    private static final int VEHICLES = 7;
    private static final int RECORDS = 3_000;
    private static final int PARTITIONS = 2;

    private final TestDatabase database = TestDatabase.onEmbedded();

    @AfterAll
    void close() {
        database.close();
    }

    private record Key(int vehicleId, long deviceMillis, long hash) implements Comparable<Key> {
        static Key of(TestPosition position) {
            return new Key(position.vehicleId(), position.device().toEpochMilli(), position.hash());
        }

        @Override
        public int compareTo(Key other) {
            int byTime = Long.compare(deviceMillis, other.deviceMillis);
            return byTime != 0 ? byTime : Long.compareUnsigned(hash, other.hash);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_261_121, -77})
    void agreesWithAPlainReadingWhateverIsRepeatedLateOrCutShort(long seed) throws Exception {
        database.run(
                "truncate hw.position",
                "truncate hw.position_quarantine, hw.vehicle_counter, hw.vehicle_day, hw.reader_offset, hw.report_book, hw.report_refused");
        SplittableRandom dice = new SplittableRandom(seed);
        List<List<TestPosition>> log = records(dice);

        AtomicLong nanos = new AtomicLong();
        PositionWriter writer = newWriter(nanos);
        long[] next = writer.resume(0, 1);
        while (next[0] < log.get(0).size() || next[1] < log.get(1).size()) {
            int partition = dice.nextInt(PARTITIONS);
            List<TestPosition> records = log.get(partition);
            for (int i = dice.nextInt(80); i > 0 && next[partition] < records.size(); i--) {
                long offset = next[partition]++;
                TestPosition record = records.get((int) offset);
                if (isTally(record)) {
                    writer.tally(partition, offset, tally(record));
                } else {
                    writer.add(partition, offset, record.record());
                }
            }
            nanos.addAndGet(Duration.ofSeconds(dice.nextInt(20)).toNanos());
            int what = dice.nextInt(20);
            if (what < 14) {
                writer.commit();
            } else if (what == 19) {
                writer = newWriter(nanos);
                next = writer.resume(0, 1);
            }
        }
        writer.flush();

        assertThat(database.one("select count(*) from hw.position"))
                .isEqualTo(Integer.toString(distinct(log).size()));
        assertThat(figures()).isEqualTo(plainFigures(log));
        assertThat(books()).as("books, seed %s", seed).isEqualTo(plainBooks(log));
        assertThat(
                        database.one(
                                "select count(*) from hw.report_book where received <> stored + duplicate + quarantined + refused"))
                .isEqualTo("0");
        assertThat(database.one("select coalesce(sum(count), 0) from hw.report_refused"))
                .isEqualTo(database.one("select sum(refused) from hw.report_book"));
    }

    /** Records of this vehicle stand for what the gateway counted of another. */
    private static final int TALLY = 1_000;

    private static boolean isTally(TestPosition record) {
        return record.vehicleId() >= TALLY;
    }

    private static TallyRecord tally(TestPosition record) {
        TallyRecord.Cause[] causes = TallyRecord.Cause.values();
        return new TallyRecord(
                record.vehicleId() - TALLY,
                causes[(int) Long.remainderUnsigned(record.hash(), causes.length)],
                1 + (int) Long.remainderUnsigned(record.hash(), 5),
                record.received().toEpochMilli());
    }

    private Map<String, String> books() throws SQLException {
        Map<String, String> books = new TreeMap<>();
        for (String row : database.column("""
                select vehicle_id || ' ' || (extract(epoch from hour) / 3600)::bigint || '=' || received || ' ' || stored || ' '
                    || duplicate || ' ' || quarantined || ' ' || refused from hw.report_book
                """).stream().map(String::valueOf).toList()) {
            books.put(row.substring(0, row.indexOf('=')), row.substring(row.indexOf('=') + 1));
        }
        return books;
    }

    /** The same from the records alone: what is new, repeated, impossible or counted by the gateway, by the hour of its coming. */
    private static Map<String, String> plainBooks(List<List<TestPosition>> log) {
        Map<String, long[]> lines = new TreeMap<>();
        Set<Key> keys = new HashSet<>();
        Set<Integer> bodies = new HashSet<>();
        for (TestPosition position : log.stream().flatMap(List::stream).toList()) {
            int vehicle = position.vehicleId() % TALLY;
            long[] line = lines.computeIfAbsent(
                    vehicle + " " + position.received().toEpochMilli() / 3_600_000, key -> new long[5]);
            if (isTally(position)) {
                TallyRecord tally = tally(position);
                line[0] += tally.count();
                line[tally.cause() == TallyRecord.Cause.REPEATED ? 2 : 4] += tally.count();
            } else if (position.device().isAfter(position.received().plusSeconds(300))) {
                // Its body is its vehicle's number over and over, so the second is the first again.
                line[0]++;
                line[bodies.add(vehicle) ? 3 : 2]++;
            } else {
                line[0]++;
                line[keys.add(Key.of(position)) ? 1 : 2]++;
            }
        }
        Map<String, String> books = new TreeMap<>();
        lines.forEach((key, line) ->
                books.put(key, Arrays.stream(line).mapToObj(Long::toString).collect(Collectors.joining(" "))));
        return books;
    }

    private PositionWriter newWriter(AtomicLong nanos) {
        return new PositionWriter(database.databases().writer(), WriterOptions.DEFAULTS, nanos::get);
    }

    /** Mostly onwards; one in ten repeats or lies behind; some share their second with another. */
    private static List<List<TestPosition>> records(SplittableRandom dice) {
        List<List<TestPosition>> log = List.of(new ArrayList<>(), new ArrayList<>());
        long[] clock = new long[VEHICLES + 1];
        for (int i = 0; i < RECORDS; i++) {
            int vehicle = 1 + dice.nextInt(VEHICLES);
            List<TestPosition> records = log.get(vehicle % PARTITIONS);
            int what = dice.nextInt(20);
            if (what == 0 && !records.isEmpty()) {
                records.add(records.get(dice.nextInt(records.size())));
            } else if (what == 1 && clock[vehicle] > 10) {
                records.add(TestPosition.at(vehicle, dice.nextLong(clock[vehicle])));
            } else if (what == 3) {
                TestPosition now = TestPosition.at(vehicle, clock[vehicle]).withHash(dice.nextLong());
                records.add(
                        dice.nextInt(3) == 0
                                ? now.withDevice(now.device().plusSeconds(4_000))
                                : now.ofVehicle(vehicle + TALLY));
            } else if (what == 2) {
                records.add(TestPosition.at(vehicle, clock[vehicle]).withHash(dice.nextLong()));
            } else {
                clock[vehicle] += 1 + dice.nextInt(40);
                records.add(TestPosition.at(vehicle, clock[vehicle]));
            }
        }
        return log;
    }

    private static Set<Key> distinct(List<List<TestPosition>> log) {
        Set<Key> keys = new HashSet<>();
        log.forEach(records -> records.stream()
                .filter(PositionWriterPropertyTest::isPossible)
                .forEach(position -> keys.add(Key.of(position))));
        return keys;
    }

    private static boolean isPossible(TestPosition record) {
        return !isTally(record) && !record.device().isAfter(record.received().plusSeconds(300));
    }

    private Map<String, String> figures() throws SQLException {
        Map<String, String> figures = new TreeMap<>();
        for (String row : database.column("""
                select c.vehicle_id || ' ' || stored || ' ' || duplicate || ' ' || late || ' ' || sum(distance_mm) || ' '
                    || sum(driving_ms) || ' ' || sum(points)
                from hw.vehicle_counter c join hw.vehicle_day d using (vehicle_id)
                group by c.vehicle_id, stored, duplicate, late
                """).stream().map(String::valueOf).toList()) {
            int space = row.indexOf(' ');
            figures.put(row.substring(0, space), row.substring(space + 1));
        }
        return figures;
    }

    /** The same by the plainest means: one vehicle after the other, a set of keys, the last position in order. */
    private static Map<String, String> plainFigures(List<List<TestPosition>> log) {
        Map<String, String> figures = new TreeMap<>();
        for (int vehicle = 1; vehicle <= VEHICLES; vehicle++) {
            Map<Key, TestPosition> stored = new HashMap<>();
            TestPosition highest = null;
            int duplicate = 0;
            int quarantined = 0;
            int late = 0;
            int points = 0;
            long millimetres = 0;
            long drivingMillis = 0;
            for (TestPosition position : log.get(vehicle % PARTITIONS)) {
                if (position.vehicleId() != vehicle) {
                    continue;
                }
                if (!isPossible(position)) {
                    duplicate += quarantined++ > 0 ? 1 : 0;
                    continue;
                }
                Key key = Key.of(position);
                if (stored.putIfAbsent(key, position) != null) {
                    duplicate++;
                } else if (highest != null && key.compareTo(Key.of(highest)) < 0) {
                    late++;
                } else {
                    if (highest != null) {
                        long millis = key.deviceMillis() - highest.device().toEpochMilli();
                        double way = Leg.metres(
                                highest.latitude(), highest.longitude(), position.latitude(), position.longitude());
                        if (Leg.driven(way, millis, highest.speed(), position.speed())) {
                            millimetres += Math.round(way * 1000);
                            drivingMillis += millis;
                        }
                    }
                    points++;
                    highest = position;
                }
            }
            figures.put(
                    Integer.toString(vehicle),
                    stored.size() + " " + duplicate + " " + late + " " + millimetres + " " + drivingMillis + " "
                            + points);
        }
        return figures;
    }
}
