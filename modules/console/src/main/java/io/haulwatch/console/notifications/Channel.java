package io.haulwatch.console.notifications;

import java.time.Instant;

/** A way to a receiver. */
interface Channel extends AutoCloseable {
    /** Sends once, in bounded time; never throws for what the other side does. */
    Outcome send(Target receiver, Letter letter, Instant now) throws InterruptedException;

    @Override
    void close();

    /**
     * Whom to tell.
     *
     * @param address an http(s) address or a mailbox
     * @param secret sealed; empty for a mailbox
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Target(long id, String kind, String address, String language, byte[] secret) {}

    /** What to tell. @param id the same however often it is sent */
    record Letter(java.util.UUID id, Event event, String body) {}
}
