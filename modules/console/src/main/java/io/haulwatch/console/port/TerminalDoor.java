package io.haulwatch.console.port;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom the gateway did not let in (未登记终端). Every call is cheap and answers from memory. */
@FunctionalInterface
public interface TerminalDoor {
    /** Those who were refused since the start and were not let in since. */
    Refusals refusals();

    /**
     * Refused terminals.
     *
     * @param newestFirst the one heard last first; a bounded number
     * @param forgotten phones that were dropped because too many were remembered
     */
    record Refusals(List<Refused> newestFirst, long forgotten) {
        public Refusals {
            newestFirst = List.copyOf(newestFirst);
        }
    }

    /**
     * A terminal that was refused.
     *
     * @param phone number in the frame header without leading zeros
     * @param address where it came from last
     * @param reason {@code unknown_phone}, {@code other_plate}, {@code second_device}, {@code wrong_code}, {@code stale_code},
     *     {@code foreign_code}
     * @param times refusals, at least 1
     * @param registration what it says of itself, or null if it only tried to authenticate
     */
    record Refused(
            String phone,
            String address,
            String reason,
            long times,
            Instant firstAt,
            Instant lastAt,
            @Nullable Registration registration) {}

    /**
     * What a terminal says of itself in 0x0100 (终端注册); each text may be empty.
     *
     * @param plateColour as sent
     * @param edition 2011, 2013 or 2019
     */
    record Registration(String maker, String model, String terminalId, int plateColour, String plate, int edition) {}
}
