package io.haulwatch.log.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.LogUnavailableException;
import io.haulwatch.log.ReportLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Below the watermark and on a disk that is really full, appends are refused; reading and purging go on, and it resumes alone. */
final class FullDiskTest {
    private static final long MB = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void refusesBelowTheWatermarkSaysWhyAndResumesByItself() throws Exception {
        AtomicLong usable = new AtomicLong(600 * MB);
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(directory)
                .withSpaceProbe(folder -> usable.get())
                .withMaxAge(Duration.ZERO))) {
            append(log, 100);
            append(log, 100);
            usable.set(511 * MB);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> !log.availability().accepting());
            assertThat(log.availability().reason())
                    .contains(directory.toString(), "usableBytes=" + 511 * MB, "watermarkBytes=" + 512 * MB);
            assertThatThrownBy(() -> append(log, 1))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessage(log.availability().reason());
            assertThat(log.end(0)).as("nothing of it counts").isEqualTo(200);

            assertThat(TestRecords.verify(log, 0)).as("reading goes on").isEqualTo(200);
            log.commit("reader", 0, 200);
            log.purge();
            assertThat(log.start(0)).as("purging goes on").isEqualTo(100);

            usable.set(520 * MB);
            assertThat(log.availability().accepting()).as("does not flutter").isFalse();
            usable.set(544 * MB);
            await().atMost(Duration.ofSeconds(5)).until(() -> log.availability().accepting());
            append(log, 10);
            assertThat(TestRecords.verify(log, 0)).isEqualTo(210);
        }
    }

    @Test
    void refusesFromTheStartWhenThereIsTooLittleSpace() throws Exception {
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(directory).withSpaceProbe(folder -> 0))) {
            assertThat(log.availability().accepting()).isFalse();
            assertThatThrownBy(() -> append(log, 1)).isInstanceOf(LogUnavailableException.class);
        }
    }

    @Test
    void refusesWhileTheSpaceCannotBeMeasured() throws Exception {
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(directory).withSpaceProbe(folder -> {
            throw new IOException("gone");
        }))) {
            assertThat(log.availability().reason())
                    .contains("cannot be measured")
                    .contains("gone");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60})
    void keepsWhatWasDurableOnAFullDiskAndResumesWhenSpaceIsFreed(int reopenAfterSeconds) throws Exception {
        // The library stays mapped from where the process first found it; that must not be the disk to be unmounted.
        RocksStore.loadLibrary(directory.resolve("native"));
        Path mount = directory.resolve("mount");
        Files.createDirectories(mount);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "none", mount.toString());
        if (!mounted) {
            System.out.println("FullDiskTest: SKIPPED on a really full disk, this user may not mount a tmpfs");
        }
        assumeTrue(mounted, "may not mount a tmpfs");
        try {
            Path ballast = mount.resolve("ballast");
            Files.write(ballast, new byte[(int) (24 * MB)]);
            LocalLogOptions options = LocalLogOptions.in(mount.resolve("log"))
                    .withFreeSpaceWatermarkBytes(0)
                    .withMaxAge(Duration.ZERO)
                    .withReopenAfter(Duration.ofSeconds(reopenAfterSeconds));
            long end;
            try (LocalLog log = LocalLog.open(options, new RocksStore.Sizes(MB, MB));
                    ReportLog.Cursor cursor = log.read(0, 0)) {
                assertThatThrownBy(() -> {
                            while (true) {
                                append(log, 2000);
                            }
                        })
                        .isInstanceOf(LogUnavailableException.class)
                        .hasMessageContaining("write failed");
                end = log.end(0);
                assertThat(end).isPositive();
                assertThat(log.availability().accepting()).isFalse();
                assertThat(cursor.next()).as("reading goes on").isTrue();

                Files.delete(ballast);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> log.availability().accepting());
                append(log, 500);
                assertThat(log.end(0)).isGreaterThanOrEqualTo(end + 500);
                while (cursor.next()) {
                    TestRecords.verify(cursor, 0);
                }
                assertThat(log.end(0)).isEqualTo(TestRecords.verify(log, 0));
                end = log.end(0);
            }
            try (LocalLog log = LocalLog.open(options)) {
                assertThat(TestRecords.verify(log, 0)).isEqualTo(end);
            }
        } finally {
            assertThat(run("umount", mount.toString())).isTrue();
        }
    }

    private static void append(LocalLog log, int records) throws LogUnavailableException {
        AppendGroup group = log.newGroup();
        SplittableRandom random = new SplittableRandom(log.end(0));
        for (int i = 0; i < records; i++) {
            TestRecords.add(group, 0, log.end(0) + i, random, 200);
        }
        log.append(group);
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
