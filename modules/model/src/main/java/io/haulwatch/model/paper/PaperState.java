package io.haulwatch.model.paper;

import java.time.ZoneId;
import java.util.Locale;

/** Where a paper or a duty stands on a local day; {@code docs/rules/papers.md} draws how one becomes another. */
public enum PaperState {
    VALID,
    /** Runs out within 30 days. */
    DUE_SOON,
    /** Runs out within 7 days. */
    DUE_URGENT,
    OVERDUE,
    /** Overdue for so long that it cannot be renewed any more. */
    LAPSED,
    MISSING,
    /** Entered, and nobody has agreed to it yet; or its last day is not known. */
    PENDING_REVIEW,
    /** Held back by an authority or by the company. */
    SUSPENDED,
    /** Frozen while its truck is laid up (停驶): it is kept and counts nothing, and nobody drives with it. */
    INACTIVE,
    /** Of a version: another one lasts longer. */
    SUPERSEDED,
    /** Of a version: whoever looked at it refused it. */
    REJECTED;

    /** Days of the law are local. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** The word of the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nobody may drive with a critical paper in this state. */
    public boolean stops() {
        return switch (this) {
            case OVERDUE, LAPSED, MISSING, SUSPENDED, INACTIVE, PENDING_REVIEW, REJECTED -> true;
            case VALID, DUE_SOON, DUE_URGENT, SUPERSEDED -> false;
        };
    }

    /** p(state) of part D of a company's risk, 0 to 1. */
    public double risk() {
        return switch (this) {
            case VALID, SUPERSEDED, INACTIVE -> 0;
            case DUE_SOON -> 0.1;
            case DUE_URGENT -> 0.3;
            case PENDING_REVIEW -> 0.5;
            case OVERDUE, LAPSED, MISSING, SUSPENDED, REJECTED -> 1;
        };
    }
}
