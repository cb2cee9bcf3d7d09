package io.haulwatch.rules.driver;

/** What became of a card message. */
public enum CardOutcome {
    /** A driver of the register drives from now on. */
    KNOWN,
    /** The register does not know the card, knows several drivers with it, or it could not be read: nobody is named. */
    UNKNOWN,
    /** It is out: the assigned driver, if there is one. */
    OUT,
    /** It says what was known. */
    SAME,
    /** Another driver's card while the truck moved: the driver stays. */
    REFUSED,
    /** Its time cannot be true. */
    IMPOSSIBLE
}
