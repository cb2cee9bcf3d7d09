package io.haulwatch.log.local;

import io.haulwatch.log.AppendGroup;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/** A process that appends until it is killed and prints the ends after each durable group, with a dot at the end of each line. */
final class WriterProcess {
    private WriterProcess() {}

    static LocalLogOptions options(Path directory) {
        return LocalLogOptions.in(directory).withMaxAge(Duration.ZERO).withFreeSpaceWatermarkBytes(0);
    }

    /** @param args folder and seed */
    public static void main(String[] args) throws Exception {
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
        PrintStream out = System.out;
        // Small files, so that many are written, moved and purged.
        try (LocalLog log = LocalLog.open(options(Path.of(args[0])), new RocksStore.Sizes(256 * 1024, 64 * 1024))) {
            AppendGroup group = log.newGroup();
            while (true) {
                group.clear();
                for (int partition = -1; partition < 4; partition++) {
                    int records = random.nextInt(4) == 0 ? 0 : random.nextInt(60);
                    for (int i = 0; i < records; i++) {
                        TestRecords.add(group, partition, log.end(partition) + i, random, 200);
                    }
                }
                log.append(group);
                StringBuilder line = new StringBuilder();
                for (int partition = -1; partition < 4; partition++) {
                    line.append(partition < 0 ? "" : " ").append(log.end(partition));
                }
                out.println(line.append('.'));
                out.flush();
                if (random.nextInt(10) == 0) {
                    for (int partition = -1; partition < 4; partition++) {
                        long next = log.end(partition) - random.nextInt(2000);
                        log.commit(
                                "reader", partition, Math.max(0, Math.max(next, log.committed("reader", partition))));
                    }
                }
                if (random.nextInt(50) == 0) {
                    log.purge();
                }
            }
        }
    }
}
