package io.haulwatch.benchmarks.rules;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import io.haulwatch.model.register.ReferenceSet.Paper;
import io.haulwatch.model.register.ReferenceSet.RuleProfile;
import io.haulwatch.model.register.ReferenceSet.Vehicle;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.vehicle.ActivitySegment;
import io.haulwatch.rules.vehicle.VehicleSink;
import io.haulwatch.rules.vehicle.VehicleStage;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One position through the vehicle stage with all rules, 41,000 vehicles in random order, 10,000 zones, profiles by class and company. Hold:
 * 150 ns and 0 B/op. Beside it the memory's own bounds: random reads of the same state bytes, where each read knows its place beforehand
 * ({@link #independentReads}) and where it has to wait for the one before ({@link #dependentReads}).
 *
 * <p>Reports lie in a row as in the log's buffer, eight rounds of 41,000 in a new order each; a lap later they come again, 80 s younger. A
 * truck goes four reports out and four back. One in twenty is above its limit for one report a lap, so that candidates come and go; one in a
 * hundred drives with an overdue paper. Nothing is said in a lap, so nothing may be allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class VehicleStageBenchmark {
    private static final int ROUNDS = 8;
    private static final int BODY = 28;
    private static final int RECORD = PositionRecord.HEAD + BODY;
    private static final long STEP_MILLIS = 10_000;
    private static final long LAP_MILLIS = ROUNDS * STEP_MILLIS;
    private static final long START_MILLIS = 1_772_409_600_000L;
    private static final int RECEIVED = 8;
    private static final int DEVICE = 16;
    private static final int READ_AHEAD = 16;
    private static final int BLOCK_WORDS = 24;
    /** Words of a block that every position reads. */
    private static final int HOT_WORDS = 16;

    /** With 400 all state stays in the nearest caches, so that the difference to 41,000 is what waiting for memory costs. */
    @Param({"400", "41000"})
    int vehicles;

    private int reports;
    private ByteBuffer log = ByteBuffer.allocate(0);
    private long[] deviceMillis = {};
    private final PositionRecord position = new PositionRecord();
    private final Counter counter = new Counter();
    private VehicleStage stage = new VehicleStage(ReferenceSet.EMPTY, counter);
    private int next;
    private long lapMillis;

    private long[] blocks = {};
    private final int[] order = new int[1 << 20];
    private int nextRead;
    private int chained;

    /** Counts what is said. */
    private static final class Counter implements VehicleSink {
        long said;

        @Override
        public void episode(Episode revision) {
            said++;
        }

        @Override
        public void doubt(DoubtMark mark) {
            said++;
        }

        @Override
        public void activity(int vehicleId, ActivitySegment segment) {
            said++;
        }

        @Override
        public void wake(int vehicleId, long wakeMillis, long positionMillis) {
            said++;
        }
    }

    /** Writes the log, warms the state up by two laps and checks that a third says nothing. */
    @Setup
    public void prepare() {
        reports = vehicles * ROUNDS;
        log = ByteBuffer.allocate(reports * RECORD);
        deviceMillis = new long[reports];
        blocks = new long[vehicles * BLOCK_WORDS];
        SplittableRandom random = new SplittableRandom(20_260_302);
        RandomZones zones = new RandomZones(20_260_302, 10_000);
        stage = new VehicleStage(register(zones), counter);
        int[] turn = new int[vehicles];
        for (int i = 0; i < vehicles; i++) {
            turn[i] = i;
        }
        int[] latitude = new int[vehicles];
        int[] longitude = new int[vehicles];
        for (int i = 0; i < vehicles; i++) {
            double[] place = zones.place();
            longitude[i] = (int) Math.round(place[0] * 1e6);
            latitude[i] = (int) Math.round(place[1] * 1e6);
        }
        for (int round = 0; round < ROUNDS; round++) {
            shuffle(turn, random);
            for (int i = 0; i < vehicles; i++) {
                write(round * vehicles + i, turn[i], round, latitude[turn[i]], longitude[turn[i]]);
            }
        }
        for (int i = 0; i < order.length; i++) {
            order[i] = random.nextInt(vehicles);
        }
        for (int i = 0; i < vehicles; i++) {
            blocks[i * BLOCK_WORDS] = random.nextInt(vehicles);
        }
        for (int i = 0; i < 2 * reports; i++) {
            stage();
        }
        long said = counter.said;
        for (int i = 0; i < reports; i++) {
            stage();
        }
        if (counter.said != said || stage.lateCount() != 0) {
            throw new IllegalStateException(
                    "a lap is to say nothing: said=" + (counter.said - said) + ", late=" + stage.lateCount());
        }
    }

    private static void shuffle(int[] turn, SplittableRandom random) {
        for (int i = turn.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = turn[i];
            turn[i] = turn[other];
            turn[other] = kept;
        }
    }

    private void write(int report, int vehicle, int round, int latitude, int longitude) {
        int metresOut = (round <= ROUNDS / 2 ? round : ROUNDS - round) * 195;
        boolean over = vehicle % 20 == 0 && round == 3;
        long device = START_MILLIS + round * STEP_MILLIS + vehicle % 10 * 1000L;
        deviceMillis[report] = device;
        PositionRecord.writeHead(
                log,
                report * RECORD,
                0,
                vehicle,
                device + 2_000,
                device,
                vehicle * 31L + round,
                0,
                3,
                latitude,
                longitude + metresOut * 10,
                200,
                over ? 930 : 500,
                90,
                12,
                20,
                PositionRecord.ABSENT_MILEAGE,
                over ? 930 : 500,
                BODY);
    }

    private ReferenceSet register(RandomZones zones) {
        List<Vehicle> trucks = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        List<Paper> papers = new ArrayList<>();
        List<RuleProfile> profiles = new ArrayList<>();
        VehicleClass[] classes = VehicleClass.values();
        for (int i = 0; i < vehicles; i++) {
            trucks.add(new Vehicle(i, 1 + i % 601, "T" + i, classes[i % 4], ReferenceSet.ALWAYS, ReferenceSet.FOREVER));
            assignments.add(new Assignment(i, i, ReferenceSet.ALWAYS, ReferenceSet.FOREVER));
            papers.add(new Paper(
                    i,
                    Paper.Owner.VEHICLE,
                    i,
                    "veh.inspection",
                    LocalDate.of(i % 100 == 0 ? 2025 : 2099, 1, 1),
                    ReferenceSet.ALWAYS,
                    ReferenceSet.FOREVER));
        }
        for (int company = 0; company < 40; company++) {
            profiles.add(new RuleProfile(
                    "speeding",
                    "cn-2026.1",
                    company,
                    null,
                    Map.of("limit_kmh", "90", "prewarn_hold_s", "15"),
                    ReferenceSet.ALWAYS,
                    ReferenceSet.FOREVER));
        }
        return new ReferenceSet(1, List.of(), trucks, assignments, papers, zones.zones, profiles);
    }

    /** One position through all rules of the vehicle stage. */
    @Benchmark
    public void stage() {
        int report = next;
        int at = report * RECORD;
        long device = deviceMillis[report] + lapMillis;
        log.putLong(at + DEVICE, device);
        log.putLong(at + RECEIVED, device + 2_000);
        if (report % READ_AHEAD == 0) {
            readAhead(report);
        }
        stage.onPosition(position.wrap(log, at));
        if (++report == reports) {
            report = 0;
            lapMillis += LAP_MILLIS;
        }
        next = report;
    }

    /** As the reader of the log does it. */
    private void readAhead(int from) {
        int to = Math.min(from + READ_AHEAD, reports);
        for (int report = from; report < to; report++) {
            stage.expect(position.wrap(log, report * RECORD));
        }
    }

    /** The same bytes of state of random vehicles, all places known beforehand. */
    @Benchmark
    public long independentReads() {
        return sum(order[nextRead++ & (order.length - 1)]);
    }

    /** The same, each place known only from the bytes before. */
    @Benchmark
    public long dependentReads() {
        long sum = sum(chained);
        // The sum is 0 but for the first word, which names the next vehicle.
        chained = (int) ((sum + nextRead++) % vehicles);
        return sum;
    }

    private long sum(int vehicle) {
        long sum = 0;
        int block = vehicle * BLOCK_WORDS;
        for (int i = 0; i < HOT_WORDS; i++) {
            sum += blocks[block + i];
        }
        return sum;
    }
}
