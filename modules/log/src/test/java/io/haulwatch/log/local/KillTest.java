package io.haulwatch.log.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process again and again in the same folder: what it said was durable must be there. */
final class KillTest {
    private static final int ROUNDS = 5;

    @TempDir
    Path directory;

    @Test
    void losesNothingThatWasSaidToBeDurableWhenTheProcessIsKilled() throws Exception {
        long seed = Long.getLong("haulwatch.seed", System.nanoTime());
        System.out.println("KillTest seed=" + seed + " (repeat with -Dhaulwatch.seed)");
        SplittableRandom random = new SplittableRandom(seed);
        long[] promised = new long[5];
        for (int round = 0; round < ROUNDS; round++) {
            long[] before = promised.clone();
            promised = writeUntilKilled(random, promised);
            try (LocalLog log = LocalLog.open(WriterProcess.options(directory))) {
                for (int partition = -1; partition < 4; partition++) {
                    long end = TestRecords.verify(log, partition);
                    assertThat(end)
                            .as("seed=%d round=%d partition=%d", seed, round, partition)
                            .isGreaterThanOrEqualTo(promised[partition + 1]);
                    long committed = log.committed("reader", partition);
                    assertThat(committed).isLessThanOrEqualTo(end);
                    assertThat(log.start(partition))
                            .as("nothing purged that the reader will ask for: seed=%d", seed)
                            .isLessThanOrEqualTo(Math.max(0, committed));
                    promised[partition + 1] = end;
                }
            }
            assertThat(Arrays.stream(promised).sum())
                    .as("the process wrote: seed=%d round=%d", seed, round)
                    .isGreaterThan(Arrays.stream(before).sum());
        }
        assertThat(directory.resolve("native").toFile().list())
                .as("library files left")
                .hasSize(1);
    }

    /** Last ends that the process printed, episodes first. */
    private long[] writeUntilKilled(SplittableRandom random, long[] promised) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterProcess.class.getName(),
                        directory.toString(),
                        String.valueOf(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            String first = lines.readLine();
            assertThat(first).as("first line of the writer").isNotNull();
            String last = first;
            long until = System.nanoTime()
                    + Duration.ofMillis(50 + random.nextInt(700)).toNanos();
            String line = first;
            while (line != null && System.nanoTime() < until) {
                last = line;
                line = lines.readLine();
            }
            // Through the handle: the process itself would close the stream with lines in it.
            process.toHandle().destroyForcibly();
            while ((line = lines.readLine()) != null) {
                // The last line may be cut short.
                if (line.endsWith(".")) {
                    last = line;
                }
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("killed, not ended").isEqualTo(137);
            long[] printed = Arrays.stream(last.substring(0, last.length() - 1).split(" "))
                    .mapToLong(Long::parseLong)
                    .toArray();
            for (int i = 0; i < printed.length; i++) {
                assertThat(printed[i]).isGreaterThanOrEqualTo(promised[i]);
            }
            return printed;
        }
    }
}
