package io.haulwatch.rules.vehicle;

/** What became of a position in the vehicle stage: each has exactly one outcome. */
public enum PositionOutcome {
    /** Believed and taken into every rule. */
    JUDGED,
    /** Not believed; it has a doubt mark that says why. A frozen one still counts for motion. */
    DOUBTED,
    /** A second fix of the same second: neither speed nor way can be judged by it. */
    SAME_SECOND,
    /** The receiver itself marked it as without a fix. */
    UNPOSITIONED,
    /** Behind the vehicle's frontier. */
    LATE,
    /** Came again while it was the vehicle's newest. */
    REPEATED,
    /** Its time cannot be true. */
    IMPOSSIBLE
}
