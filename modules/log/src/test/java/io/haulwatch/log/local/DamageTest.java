package io.haulwatch.log.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.ReportLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is healed, what is refused, and what salvage brings back. Damage is done to a copy of an open log: as after a power cut. */
final class DamageTest {
    private static final int GROUPS = 50;
    private static final int RECORDS = 20;

    @TempDir
    Path temporary;

    @Test
    void healsALastRecordCutShort() throws Exception {
        Path copy = crashedLog();
        Path wal = newestWal(copy);
        try (FileChannel file = FileChannel.open(wal, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 7);
        }
        withoutMarks(copy);
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(copy))) {
            assertThat(TestRecords.verify(log, 0)).isEqualTo((GROUPS - 1) * RECORDS);
            append(log);
            assertThat(TestRecords.verify(log, 0)).isEqualTo(GROUPS * RECORDS);
        }
    }

    @Test
    void saysSoWhenWhatWasAcknowledgedIsCutOff() throws Exception {
        Path copy = crashedLog();
        try (FileChannel file = FileChannel.open(newestWal(copy), StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 7);
        }
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(copy))) {
            // The file of end marks knew better: these offsets are not handed out again.
            assertThat(log.end(0)).isEqualTo(GROUPS * RECORDS);
            append(log);
            assertThat(log.end(0)).isEqualTo((GROUPS + 1) * RECORDS);
            try (ReportLog.Cursor cursor = log.read(0, (GROUPS - 1) * RECORDS)) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.offset()).isEqualTo(GROUPS * RECORDS);
            }
        }
    }

    @Test
    void readsOverGarbageBehindTheEnd() throws Exception {
        Path copy = crashedLog();
        byte[] garbage = new byte[1000];
        new SplittableRandom(7).nextBytes(garbage);
        Files.write(newestWal(copy), garbage, StandardOpenOption.APPEND);
        opensComplete(copy);
    }

    @Test
    void readsOverZerosBehindTheEnd() throws Exception {
        Path copy = crashedLog();
        Files.write(newestWal(copy), new byte[5000], StandardOpenOption.APPEND);
        opensComplete(copy);
    }

    @Test
    void refusesABitFlippedInTheMiddleAndSalvagesTheRest() throws Exception {
        Path copy = crashedLog();
        Path wal = newestWal(copy);
        flipBit(wal, Files.size(wal) / 2);

        assertThatThrownBy(() -> LocalLog.open(LocalLogOptions.in(copy)))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining(copy.toString())
                .hasMessageContaining("salvage");

        SalvageReport report = LocalLog.salvage(LocalLogOptions.in(copy));
        SalvageReport.PartitionReport first = report.partitions().get(0);
        assertThat(first.start()).isZero();
        assertThat(first.end()).isEqualTo(GROUPS * RECORDS);
        assertThat(first.missing()).isBetween((long) RECORDS, (long) GROUPS * RECORDS / 4);
        assertThat(first.gaps()).hasSize(1);
        assertThat(report.missing()).isGreaterThanOrEqualTo(first.missing());
        assertThat(report.describe()).contains("partition 0: kept offsets 0 to " + first.end());
        assertThat(report.damagedFiles()).isDirectory();
        assertThat(report.damagedFiles().resolve(wal.getFileName())).exists();

        try (LocalLog log = LocalLog.open(LocalLogOptions.in(copy))) {
            assertThat(log.end(0)).as("no offset twice").isEqualTo(GROUPS * RECORDS);
            assertThat(log.committed("reader", 0)).isEqualTo(5);
            assertThat(readEverything(log)).isEqualTo(5 * GROUPS * RECORDS - report.missing());
        }
    }

    @Test
    void refusesABitFlippedNearTheEnd() throws Exception {
        Path copy = crashedLog();
        Path wal = newestWal(copy);
        flipBit(wal, Files.size(wal) - 300);
        assertThatThrownBy(() -> LocalLog.open(LocalLogOptions.in(copy))).isInstanceOf(DamagedLogException.class);
        assertThatThrownBy(() -> LocalLog.open(LocalLogOptions.in(copy)))
                .as("still refused the second time")
                .isInstanceOf(DamagedLogException.class);
    }

    @Test
    void saysLoudlyWhenAReaderIsAheadOfTheLog() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(LocalLog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
        Level before = logger.getLevel();
        logger.setLevel(Level.ERROR);
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(temporary.resolve("log")))) {
            append(log);
            log.raiseEnd(0, 100);
        } finally {
            logger.detachAppender(lines);
            logger.setAdditive(true);
            logger.setLevel(before);
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage()).contains("partition=0 end=20 expected=100 missing=80");
        });
    }

    @Test
    void neverHandsOutOffsetsTwiceWhenAWriteAheadFileVanishes() throws Exception {
        Path copy = crashedLog();
        Files.delete(newestWal(copy));
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(copy))) {
            assertThat(log.end(0)).isEqualTo(GROUPS * RECORDS);
            append(log);
            assertThat(log.end(0)).isEqualTo((GROUPS + 1) * RECORDS);
        }
    }

    @Test
    void refusesALogWithoutItsCurrentFile() throws Exception {
        Path copy = logWithFiles();
        Files.delete(copy.resolve("db/CURRENT"));
        assertThatThrownBy(() -> LocalLog.open(LocalLogOptions.in(copy)))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining("CURRENT");
    }

    @Test
    void refusesALogWithoutOneOfItsTableFiles() throws Exception {
        Path copy = logWithFiles();
        Files.delete(tableFile(copy));
        assertThatThrownBy(() -> LocalLog.open(LocalLogOptions.in(copy))).isInstanceOf(DamagedLogException.class);
    }

    @Test
    void saysSoWhenABlockInATableFileIsDamagedAndSalvagesTheRest() throws Exception {
        Path copy = logWithFiles();
        long seed = Long.getLong("haulwatch.seed", System.nanoTime());
        System.out.println("DamageTest seed=" + seed + " (repeat with -Dhaulwatch.seed)");
        // Anywhere in the first half: blocks of records; behind them lie index and properties.
        flipBit(tableFile(copy), new SplittableRandom(seed).nextLong(Files.size(tableFile(copy)) / 2));
        // Noticed at the open if it is in the first or last block of a partition, else by the first reader that meets
        // it.
        assertThatThrownBy(() -> {
                    try (LocalLog log = LocalLog.open(LocalLogOptions.in(copy))) {
                        readEverything(log);
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                })
                .isInstanceOf(DamagedLogException.class);

        SalvageReport report = LocalLog.salvage(LocalLogOptions.in(copy));
        assertThat(report.missing()).isPositive();
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(copy))) {
            long end = 8L * GROUPS * RECORDS;
            assertThat(log.end(0)).isEqualTo(end);
            assertThat(readEverything(log)).isEqualTo(5 * end - report.missing());
        }
    }

    /** A log whose records are all in its write-ahead file. */
    private Path crashedLog() throws Exception {
        Path copy = temporary.resolve("copy");
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(temporary.resolve("log")))) {
            // Before the groups: the last record of the file shall be a group.
            log.commit("reader", 0, 5);
            log.saveMarks();
            for (int i = 0; i < GROUPS; i++) {
                append(log);
            }
            log.saveMarks();
            TestRecords.copy(temporary.resolve("log"), copy);
        }
        return copy;
    }

    /** A log with table files. */
    private Path logWithFiles() throws Exception {
        Path copy = temporary.resolve("copy");
        try (LocalLog log = LocalLog.open(
                LocalLogOptions.in(temporary.resolve("log")), new RocksStore.Sizes(64 * 1024, 64 * 1024))) {
            for (int i = 0; i < 8 * GROUPS; i++) {
                append(log);
            }
            log.saveMarks();
        }
        return TestRecords.copy(temporary.resolve("log"), copy);
    }

    private static void append(LocalLog log) throws Exception {
        AppendGroup group = log.newGroup();
        SplittableRandom random = new SplittableRandom(log.end(0));
        for (int partition = -1; partition < 4; partition++) {
            for (int i = 0; i < RECORDS; i++) {
                TestRecords.add(group, partition, log.end(partition) + i, random, 60);
            }
        }
        log.append(group);
    }

    private static long readEverything(LocalLog log) {
        long read = 0;
        for (int partition = -1; partition < 4; partition++) {
            try (ReportLog.Cursor cursor = log.read(partition, 0)) {
                while (cursor.next()) {
                    TestRecords.verify(cursor, partition);
                    read++;
                }
            }
        }
        return read;
    }

    private static void opensComplete(Path copy) throws Exception {
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(copy))) {
            for (int partition = -1; partition < 4; partition++) {
                assertThat(TestRecords.verify(log, partition)).isEqualTo(GROUPS * RECORDS);
            }
            append(log);
            assertThat(TestRecords.verify(log, 0)).isEqualTo((GROUPS + 1) * RECORDS);
        }
    }

    private static void withoutMarks(Path copy) throws IOException {
        Files.delete(copy.resolve("ends"));
    }

    private static Path newestWal(Path copy) throws IOException {
        return largest(copy, ".log");
    }

    private static Path tableFile(Path copy) throws IOException {
        return largest(copy, ".sst");
    }

    private static Path largest(Path copy, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(copy.resolve("db"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void flipBit(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
            channel.write(one, at);
        }
    }
}
