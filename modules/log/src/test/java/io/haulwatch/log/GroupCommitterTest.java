package io.haulwatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.haulwatch.log.local.LocalLog;
import io.haulwatch.log.local.LocalLogOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class GroupCommitterTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final SteeredLog log = SteeredLog.running();
    private final List<Loop> loops = new ArrayList<>();

    /** An event loop with one producer that notes its answers. */
    private static final class Loop implements GroupCommitter.Completion {
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        final GroupProducer producer;
        // The loop's own.
        final List<Long> durable = new ArrayList<>();
        final List<Long> refused = new ArrayList<>();
        int spaces;
        String why = "";
        Runnable onSpace = () -> {};

        Loop(GroupCommitter committer) {
            producer = committer.newProducer(executor, this, () -> {
                spaces++;
                onSpace.run();
            });
        }

        @Override
        public void durable(long[] tokens, int count) {
            LongStream.of(tokens).limit(count).forEach(durable::add);
        }

        @Override
        public void refused(long[] tokens, int count, LogUnavailableException reason) {
            LongStream.of(tokens).limit(count).forEach(refused::add);
            why = String.valueOf(reason.getMessage());
        }

        void put(int partition, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            producer.begin(partition, bytes.length + 10).put(producer.position(), bytes);
        }

        void send(int partition, String text, long token) {
            put(partition, text);
            producer.commit(text.length(), token);
        }

        <T> T on(Callable<T> task) throws Exception {
            return executor.submit(task).get(10, TimeUnit.SECONDS);
        }

        void run(Runnable task) throws Exception {
            executor.submit(task).get(10, TimeUnit.SECONDS);
        }
    }

    private Loop loop(GroupCommitter committer) {
        Loop loop = new Loop(committer);
        loops.add(loop);
        return loop;
    }

    @AfterEach
    void stopLoops() {
        loops.forEach(loop -> loop.executor.shutdownNow());
    }

    @Test
    void answersOnTheLoopWhenItsRecordsAreDurable() throws Exception {
        try (GroupCommitter committer = new GroupCommitter(log)) {
            Loop loop = loop(committer);
            loop.run(() -> {
                loop.send(1, "a", 10);
                loop.put(2, "b");
                loop.producer.commit(1);
                loop.send(2, "c", 11);
                loop.producer.flush();
                loop.producer.flush();
            });
            await().atMost(SOON)
                    .until(() -> loop.on(() -> List.copyOf(loop.durable)).equals(List.of(10L, 11L)));
            assertThat(log.records()).containsExactly("1:a", "2:b", "2:c");
            assertThat(committer.records()).isEqualTo(3);
            assertThat(committer.bytes()).isEqualTo(3);
            assertThat(committer.groups()).isEqualTo(1);
            assertThat(committer.waitingBytes()).isZero();
        }
    }

    @Test
    void keepsBackWhatWasNotFlushed() throws Exception {
        try (GroupCommitter committer = new GroupCommitter(log)) {
            Loop loop = loop(committer);
            loop.run(() -> loop.send(0, "a", 1));
            Loop other = loop(committer);
            other.run(() -> {
                other.send(0, "b", 1);
                other.producer.flush();
            });
            await().atMost(SOON).until(() -> other.on(() -> other.durable.size()) == 1);
            assertThat(log.records()).containsExactly("0:b");
        }
    }

    @Test
    void putsManyBurstsOfAllLoopsIntoOneGroup() throws Exception {
        try (GroupCommitter committer = new GroupCommitter(log, Duration.ofMillis(400), 1 << 20, nanos -> {})) {
            Loop first = loop(committer);
            Loop second = loop(committer);
            for (int i = 0; i < 20; i++) {
                int token = i;
                for (Loop loop : List.of(first, second)) {
                    loop.run(() -> {
                        loop.send(0, "x", token);
                        loop.producer.flush();
                    });
                }
            }
            await().atMost(SOON).until(() -> second.on(() -> second.durable.size()) == 20);
            await().atMost(SOON).until(() -> first.on(() -> first.durable.size()) == 20);
            assertThat(committer.groups()).isEqualTo(1);
        }
    }

    @Test
    void closesAGroupAtItsSizeWithoutWaitingForTheTime() throws Exception {
        try (GroupCommitter committer = new GroupCommitter(log, Duration.ofHours(1), 4096, nanos -> {})) {
            Loop loop = loop(committer);
            loop.run(() -> {
                for (int i = 0; i < 3; i++) {
                    assertThat(loop.producer.full()).isFalse();
                    loop.send(0, "x".repeat(2000), i);
                    loop.producer.flush();
                }
            });
            await().atMost(SOON).until(() -> loop.on(() -> loop.durable.size()) == 3);
        }
    }

    @Test
    void saysFullWhileTheLogIsBehindAndTellsWhenThereIsSpace() throws Exception {
        log.permits.drainPermits();
        try (GroupCommitter committer = new GroupCommitter(log, Duration.ZERO, 4096, nanos -> {})) {
            Loop loop = loop(committer);
            int sent = loop.on(() -> {
                int count = 0;
                while (!loop.producer.full()) {
                    loop.send(0, "x".repeat(100), count++);
                    loop.producer.flush();
                }
                return count;
            });
            assertThat(sent).as("bounded: 4 buffers of 2 KB").isBetween(4, 90);
            assertThat(loop.on(() -> loop.producer.full())).isTrue();
            assertThatThrownBy(() -> loop.run(() -> loop.producer.begin(0, 1)))
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(loop.on(() -> loop.spaces)).isZero();

            log.permits.release(1000);
            await().atMost(SOON).until(() -> loop.on(() -> loop.durable.size()) == sent);
            assertThat(loop.on(() -> loop.spaces)).as("told once").isEqualTo(1);
            assertThat(loop.on(() -> loop.producer.full())).isFalse();
            assertThat(loop.on(() -> loop.durable))
                    .isEqualTo(LongStream.range(0, sent).boxed().toList());
        }
    }

    @Test
    void takesAFrameOfAnySizeAfterItSaidNotFull() throws Exception {
        try (GroupCommitter committer = new GroupCommitter(log, Duration.ZERO, 4096, nanos -> {})) {
            Loop loop = loop(committer);
            loop.run(() -> {
                assertThat(loop.producer.full()).isFalse();
                for (int i = 0; i < 100; i++) {
                    loop.put(0, "y".repeat(300));
                    loop.producer.commit(300);
                }
                loop.send(0, "last", 7);
                loop.producer.flush();
            });
            await().atMost(SOON).until(() -> loop.on(() -> loop.durable.size()) == 1);
            assertThat(log.groups).as("one frame stays together").hasSize(1);
            assertThat(log.records()).hasSize(101);
        }
    }

    @Test
    void refusesEveryRecordOfAGroupThatTheLogRefusesAndGoesOn() throws Exception {
        try (GroupCommitter committer = new GroupCommitter(log)) {
            Loop loop = loop(committer);
            log.refusing = true;
            loop.run(() -> {
                loop.send(0, "a", 1);
                loop.send(0, "b", 2);
                loop.producer.flush();
            });
            CompletableFuture<Void> rare = committer.submit(1, new byte[] {'t'});
            await().atMost(SOON).until(() -> loop.on(() -> loop.refused.size()) == 2);
            assertThat(loop.on(() -> loop.why)).isEqualTo("no space");
            assertThatThrownBy(rare::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(LogUnavailableException.class);
            assertThat(committer.refused()).isEqualTo(3);

            log.refusing = false;
            log.breaking = true;
            loop.run(() -> {
                loop.send(0, "c", 3);
                loop.producer.flush();
            });
            await().atMost(SOON).until(() -> loop.on(() -> loop.refused.size()) == 3);

            log.breaking = false;
            loop.run(() -> {
                loop.send(0, "d", 4);
                loop.producer.flush();
            });
            await().atMost(SOON).until(() -> loop.on(() -> loop.durable.size()) == 1);
            assertThat(log.records()).containsExactly("0:d");
        }
    }

    @Test
    void takesRareRecordsFromAnyThread() throws Exception {
        try (GroupCommitter committer = new GroupCommitter(log)) {
            List<CompletableFuture<Void>> all = IntStream.range(0, 4)
                    .mapToObj(partition -> committer.submit(partition, new byte[] {'t'}))
                    .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
            assertThat(log.records()).containsExactly("0:t", "1:t", "2:t", "3:t");
            assertThatThrownBy(() -> committer.submit(ReportLog.EPISODES, new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesRareRecordsWhenTooManyWait() {
        log.permits.drainPermits();
        GroupCommitter committer = new GroupCommitter(log, Duration.ZERO, 4096, nanos -> {});
        List<CompletableFuture<Void>> all = IntStream.range(0, 40_000)
                .mapToObj(i -> committer.submit(0, new byte[] {'t'}))
                .toList();
        assertThat(all).filteredOn(CompletableFuture::isCompletedExceptionally).hasSizeGreaterThan(20_000);
        log.permits.release(Integer.MAX_VALUE / 2);
        committer.close();
        assertThat(all).allMatch(CompletableFuture::isDone);
        assertThat(committer.records() + committer.refused()).isEqualTo(40_000);
    }

    @Test
    void appendsWhatWasHandedOverBeforeItCloses() throws Exception {
        GroupCommitter committer = new GroupCommitter(log, Duration.ofHours(1), 1 << 20, nanos -> {});
        Loop loop = loop(committer);
        loop.run(() -> {
            loop.send(0, "a", 1);
            loop.producer.flush();
        });
        committer.close();
        assertThat(log.records()).containsExactly("0:a");
        assertThat(loop.on(() -> loop.durable)).containsExactly(1L);

        loop.run(() -> {
            loop.send(0, "b", 2);
            loop.producer.flush();
        });
        assertThat(loop.on(() -> loop.refused)).containsExactly(2L);
        assertThat(committer.submit(0, new byte[1])).isCompletedExceptionally();
    }

    @Test
    void countsAnswersWhoseLoopHasEnded() throws Exception {
        log.permits.drainPermits();
        try (GroupCommitter committer = new GroupCommitter(log)) {
            Loop loop = loop(committer);
            loop.run(() -> {
                loop.send(0, "a", 1);
                loop.producer.flush();
            });
            loop.executor.shutdown();
            log.permits.release(10);
            await().atMost(SOON).until(() -> committer.undelivered() == 1);
        }
    }

    @Test
    void refusesRecordsThatCannotBe() throws Exception {
        try (GroupCommitter committer = new GroupCommitter(log)) {
            Loop loop = loop(committer);
            for (int partition : new int[] {-1, 4}) {
                assertThatThrownBy(() -> loop.run(() -> loop.producer.begin(partition, 1)))
                        .hasCauseInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> loop.run(() -> {
                        loop.producer.begin(0, 5);
                        loop.producer.commit(6, 1);
                    }))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void severalLoopsKeepTheirOrderInTheRealLogUnderPressure() throws Exception {
        int perLoop = 20_000;
        try (LocalLog real = LocalLog.open(LocalLogOptions.in(directory).withFreeSpaceWatermarkBytes(0));
                GroupCommitter committer = new GroupCommitter(real, Duration.ofMillis(2), 16 * 1024, nanos -> {})) {
            List<Loop> all = List.of(loop(committer), loop(committer), loop(committer));
            for (int number = 0; number < all.size(); number++) {
                Loop loop = all.get(number);
                int self = number;
                int[] sent = {0};
                loop.onSpace = () -> {
                    while (sent[0] < perLoop && !loop.producer.full()) {
                        loop.send(self, self + "." + sent[0], sent[0]);
                        sent[0]++;
                        if (sent[0] % 17 == 0) {
                            loop.producer.flush();
                        }
                    }
                    loop.producer.flush();
                };
                loop.executor.execute(loop.onSpace);
            }
            List<Long> expected = LongStream.range(0, perLoop).boxed().toList();
            for (Loop loop : all) {
                await().atMost(SOON).until(() -> loop.on(() -> loop.durable.size()) == perLoop);
                assertThat(loop.on(() -> loop.durable)).isEqualTo(expected);
            }
            assertThat(committer.records()).isEqualTo(3L * perLoop);
            for (int partition = 0; partition < 3; partition++) {
                try (ReportLog.Cursor cursor = real.read(partition, 0)) {
                    for (int i = 0; i < perLoop; i++) {
                        assertThat(cursor.next()).isTrue();
                        assertThat(LogContract.text(cursor)).isEqualTo(i + "=" + partition + "." + i);
                    }
                    assertThat(cursor.next()).isFalse();
                }
            }
        }
    }
}
