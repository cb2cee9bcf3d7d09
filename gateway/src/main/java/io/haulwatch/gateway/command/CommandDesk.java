package io.haulwatch.gateway.command;

import java.util.UUID;

/** Where the console says that it has put a command into the table. The truth is in the table; this only wakes the gateway. */
public interface CommandDesk {
    /** A command of this vehicle is in the table now. Returns at once, from any thread. */
    void submit(int vehicleId, UUID commandId);
}
