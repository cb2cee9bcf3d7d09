package io.haulwatch.log.local;

import io.haulwatch.log.ReportLog.Availability;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether appends are let through: not below the free-space watermark, not after an I/O error until a write succeeds again. */
final class WriteGate {
    private static final Logger LOG = LoggerFactory.getLogger(WriteGate.class);

    private final Path directory;
    private final SpaceProbe probe;
    private final long watermarkBytes;

    private volatile Availability state = Availability.OK;

    // Guarded by this.
    private String lackOfSpace = "";
    private String failure = "";

    WriteGate(LocalLogOptions options) {
        directory = options.directory();
        probe = options.spaceProbe();
        watermarkBytes = options.freeSpaceWatermarkBytes();
    }

    Availability state() {
        return state;
    }

    /** Measures the free space. It must be a sixteenth above the watermark to open the gate again, so that it does not flutter. */
    synchronized void checkSpace() {
        long usable;
        try {
            usable = probe.usableBytes(directory);
        } catch (IOException e) {
            change("the free space of " + directory + " cannot be measured: " + e, failure);
            return;
        }
        boolean wasLow = !lackOfSpace.isEmpty();
        long wanted = wasLow ? watermarkBytes + watermarkBytes / 16 : watermarkBytes;
        if (usable >= wanted) {
            change("", failure);
        } else if (!wasLow) {
            change(
                    "free space in " + directory + " is below the watermark: usableBytes=" + usable + " watermarkBytes="
                            + watermarkBytes + "; free at least " + (watermarkBytes + watermarkBytes / 16 - usable)
                            + " bytes, it resumes by itself",
                    failure);
        }
    }

    synchronized void failed(String why) {
        change(lackOfSpace, why);
    }

    synchronized void recovered() {
        change(lackOfSpace, "");
    }

    synchronized boolean isFailed() {
        return !failure.isEmpty();
    }

    /** Opening the files needs room too. */
    synchronized boolean hasSpace() {
        return lackOfSpace.isEmpty();
    }

    private void change(String space, String failed) {
        lackOfSpace = space;
        failure = failed;
        Availability next;
        if (failed.isEmpty() && space.isEmpty()) {
            next = Availability.OK;
        } else {
            next = new Availability(false, failed.isEmpty() ? space : failed);
        }
        if (next.equals(state)) {
            return;
        }
        if (next.accepting()) {
            LOG.warn("the report log accepts again");
        } else {
            LOG.error("the report log refuses: {}", next.reason());
        }
        state = next;
    }
}
