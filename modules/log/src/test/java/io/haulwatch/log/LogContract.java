package io.haulwatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of the report log keeps. A subclass says how one is opened and opened again. */
public abstract class LogContract {
    protected ReportLog log;

    /** Opens the log of this test; after {@link ReportLog#close} the same one with what it held. At least 4 partitions, no age limit. */
    protected abstract ReportLog open() throws Exception;

    @BeforeEach
    void openFirst() throws Exception {
        log = open();
    }

    @AfterEach
    void closeLast() throws Exception {
        log.close();
    }

    protected final void reopen() throws Exception {
        log.close();
        log = open();
    }

    @Test
    void beginsEmptyAtOffsetZero() {
        for (int partition = -1; partition < log.partitions(); partition++) {
            assertThat(log.end(partition)).isZero();
            assertThat(log.start(partition)).isZero();
            assertThat(readAll(partition, 0)).isEmpty();
        }
        assertThat(log.availability()).isEqualTo(ReportLog.Availability.OK);
    }

    @Test
    void givesBackRecordsInTheOrderOfTheirAppend() throws Exception {
        append(0, "a", "b", "");
        append(0, "c");

        assertThat(readAll(0, 0)).containsExactly("0=a", "1=b", "2=", "3=c");
        assertThat(log.end(0)).isEqualTo(4);
    }

    @Test
    void countsEachPartitionByItself() throws Exception {
        AppendGroup group = log.newGroup();
        add(group, 0, "a");
        add(group, 3, "b");
        add(group, ReportLog.EPISODES, "e");
        add(group, 0, "c");
        log.append(group);

        assertThat(group.records()).isEqualTo(4);
        assertThat(group.bytes()).isEqualTo(4);
        assertThat(readAll(0, 0)).containsExactly("0=a", "1=c");
        assertThat(readAll(1, 0)).isEmpty();
        assertThat(readAll(3, 0)).containsExactly("0=b");
        assertThat(readAll(ReportLog.EPISODES, 0)).containsExactly("0=e");
    }

    @Test
    void anEmptyGroupChangesNothing() throws Exception {
        AppendGroup group = log.newGroup();
        add(group, 0, "forgotten");
        group.clear();
        log.append(group);

        assertThat(log.end(0)).isZero();
    }

