package io.haulwatch.gateway.metrics;

/** Why a connection ended. */
public enum CloseCause {
    /** The terminal closed it, or the network did. */
    PEER,
    /** No complete frame for the idle limit. */
    IDLE,
    /** Not authenticated in time. */
    SIGN_ON_TIME,
    /** Made room for a new connection while not authenticated. */
    EVICTED,
    /** The same terminal authenticated on another connection. */
    TAKEN_OVER,
    /** Too many frames of other terminals. */
    FOREIGN_ID,
    /** Too many failed attempts to sign on. */
    SIGN_ON_FAILED,
    /** Too many bytes that are no frame. */
    GARBAGE,
    /** 0x0003, answered. */
    DEREGISTERED,
    /** The register no longer has this terminal in this generation. */
    REGISTER_CHANGED,
    /** The terminal does not read what it is sent. */
    SLOW_READER,
    /** An error of the connection or of ours. */
    ERROR,
    /** The gateway stops. */
    SHUTDOWN
}
