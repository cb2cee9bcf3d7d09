package io.haulwatch.analytics.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.analytics.fleet.Journey;
import io.haulwatch.analytics.fleet.MemoryLog;
import io.haulwatch.analytics.replay.CleanPass;
import io.haulwatch.analytics.stream.EpisodeStream;
import io.haulwatch.analytics.stream.Said;
import io.haulwatch.log.ReportLog;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.PositionRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleRunnerTest {
    private static final ReferenceSet REFERENCE = new ReferenceSet(
            1,
            List.of(),
            List.of(),
            List.of(
                    new Assignment(1, 1, ReferenceSet.ALWAYS, ReferenceSet.FOREVER),
                    new Assignment(2, 1, ReferenceSet.ALWAYS, ReferenceSet.FOREVER),
                    new Assignment(3, 2, ReferenceSet.ALWAYS, Journey.at("2026-03-01T12:00")),
                    new Assignment(3, 3, Journey.at("2026-03-01T12:00"), ReferenceSet.FOREVER)),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                    new ReferenceSet.Driver(1, 1, "一", List.of("Q1")),
                    new ReferenceSet.Driver(2, 1, "二", List.of("Q2")),
                    new ReferenceSet.Driver(4, 1, "四", List.of("Q4"))));

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void appendsWhatTheRulesSayAndMeasuresIt() throws IOException {
        MemoryLog log = new MemoryLog(4);
        Journey.of(9, "2026-03-01T06:00", 10)
                .drive(60, "2026-03-01T10:10")
                .records()
                .forEach(record -> log.report(9, record));
        try (RuleRunner runner = start(log, Duration.ofHours(1))) {
            await().until(() -> log.end(ReportLog.EPISODES) == 2);
            await().until(() -> runner.lagRecords() == 0);
            assertThat(runner.clocks().of(9)).isNotNull();
        }
        assertThat(last(log).values()).singleElement().satisfies(e -> {
            assertThat(e.state()).isEqualTo(EpisodeState.OPEN);
            assertThat(e.rule()).isEqualTo(Rule.FATIGUE);
        });
        assertThat(meters.get("haulwatch.episodes")
                        .tag("rule", "fatigue")
                        .tag("event", "open")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("haulwatch.alarm.delay").timer().count()).isEqualTo(1);
    }

    @Test
    void saysWhenADriverDroveToWhoeverAsks() throws Exception {
        MemoryLog log = new MemoryLog(4);
        Journey.of(1, "2026-03-01T06:00", 10)
                .drive(60, "2026-03-01T06:30")
                .stand("2026-03-01T06:40")
                .records()
                .forEach(record -> log.report(1, record));
        try (RuleRunner runner = start(log, Duration.ofHours(1))) {
            await().until(() -> runner.lagRecords() == 0);
            assertThat(runner.drivenStretches().ask(1).get(10, TimeUnit.SECONDS))
                    .singleElement()
                    .satisfies(driven -> {
                        assertThat(driven.vehicleId()).isEqualTo(1);
                        assertThat(driven.fromMillis())
                                .isBetween(Journey.at("2026-03-01T06:00"), Journey.at("2026-03-01T06:02"));
                        assertThat(driven.toMillis())
                                .isBetween(Journey.at("2026-03-01T06:29"), Journey.at("2026-03-01T06:31"));
                    });
            assertThat(runner.drivenStretches().ask(3).get(10, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }

    @Test
    void waitsWhileTheLogTakesNothingAndLosesNothing() throws IOException {
        MemoryLog log = new MemoryLog(4);
        log.refuse("no space");
        Journey.of(9, "2026-03-01T06:00", 10)
                .drive(60, "2026-03-01T10:10")
                .records()
                .forEach(record -> log.report(9, record));
        try (RuleRunner runner = start(log, Duration.ofHours(1))) {
            await().until(() -> runner.blocked().equals("no space"));
            log.refuse("");
            await().until(() -> log.end(ReportLog.EPISODES) == 2);
            assertThat(runner.blocked()).isEmpty();
        }
    }

    @Test
    void aRecordThatCannotBeReadHarmsNobodyElse() throws IOException {
        MemoryLog log = new MemoryLog(4);
        log.report(9, new byte[] {1, 1, 0, 0});
        Journey.of(9, "2026-03-01T06:00", 10)
                .drive(60, "2026-03-01T10:10")
                .records()
                .forEach(record -> log.report(9, record));
        try (RuleRunner runner = start(log, Duration.ofHours(1))) {
            await().until(() -> log.end(ReportLog.EPISODES) == 2);
            assertThat(meters.get("haulwatch.rules.skipped").counter().count()).isEqualTo(1);
            assertThat(runner.blocked()).isEmpty();
        }
    }

    @Test
    void aDamagedSnapshotIsPassedOverForTheOneBefore() throws IOException {
        MemoryLog log = new MemoryLog(4);
        List<byte[]> records = Journey.of(9, "2026-03-01T06:00", 10)
                .drive(60, "2026-03-01T10:40")
                .records();
        int third = records.size() / 3;
        for (int part = 0; part < 3; part++) {
            records.subList(part * third, part == 2 ? records.size() : (part + 1) * third)
                    .forEach(record -> log.report(9, record));
            try (RuleRunner runner = start(log, Duration.ofHours(1))) {
                await().until(() -> runner.lagRecords() == 0);
            }
            damageNewest();
        }
        assertThat(revisions(log)).doesNotHaveDuplicates();
        assertThat(last(log).values())
                .singleElement()
                .satisfies(e -> assertThat(e.revision()).isEqualTo(3));
        assertThat(clean(List.of(records)).differences(last(log).values())).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isTheSameWithAndWithoutCrashes(long seed) throws IOException {
        Random random = new Random(seed);
        List<List<byte[]>> trucks = fleet(random);
        MemoryLog undisturbed = new MemoryLog(4);
        feed(undisturbed, trucks, new Random(seed));
        try (RuleRunner runner = start(undisturbed, Duration.ofHours(1))) {
            await().until(() -> runner.lagRecords() == 0);
        }

        deleteSnapshots();
        MemoryLog log = new MemoryLog(4);
        feed(log, trucks, new Random(seed));
        for (int crash = 0; crash < 5; crash++) {
            if (random.nextBoolean()) {
                log.crashAfterReads(1 + random.nextInt(8_000));
            } else {
                log.crashAtEpisodeAppend(1 + random.nextInt(6), random.nextBoolean());
            }
            try (RuleRunner runner = start(log, Duration.ZERO)) {
                await().until(() -> !runner.blocked().isEmpty() || runner.lagRecords() == 0);
            } finally {
                log.heal();
            }
            if (random.nextInt(4) == 0) {
                damageNewest();
            }
        }
        try (RuleRunner runner = start(log, Duration.ZERO)) {
            await().until(() -> runner.lagRecords() == 0);
        }

        assertThat(revisions(log)).doesNotHaveDuplicates();
        assertThat(last(undisturbed)).isNotEmpty();
        CleanPass clean = clean(trucks);
        assertThat(clean.episodes().values())
                .extracting(Episode::rule)
                .contains(Rule.CARD_CHANGE_MOVING, Rule.TERMINAL_ALARM);
        assertThat(clean.differences(last(undisturbed).values())).isEmpty();
        assertThat(clean.differences(last(log).values())).isEmpty();
    }

    private RuleRunner start(MemoryLog log, Duration interval) throws IOException {
        return RuleRunner.start(
                log, REFERENCE, new RuleRunnerOptions(folder, interval, 64), meters, InstantSource.system());
    }

    private void damageNewest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path newest = files.filter(file -> file.toString().endsWith(".snapshot"))
                    .max(Comparator.comparingLong(RuleRunnerTest::number))
                    .orElse(null);
            if (newest != null) {
                byte[] bytes = Files.readAllBytes(newest);
                bytes[bytes.length / 2] ^= 1;
                Files.write(newest, bytes);
            }
        }
    }

    private void deleteSnapshots() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
    }

    /** Six trucks that drive, rest, speed, lose coverage, change drivers and give alarms of their own, as the seed has it. */
    private static List<List<byte[]>> fleet(Random random) {
        List<List<byte[]>> trucks = new ArrayList<>();
        for (int vehicleId = 1; vehicleId <= 6; vehicleId++) {
            long minute = random.nextInt(60);
            Journey journey = Journey.of(vehicleId, "2026-03-01T06:%02d".formatted(minute), 20);
            int clock = 6 * 60 + (int) minute;
            while (clock < 20 * 60) {
                clock += 20 + random.nextInt(180);
                if (random.nextInt(3) == 0) {
                    journey.drive(70, time(clock - 15));
                    changeCard(journey, random);
                }
                journey.alarms(random.nextInt(3) == 0 ? 1 << random.nextInt(4) : 0);
                journey.drive(random.nextInt(4) == 0 ? 105 : 70, time(clock));
                int pause = 1 + random.nextInt(40);
                clock += pause;
                if (random.nextInt(3) == 0) {
                    journey.stand(time(clock - pause / 2));
                    changeCard(journey, random);
                }
                if (random.nextInt(6) == 0) {
                    journey.silent(random.nextInt(pause + 1), time(clock));
                } else {
                    journey.stand(time(clock));
                }
            }
            trucks.add(journey.records());
        }
        return trucks;
    }

    private static void changeCard(Journey journey, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> journey.cardOut();
            case 1 -> journey.cardIn("无", "Q9");
            case 2 -> journey.cardIn("四", "Q4");
            default -> journey.cardIn("二", "Q2");
        }
    }

    private static String time(int minutes) {
        return "2026-03-%02dT%02d:%02d".formatted(1 + minutes / 1440, minutes / 60 % 24, minutes % 60);
    }

    /** Each truck's records in its order, the trucks mixed, some records twice. */
    private static void feed(MemoryLog log, List<List<byte[]>> trucks, Random random) {
        int[] next = new int[trucks.size()];
        int left = trucks.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int truck = random.nextInt(trucks.size());
            int burst = 1 + random.nextInt(50);
            while (burst-- > 0 && next[truck] < trucks.get(truck).size()) {
                byte[] record = trucks.get(truck).get(next[truck]++);
                log.report(truck + 1, record);
                if (random.nextInt(20) == 0) {
                    log.report(truck + 1, record);
                }
                left--;
            }
        }
    }

    private static CleanPass clean(List<List<byte[]>> trucks) {
        List<PositionRecord> ordered = new ArrayList<>();
        List<CardRecord> cards = new ArrayList<>();
        trucks.forEach(truck -> truck.forEach(record -> {
            if (Journey.isCard(record)) {
                cards.add(Journey.card(record));
            } else {
                ordered.add(Journey.view(record));
            }
        }));
        cards.sort(Comparator.comparingLong(CardRecord::millis));
        ordered.sort(Comparator.comparingLong(PositionRecord::deviceMillis)
                .thenComparing(PositionRecord::hash, Long::compareUnsigned));
        return CleanPass.over(ordered.iterator(), cards, REFERENCE);
    }

    private static Map<UUID, Episode> last(MemoryLog log) throws IOException {
        Map<UUID, Episode> out = new LinkedHashMap<>();
        for (byte[] record : log.episodes()) {
            if (EpisodeStream.decode(record).orElseThrow() instanceof Said.OfEpisode said) {
                Episode before = out.get(said.episode().id());
                if (before == null || before.revision() < said.episode().revision()) {
                    out.put(said.episode().id(), said.episode());
                }
            }
        }
        return out;
    }

    private static List<String> revisions(MemoryLog log) throws IOException {
        List<String> out = new ArrayList<>();
        for (byte[] record : log.episodes()) {
            if (EpisodeStream.decode(record).orElseThrow() instanceof Said.OfEpisode said) {
                out.add(said.episode().id() + "/" + said.episode().revision());
            }
        }
        return out;
    }
}
