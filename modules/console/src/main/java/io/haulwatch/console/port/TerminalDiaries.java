package io.haulwatch.console.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the gateway remembers of each terminal since its start. */
public interface TerminalDiaries {
    /** The diary of a vehicle's terminal, or null if it has not signed on since. */
    @Nullable
    Diary diary(int vehicleId);

    /**
     * The last frames of a vehicle's terminal, newest first. The first question begins to keep them.
     *
     * @return null if it has not signed on, or too many terminals are looked at already
     */
    @Nullable
    List<Frame> frames(int vehicleId);

    /** Since when it is remembered. */
    Instant since();

    /**
     * A terminal's diary.
     *
     * @param signOns since the start
     * @param firmware that it told; empty if it told none
     * @param address where it came from last
     * @param wrongLengths frames whose header announced another length
     * @param clockAheadSeconds device time of its newest report less the receive time, null before the first
     * @param faults by cause
     * @param events newest first
     */
    record Diary(
            int signOns,
            String firmware,
            String address,
            int wrongLengths,
            @Nullable Double clockAheadSeconds,
            Map<String, Integer> faults,
            List<Event> events) {}

    /**
     * A coming or going.
     *
     * @param event online, or why its connection ended
     */
    record Event(Instant at, String event) {}

    /**
     * A frame as it came.
     *
     * @param decoded what it says, in order
     * @param whole false if only its beginning was kept
     */
    record Frame(Instant at, String hex, Map<String, @Nullable Object> decoded, boolean whole) {}
}
