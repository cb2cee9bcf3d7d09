package io.haulwatch.rules.terminal;

import io.haulwatch.model.episode.EvidencePoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of one alarm of one terminal, as far as it is known.
 *
 * @param driverId driver of the moment it began, or null while nobody is known
 * @param startMillis device time of the first report that has it, ms since 1970 UTC
 * @param lastMillis device time of the last one so far
 * @param endedBy why it ended, null while it goes on
 * @param backfill its first report came in a blind-area upload
 * @param speedDeciKmh GNSS speed at its first report, 0.1 km/h
 */
public record TerminalStretch(
        int vehicleId,
        TerminalAlarm alarm,
        @Nullable Integer driverId,
        long startMillis,
        long lastMillis,
        @Nullable String endedBy,
        boolean backfill,
        int speedDeciKmh,
        List<EvidencePoint> points) {

    public TerminalStretch {
        points = List.copyOf(points);
    }
}
