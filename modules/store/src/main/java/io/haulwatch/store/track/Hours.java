package io.haulwatch.store.track;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Hours of UTC by their number since 1970. */
final class Hours {
    static final long MILLIS = 3_600_000;

    private Hours() {}

    static long of(long millis) {
        return Math.floorDiv(millis, MILLIS);
    }

    static Timestamp start(long hour) {
        return new Timestamp(hour * MILLIS);
    }

    static LocalDate day(long hour) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(hour * MILLIS), ZoneOffset.UTC);
    }
}
