package io.haulwatch.simulator.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.jt808.Edition;
import io.haulwatch.simulator.SimulatorOptions;
import io.haulwatch.simulator.SimulatorOptions.Faults;
import io.haulwatch.simulator.terminal.TestPlatform.Received;
import io.haulwatch.simulator.world.Fleet;
import io.haulwatch.simulator.world.RoadNetwork;
import io.haulwatch.simulator.world.Temper;
import io.haulwatch.simulator.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three terminals against a platform on a real socket, by a clock that stands still until the test moves it. */
final class TerminalFleetTest {
    private static final long SEED = 20_260_311L;
    private static final Duration HISTORY = Duration.ofHours(2);
    private static final List<Identity> IDENTITIES = List.of(
            new Identity(0, "14100000000", Edition.V2013, "S000000", "渝B10000", 2, "500112"),
            new Identity(1, "14100000001", Edition.V2019, "S000001", "渝B10001", 2, "500112"),
            new Identity(2, "14100000002", Edition.V2011, "S000002", "渝B10002", 2, "500112"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private final AtomicLong clock =
            new AtomicLong(Instant.parse("2026-03-11T04:00:00Z").toEpochMilli());

    private static World world() {
        return new World(new Fleet(new RoadNetwork(), SEED, IDENTITIES.size()), SEED, new Temper(20));
    }

    /** A fleet on its thread. */
    private final class Running implements AutoCloseable {
        private final TerminalFleet fleet;
        private final Thread thread;

        Running(TestPlatform platform) throws IOException {
            SimulatorOptions options = new SimulatorOptions(
                    "127.0.0.1",
                    platform.port(),
                    IDENTITIES.size(),
                    SEED,
                    new Temper(20),
                    folder.resolve("simulator"),
                    HISTORY,
                    0,
                    0,
                    SimulatorOptions.PARKED,
                    Faults.NONE,
                    null);
            fleet = new TerminalFleet(options, world(), IDENTITIES, clock::get);
            thread = Thread.ofPlatform().start(fleet);
        }

        @Override
        public void close() {
            fleet.stop();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Long> times(List<Received> messages) {
        return messages.stream().flatMap(message -> message.millis().stream()).toList();
    }

    /** Device times that the truck has something to say about, ms, {@code to} exclusive. */
    private static List<Long> due(int truck, long from, long to, boolean history) {
        Reports reports = new Reports(world());
        List<Long> millis = new ArrayList<>();
        for (long step = Reports.stepAt(truck, from - 1) + 1; Reports.millis(truck, step) < to; step++) {
            if (reports.reports(truck, step, history)) {
                millis.add(Reports.millis(truck, step));
            }
        }
        return millis;
    }

    private void awaitLive(TestPlatform platform, Identity identity) {
        List<Long> latest = due(identity.truck(), clock.get() - 60_000, clock.get() + 1, false);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> new HashSet<>(times(platform.from(identity.phone()))).containsAll(latest));
    }

    @Test
    void bringsItsHistoryOldestFirstAtThirtySecondsAndThenGoesLiveAtTen() throws Exception {
        long now = clock.get();
        try (TestPlatform platform = new TestPlatform();
                Running running = new Running(platform)) {
            for (Identity identity : IDENTITIES) {
                awaitLive(platform, identity);
                List<Received> messages = platform.from(identity.phone());
                List<Long> times = times(messages);
                assertThat(times).isSorted().doesNotHaveDuplicates();
                assertThat(times.stream().filter(millis -> millis < now - 120_000))
                        .as(identity.phone())
                        .containsExactlyElementsOf(
                                due(identity.truck(), now - HISTORY.toMillis(), now - 120_000, true));
                assertThat(times.stream().filter(millis -> millis >= now - 60_000))
                        .containsExactlyElementsOf(due(identity.truck(), now - 60_000, now + 1, false));
                // Edition 2011 knows no batches.
                boolean batches = identity.edition() != Edition.V2011;
                assertThat(messages.stream().anyMatch(Received::batch)).isEqualTo(batches);
                assertThat(messages.size()).isLessThan(batches ? 40 : 300);
            }
            assertThat(running.fleet.refused()).isZero();

            clock.addAndGet(60_000);
            for (Identity identity : IDENTITIES) {
                awaitLive(platform, identity);
                List<Long> times = times(platform.from(identity.phone()));
                assertThat(times.stream().filter(millis -> millis > now))
                        .as(identity.phone())
                        .containsExactlyElementsOf(due(identity.truck(), now + 1, now + 60_001, false));
            }
        }
    }

    @Test
    void aRestartGoesOnAfterTheLastAcknowledgedReport() throws Exception {
        Identity identity = IDENTITIES.getFirst();
        List<Received> acknowledged = new ArrayList<>();
        try (TestPlatform platform = new TestPlatform()) {
            Set<Received> answered = new HashSet<>();
            platform.acknowledgeOnly(message -> {
                synchronized (answered) {
                    return !message.phone().equals(identity.phone()) || (answered.size() < 5 && answered.add(message));
                }
            });
            try (Running running = new Running(platform)) {
                await().until(() -> platform.from(identity.phone()).size() == 6);
                assertThat(running.fleet.behind()).isPositive();
            }
            List<Received> first = platform.from(identity.phone());
            acknowledged.addAll(first.subList(0, 5));
            Received unanswered = first.getLast();
            clock.addAndGet(45_000);
            platform.acknowledgeOnly(message -> true);
            try (Running running = new Running(platform)) {
                awaitLive(platform, identity);
                assertThat(running.fleet.refused()).isZero();
            }
            List<Received> all = platform.from(identity.phone());
            List<Received> second = all.subList(first.size(), all.size());
            assertThat(second.getFirst().millis().getFirst())
                    .isEqualTo(unanswered.millis().getFirst());
            acknowledged.addAll(second);
            long now = clock.get();
            assertThat(times(acknowledged)).isSorted().doesNotHaveDuplicates();
            assertThat(times(acknowledged).stream().filter(millis -> millis < now - 120_000))
                    .containsExactlyElementsOf(
                            due(identity.truck(), now - 45_000 - HISTORY.toMillis(), now - 120_000, true));
        }
    }

    @Test
    void afterALongPauseNoMoreThanTheHistoryIsBroughtAlong() throws Exception {
        Identity identity = IDENTITIES.get(1);
        try (TestPlatform platform = new TestPlatform()) {
            try (Running running = new Running(platform)) {
                awaitLive(platform, identity);
                assertThat(running.fleet.online()).isPositive();
            }
            int before = platform.from(identity.phone()).size();
            long now = clock.addAndGet(Duration.ofHours(30).toMillis());
            try (Running running = new Running(platform)) {
                awaitLive(platform, identity);
                assertThat(running.fleet.online()).isPositive();
            }
            List<Received> all = platform.from(identity.phone());
            List<Long> brought = due(identity.truck(), now - HISTORY.toMillis(), now, true);
            assertThat(times(all.subList(before, all.size())).getFirst()).isEqualTo(brought.getFirst());
        }
    }

    @Test
    void aTruckGoesLiveWhileAnotherStillWaitsForItsAnswer() throws Exception {
        Identity slow = IDENTITIES.getFirst();
        try (TestPlatform platform = new TestPlatform()) {
            platform.acknowledgeOnly(message -> !message.phone().equals(slow.phone()));
            try (Running running = new Running(platform)) {
                awaitLive(platform, IDENTITIES.get(1));
                await().until(() -> running.fleet.behind() > 0);
                // One message in flight; a repetition is the same message.
                assertThat(platform.from(slow.phone()).stream().distinct()).hasSize(1);
            }
        }
    }

    @Test
    void theFirstThousandTrucksBringHistoryAndTheRestStartsLive() {
        long now = clock.get();
        long longAgo = now - HISTORY.toMillis();
        for (int truck : new int[] {0, 999}) {
            long first = Reports.millis(truck, Backlog.firstStep(truck, Long.MIN_VALUE, now, HISTORY));
            assertThat(first).isBetween(longAgo, longAgo + 10_000);
            long acknowledged = Reports.millis(truck, Reports.stepAt(truck, now - 3_600_000));
            long next = Reports.millis(truck, Backlog.firstStep(truck, acknowledged, now, HISTORY));
            assertThat(next).isEqualTo(acknowledged + 10_000);
        }
        for (int truck : new int[] {1_000, 40_999}) {
            long first = Reports.millis(truck, Backlog.firstStep(truck, now - 3_600_000, now, HISTORY));
            assertThat(first).isBetween(now, now + 10_000);
        }
    }
}
