package io.haulwatch.gateway.metrics;

/** How a registration (0x0100) or an authentication (0x0102) ended. */
public enum SignOn {
    /** The right code. */
    AUTHENTICATED,
    /** Of the register, and a declared relay passes on what it says. */
    RELAYED,
    /** A code that belongs to nobody; result 1. */
    WRONG_CODE,
    /** The code of an earlier generation; result 1. */
    STALE_CODE,
    /** The code of another terminal; result 1. */
    FOREIGN_CODE,
    /** A phone that is not in the register; result 1. */
    UNKNOWN_PHONE,
    /** Registered as it stands in the register. */
    REGISTERED,
    /** First or changed registration, accepted by the register. */
    REGISTERED_CHANGED,
    /** Unknown terminal, enrolled. */
    ENROLLED,
    /** Registration refused, with a result of 0x8100. */
    REGISTRATION_REFUSED,
    /** No answer: the database could not be asked, or too much waited for it. */
    UNANSWERED,
    /** A failure of an address or phone over its limit: closed without an answer. */
    OVER_LIMIT
}
