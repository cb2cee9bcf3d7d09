package io.haulwatch.log.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.LogUnavailableException;
import io.haulwatch.log.ReportLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random operations on the log and on a plain list beside it must show the same. A failure names its seed. */
final class ModelTest {
    private static final int OPERATIONS = 1500;
    private static final Duration AGE = Duration.ofSeconds(100);
    private static final List<String> READERS = List.of("writer", "rules", "live");

    @TempDir
    Path temporary;

    static LongStream seeds() {
        // Three that stay, so that a failure comes back, and one that is new each time.
        return LongStream.of(1, 2, 1022, Long.getLong("haulwatch.seed", System.nanoTime()));
    }

    /** One partition as a plain map: offset to append time. */
    private static final class Plain {
        final NavigableMap<Long, Long> records = new TreeMap<>();
        final NavigableMap<Long, Long> blocks = new TreeMap<>();
        long end;
        long start;
        final Map<String, Long> committed = new HashMap<>();

        /** First block that the bound or the age still needs. */
        void purge(long olderThan) {
            long bound =
                    committed.values().stream().mapToLong(Long::longValue).min().orElse(-1);
            bound = Math.min(bound, end);
            for (Map.Entry<Long, Long> block : blocks.entrySet()) {
                if (block.getKey() > bound) {
                    break;
                }
                Long next = blocks.higherKey(block.getKey());
                boolean wanted = block.getValue() >= olderThan || next == null || next > bound;
                if (wanted) {
                    start = Math.max(start, block.getKey());
                    break;
                }
            }
        }
    }

    /** A cursor and the offset it must find next. */
    private static final class OpenCursor {
        final ReportLog.Cursor cursor;
        final int partition;
        long next;