    @Test
    void refusesAPartitionThatDoesNotExist() {
        AppendGroup group = log.newGroup();
        assertThatThrownBy(() -> group.begin(log.partitions(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> group.begin(-2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.end(log.partitions())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.read(-2, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beginsReadingInTheMiddleOfAGroup() throws Exception {
        append(1, "a", "b", "c", "d");
        append(1, "e", "f");

        assertThat(readAll(1, 2)).containsExactly("2=c", "3=d", "4=e", "5=f");
        assertThat(readAll(1, 4)).containsExactly("4=e", "5=f");
        assertThat(readAll(1, 5)).containsExactly("5=f");
        assertThat(readAll(1, 6)).isEmpty();
    }

    @Test
    void aCursorAtTheEndSeesWhatComesLater() throws Exception {
        try (ReportLog.Cursor cursor = log.read(0, 0)) {
            assertThat(cursor.next()).isFalse();
            append(0, "a");
            assertThat(cursor.next()).isTrue();
            assertThat(text(cursor)).isEqualTo("0=a");
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
            append(0, "b", "c");
            assertThat(cursor.next()).isTrue();
            assertThat(text(cursor)).isEqualTo("1=b");
            append(0, "d");
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.next()).isTrue();
            assertThat(text(cursor)).isEqualTo("3=d");
        }
    }

    @Test
    void keepsEverythingWhenClosedAndOpenedAgain() throws Exception {
        append(0, "a", "b");
        append(ReportLog.EPISODES, "e");
        reopen();
        assertThat(log.end(0)).isEqualTo(2);
        assertThat(log.end(ReportLog.EPISODES)).isEqualTo(1);
        append(0, "c");

        assertThat(readAll(0, 0)).containsExactly("0=a", "1=b", "2=c");
        assertThat(readAll(ReportLog.EPISODES, 0)).containsExactly("0=e");
    }

    @Test
    void takesRecordsOfManySizes() throws Exception {
        List<String> expected = new ArrayList<>();
        AppendGroup group = log.newGroup();
        for (int size : new int[] {0, 1, 127, 128, 255, 256, 65_535, 65_536, 300_000}) {
            String record = "x".repeat(size);
            expected.add(expected.size() + "=" + record);
            add(group, 2, record);
        }
        log.append(group);
        reopen();

        assertThat(readAll(2, 0)).isEqualTo(expected);
    }

    @Test
    void remembersHowFarAReaderHasCome() throws Exception {
        assertThat(log.committed("writer", 0)).isEqualTo(-1);
        append(0, "a", "b", "c");
        log.commit("writer", 0, 2);
        log.commit("rules", 0, 1);
        log.commit("writer", ReportLog.EPISODES, 0);
        assertThat(log.committed("writer", 0)).isEqualTo(2);
        reopen();

        assertThat(log.committed("writer", 0)).isEqualTo(2);
        assertThat(log.committed("rules", 0)).isEqualTo(1);
        assertThat(log.committed("writer", ReportLog.EPISODES)).isZero();
        assertThat(log.committed("writer", 1)).isEqualTo(-1);
        assertThat(readAll(0, log.committed("writer", 0))).containsExactly("2=c");
    }

    @Test
    void purgesNothingThatAReaderStillNeeds() throws Exception {
        for (int i = 0; i < 10; i++) {
            append(0, "a" + i, "b" + i);
        }
        log.commit("fast", 0, 20);
        log.commit("slow", 0, 7);
        log.purge();

        assertThat(log.start(0)).isLessThanOrEqualTo(7);
        assertThat(readAll(0, 7)).hasSize(13).startsWith("7=b3");
        assertThat(readAll(0, 0)).hasSize((int) (20 - log.start(0)));
    }

    @Test
    void purgesNothingWhileNobodyHasReadAnything() throws Exception {
        append(0, "a");
        append(0, "b");
        log.purge();

        assertThat(log.start(0)).isZero();
    }

    @Test
    void neverHandsOutAnOffsetTwiceEvenWhenEverythingWasPurged() throws Exception {
        for (int i = 0; i < 5; i++) {
            append(0, "a");
        }
        log.commit("writer", 0, 5);
        log.purge();
        reopen();
        log.purge();
        reopen();

        assertThat(log.end(0)).isEqualTo(5);
        append(0, "b");
        assertThat(readAll(0, 5)).containsExactly("5=b");
    }

    @Test
    void aCursorBehindThePurgeGoesOnAtTheStart() throws Exception {
        for (int i = 0; i < 10; i++) {
            append(0, "r" + i);
        }
        try (ReportLog.Cursor cursor = log.read(0, 0)) {
            assertThat(cursor.next()).isTrue();
            log.commit("writer", 0, 8);
            log.purge();
            List<String> rest = readAll(cursor);
            assertThat(rest).endsWith("8=r8", "9=r9");
            assertThat(rest).doesNotHaveDuplicates().isSorted();
        }
    }

    @Test
    void continuesAboveTheOffsetOfAReaderThatIsAheadOfTheLog() throws Exception {
        append(0, "a", "b");
        log.raiseEnd(0, 1);
        assertThat(log.end(0)).isEqualTo(2);
        log.raiseEnd(0, 10);
        assertThat(log.end(0)).isEqualTo(10);
        append(0, "k");
        reopen();

        assertThat(log.end(0)).isEqualTo(11);
        assertThat(readAll(0, 0)).containsExactly("0=a", "1=b", "10=k");
        assertThat(readAll(0, 5)).containsExactly("10=k");
    }

    @Test
    void readersSeeWholeGroupsInOrderWhileTheyAreAppended() throws Exception {
        int groups = 400;
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<List<String>>> readers = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                readers.add(threads.submit(() -> {
                    List<String> seen = new ArrayList<>();
                    try (ReportLog.Cursor cursor = log.read(0, 0)) {
                        while (true) {
                            boolean last = done.get();
                            long before = log.appends();
                            seen.addAll(readAll(cursor));
                            if (last) {
                                return seen;
                            }
                            log.awaitAppend(before, 50);
                        }
                    }
                }));
            }
            AppendGroup group = log.newGroup();
            List<String> expected = new ArrayList<>();
            for (int g = 0; g < groups; g++) {
                group.clear();
                for (int i = 0; i <= g % 7; i++) {
                    String record = g + "." + i;
                    add(group, 0, record);
                    add(group, 1, record);
                    expected.add(expected.size() + "=" + record);
                }
                log.append(group);
            }
            done.set(true);
            for (Future<List<String>> reader : readers) {
                assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void twoThreadsMayAppendReportsAndEpisodes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = new ArrayList<>();
            for (int partition : new int[] {0, ReportLog.EPISODES}) {
                both.add(threads.submit(() -> {
                    AppendGroup group = log.newGroup();
                    for (int i = 0; i < 200; i++) {
                        group.clear();
                        add(group, partition, "r" + i);
                        log.append(group);
                    }
                    return null;
                }));
            }
            for (Future<?> each : both) {
                each.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        List<String> expected =
                IntStream.range(0, 200).mapToObj(i -> i + "=r" + i).toList();
        assertThat(readAll(0, 0)).isEqualTo(expected);
        assertThat(readAll(ReportLog.EPISODES, 0)).isEqualTo(expected);
    }

    @Test
    void wakesASleepingReaderOnAnAppend() throws Exception {
        long before = log.appends();
        assertThat(log.awaitAppend(before, 1)).isFalse();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> sleeper = threads.submit(() -> log.awaitAppend(before, 20_000));
            append(2, "a");
            assertThat(sleeper.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(log.awaitAppend(before, 20_000)).isTrue();
            assertThat(log.appends()).isGreaterThan(before);
        } finally {
            threads.shutdownNow();
        }
    }

    protected final void append(int partition, String... records) throws LogUnavailableException {
        AppendGroup group = log.newGroup();
        for (String record : records) {
            add(group, partition, record);
        }
        log.append(group);
    }

    protected static void add(AppendGroup group, int partition, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        // Announced longer than it gets, as encoders do.
        ByteBuffer buffer = group.begin(partition, bytes.length + 3);
        buffer.put(group.position(), bytes);
        group.commit(bytes.length);
    }

    protected final List<String> readAll(int partition, long offset) {
        try (ReportLog.Cursor cursor = log.read(partition, offset)) {
            return readAll(cursor);
        }
    }

    protected static List<String> readAll(ReportLog.Cursor cursor) {
        List<String> records = new ArrayList<>();
        while (cursor.next()) {
            records.add(text(cursor));
        }
        return records;
    }

    protected static String text(ReportLog.Cursor cursor) {
        byte[] bytes = new byte[cursor.length()];
        cursor.buffer().get(cursor.position(), bytes);
        return cursor.offset() + "=" + new String(bytes, StandardCharsets.UTF_8);
    }
}
