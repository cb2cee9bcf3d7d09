package io.haulwatch.gateway.link;

import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.model.report.TallyRecord;
import io.haulwatch.model.report.TallyRecord.Cause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Frames of one terminal that did not become positions, counted until they are written into the log. Its thread is its link's. */
final class LinkTally {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long EVERY_MILLIS = 60_000;

    private final EnumMap<Cause, int[]> counts = new EnumMap<>(Cause.class);
    private boolean some;
    private long firstMillis;

    /** @return false if what is counted so far lies in another hour and has to be taken first */
    boolean fits(long nowMillis) {
        return !some || Math.floorDiv(nowMillis, HOUR_MILLIS) == Math.floorDiv(firstMillis, HOUR_MILLIS);
    }

    void add(Cause cause, int count, long nowMillis) {
        if (!some) {
            some = true;
            firstMillis = nowMillis;
        }
        counts.computeIfAbsent(cause, first -> new int[1])[0] += count;
    }

    boolean due(long nowMillis) {
        return some && (nowMillis - firstMillis >= EVERY_MILLIS || !fits(nowMillis));
    }

    /** What was counted; begins anew. */
    List<TallyRecord> take(int vehicleId) {
        List<TallyRecord> taken = new ArrayList<>();
        counts.forEach((cause, count) -> taken.add(new TallyRecord(vehicleId, cause, count[0], firstMillis)));
        counts.clear();
        some = false;
        return taken;
    }

    static Cause causeOf(Rejection rejection) {
        return switch (rejection) {
            case BAD_BODY -> Cause.BAD_BODY;
            case BAD_BATCH_ITEM -> Cause.BAD_BATCH_ITEM;
            case ENCRYPTED -> Cause.ENCRYPTED;
            case FOREIGN_ID -> Cause.FOREIGN_ID;
            case PACKAGE_QUOTA -> Cause.PACKAGE_QUOTA;
            case PACKAGE_INCOMPLETE -> Cause.PACKAGE_INCOMPLETE;
            case NOISE, BAD_ESCAPE, BAD_CHECKSUM, TOO_SHORT, TOO_LONG, BAD_HEADER -> Cause.DAMAGED;
            case FILE_QUOTA, FILE_TYPE -> Cause.FILE_REFUSED;
            case UNAUTHENTICATED -> Cause.OTHER;
        };
    }
}
