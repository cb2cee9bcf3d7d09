package io.haulwatch.console.port;

import java.util.UUID;

/** Where commands for terminals are handed in. The truth is in the table {@code command}; this only wakes the gateway up. */
@FunctionalInterface
public interface CommandDesk {
    /** Says that a command for {@code vehicleId} is in the table now, state {@code queued}. Returns at once, never throws. */
    void submit(int vehicleId, UUID commandId);
}
