package io.haulwatch.gateway.command;

import java.util.Locale;

/** Where a command stands. The first two may change, the others are final. */
public enum CommandState {
    /** In the table, not sent. */
    QUEUED,
    /** Written to the terminal's connection at least once, not answered. */
    SENT,
    /** The terminal said that it did it. */
    ACKNOWLEDGED,
    /** The terminal, or the gateway for a content that the wire cannot carry, said no; the reason is beside it. */
    REFUSED,
    /** Sent, repeated as often as configured, and not answered. */
    TIMED_OUT,
    /** Its time was over before it could be sent. */
    EXPIRED;

    /** As in the table: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFinal() {
        return this != QUEUED && this != SENT;
    }
}
