package io.haulwatch.log.local;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link LocalLog#salvage} saved and what is lost.
 *
 * @param damagedFiles folder that holds the files as they were
 * @param partitions one entry for each report partition, and the episode stream
 */
public record SalvageReport(Path damagedFiles, List<PartitionReport> partitions) {
    public SalvageReport {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition.
     *
     * @param partition -1 for the episode stream
     * @param start lowest offset kept
     * @param end offset after the last record that was saved
     * @param gaps stretches of offsets that are lost, those at the end included as far as they are known
     */
    public record PartitionReport(int partition, long start, long end, List<Gap> gaps) {
        public PartitionReport {
            gaps = List.copyOf(gaps);
        }

        public long missing() {
            long missing = 0;
            for (Gap gap : gaps) {
                missing += gap.next - gap.first;
            }
            return missing;
        }
    }

    /** Lost offsets {@code first .. next - 1}. */
    public record Gap(long first, long next) {
        public Gap {
            if (first >= next) {
                throw new IllegalArgumentException("empty gap: first=" + first + " next=" + next);
            }
        }
    }

    /** Records known to be missing. */
    public long missing() {
        long missing = 0;
        for (PartitionReport each : partitions) {
            missing += each.missing();
        }
        return missing;
    }

    /** For the operator, several lines. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (PartitionReport each : partitions) {
            text.append(each.partition < 0 ? "episodes" : "partition " + each.partition)
                    .append(": kept offsets ")
                    .append(each.start)
                    .append(" to ")
                    .append(each.end)
                    .append(", missing ")
                    .append(each.missing());
            for (Gap gap : each.gaps) {
                text.append("\n  lost: ").append(gap.first).append(" to ").append(gap.next - 1);
            }
            text.append('\n');
        }
        return text.append("The damaged files are kept in ")
                .append(damagedFiles)
                .append(
                        ". Up to a second of records before the damage was found may be missing without being counted.\n")
                .toString();
    }
}