        OpenCursor(ReportLog.Cursor cursor, int partition, long next) {
            this.cursor = cursor;
            this.partition = partition;
            this.next = next;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithAPlainModel(long seed) throws Exception {
        new Run(seed).play();
    }

    private final class Run {
        final long seed;
        final SplittableRandom random;
        final AtomicLong now =
                new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
        final Map<Integer, Plain> plain = new HashMap<>();
        final List<OpenCursor> cursors = new ArrayList<>();
        Path directory;
        LocalLog log;
        AppendGroup group;
        int copies;

        Run(long seed) throws Exception {
            this.seed = seed;
            random = new SplittableRandom(seed);
            directory = temporary.resolve("log");
            for (int partition = -1; partition < 4; partition++) {
                plain.put(partition, new Plain());
            }
            log = open();
            group = log.newGroup();
        }

        LocalLog open() throws Exception {
            return LocalLog.open(
                    LocalLogOptions.in(directory)
                            .withMaxAge(AGE)
                            .withClock(() -> Instant.ofEpochMilli(now.get()))
                            .withSpaceProbe(folder -> usable.get()),
                    new RocksStore.Sizes(64 * 1024, 32 * 1024));
        }

        void play() throws Exception {
            String what = "";
            try {
                for (int i = 0; i < OPERATIONS; i++) {
                    int dice = random.nextInt(1000);
                    if (dice < 500) {
                        what = i + " append";
                        append();
                    } else if (dice < 750) {
                        what = i + " read on";
                        readOn();
                    } else if (dice < 830) {
                        what = i + " new cursor";
                        newCursor();
                    } else if (dice < 920) {
                        what = i + " commit";
                        commit();
                    } else if (dice < 960) {
                        what = i + " purge";
                        purge();
                    } else if (dice < 980) {
                        what = i + " refused append";
                        refusedAppend();
                    } else if (dice < 986) {
                        what = i + " files opened again";
                        log.reopen();
                    } else if (dice < 992) {
                        what = i + " close and open";
                        closeAndOpen();
                    } else if (dice < 996) {
                        what = i + " power cut";
                        powerCut();
                    } else {
                        what = i + " raise end";
                        raiseEnd();
                    }
                    now.addAndGet(random.nextInt(500));
                    compareEnds();
                }
                what = "read everything at the end";
                readEverything();
                closeCursors();
                log.close();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed=" + seed + " at " + what + ": " + e.getMessage(), e);
            }
        }

        Plain model(int partition) {
            return Objects.requireNonNull(plain.get(partition));
        }

        void append() throws Exception {
            group.clear();
            Map<Integer, Integer> added = new HashMap<>();
            int records = 1 + random.nextInt(30);
            for (int i = 0; i < records; i++) {
                int partition = random.nextInt(5) - 1;
                long offset = model(partition).end + added.merge(partition, 1, Integer::sum) - 1;
                TestRecords.add(group, partition, offset, random, random.nextInt(40) == 0 ? 9000 : 150);
            }
            long before = log.appends();
            log.append(group);
            assertThat(log.appends()).isEqualTo(before + 1);
            added.forEach((partition, count) -> {
                Plain model = model(partition);
                model.blocks.put(model.end, now.get());
                for (int i = 0; i < count; i++) {
                    model.records.put(model.end++, now.get());
                }
            });
        }

        void refusedAppend() throws Exception {
            // The gate is asked directly: waiting for the keeper would only make this slow.
            usable.set(0);
            log.checkSpace();
            group.clear();
            TestRecords.add(group, 0, 0, random, 100);
            assertThatThrownBy(() -> log.append(group)).isInstanceOf(LogUnavailableException.class);
            usable.set(Long.MAX_VALUE);
            log.checkSpace();
            assertThat(log.availability().accepting()).isTrue();
        }

        void newCursor() {
            int partition = random.nextInt(5) - 1;
            Plain model = model(partition);
            long offset = random.nextInt(4) == 0 ? 0 : random.nextLong(model.end + 1);
            if (cursors.size() > 12) {
                cursors.remove(random.nextInt(cursors.size())).cursor.close();
            }
            cursors.add(new OpenCursor(log.read(partition, offset), partition, offset));
        }

        void readOn() {
            if (cursors.isEmpty()) {
                return;
            }
            OpenCursor open = cursors.get(random.nextInt(cursors.size()));
            int steps = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(200);
            read(open, steps);
        }

        void read(OpenCursor open, int steps) {
            Plain model = model(open.partition);
            for (int i = 0; i < steps; i++) {
                boolean found = open.cursor.next();
                Long expected = model.records.ceilingKey(open.next);
                if (!found) {
                    Long kept = model.records.ceilingKey(Math.max(open.next, model.start));
                    assertThat(kept)
                            .as("end of partition %d at %d", open.partition, open.next)
                            .isNull();
                    return;
                }
                assertThat(expected)
                        .as("beyond the end of partition %d", open.partition)
                        .isNotNull();
                if (open.cursor.offset() != expected) {
                    // Only a purge may make a cursor jump, and then not further than to the start.
                    assertThat(open.cursor.offset())
                            .as("partition %d start %d expected %d", open.partition, model.start, expected)
                            .isEqualTo(model.records.ceilingKey(Math.max(open.next, model.start)));
                }
                TestRecords.verify(open.cursor, open.partition);
                open.next = open.cursor.offset() + 1;
            }
        }

        void commit() {
            int partition = random.nextInt(5) - 1;
            Plain model = model(partition);
            String reader = READERS.get(random.nextInt(READERS.size()));
            long before = model.committed.getOrDefault(reader, 0L);
            long next = before + random.nextLong(model.end - before + 1);
            log.commit(reader, partition, next);
            model.committed.put(reader, next);
            assertThat(log.committed(reader, partition)).isEqualTo(next);
        }

        void purge() {
            log.purge();
            for (Plain model : plain.values()) {
                model.purge(now.get() - AGE.toMillis());
            }
        }

        void closeAndOpen() throws Exception {
            closeCursors();
            log.close();
            log = open();
            group = log.newGroup();
            compareOpened();
        }

        /** Goes on with a copy of the open log's files. */
        void powerCut() throws Exception {
            closeCursors();
            log.saveMarks();
            Path copy = temporary.resolve("copy" + copies++);
            TestRecords.copy(directory, copy);
            log.close();
            directory = copy;
            log = open();
            group = log.newGroup();
            compareOpened();
        }

        void raiseEnd() {
            int partition = random.nextInt(5) - 1;
            Plain model = model(partition);
            long to = model.end + random.nextInt(20) - 5;
            log.raiseEnd(partition, to);
            model.end = Math.max(model.end, to);
        }

        void compareEnds() {
            plain.forEach((partition, model) -> {
                assertThat(log.end(partition)).as("end of %d", partition).isEqualTo(model.end);
                assertThat(log.start(partition)).as("start of %d", partition).isEqualTo(model.start);
            });
        }

        /** What an opening shows. */
        void compareOpened() {
            for (Plain model : plain.values()) {
                // Offsets that were skipped before the first record are not kept: the start is found anew.
                Long first = model.blocks.ceilingKey(model.start);
                model.start = first == null ? model.start : first;
            }
            compareReaders();
        }

        void compareReaders() {
            plain.forEach((partition, model) -> READERS.forEach(reader ->
                    assertThat(log.committed(reader, partition)).isEqualTo(model.committed.getOrDefault(reader, -1L))));
        }

        void readEverything() {
            for (OpenCursor open : cursors) {
                read(open, Integer.MAX_VALUE);
            }
            plain.forEach((partition, model) -> {
                try (ReportLog.Cursor cursor = log.read(partition, 0)) {
                    for (long offset : model.records.tailMap(model.start, true).keySet()) {
                        assertThat(cursor.next()).isTrue();
                        assertThat(cursor.offset()).isEqualTo(offset);
                        TestRecords.verify(cursor, partition);
                    }
                    assertThat(cursor.next()).isFalse();
                }
            });
        }

        void closeCursors() {
            cursors.forEach(open -> open.cursor.close());
            cursors.clear();
        }
    }
}
