package io.haulwatch.store.position;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.BitSet;

/** The UTC days whose partition is known to be there, and those that the batch at hand still needs. */
final class PositionDays {
    private static final long DAY_MILLIS = 86_400_000L;

    private final BitSet made = new BitSet();
    private final BitSet needed = new BitSet();

    /** @param deviceMillis readable and not before 1970, because older than any retention is quarantined */
    void note(long deviceMillis) {
        int day = (int) (deviceMillis / DAY_MILLIS);
        if (!made.get(day)) {
            needed.set(day);
        }
    }

    /** Makes the days in a transaction of their own, so that the batch does not hold their locks. */
    void ensure(Connection connection) throws SQLException {
        if (needed.isEmpty()) {
            return;
        }
        try (PreparedStatement make = connection.prepareStatement("select hw.ensure_position_day(?)")) {
            for (int day = needed.nextSetBit(0); day >= 0; day = needed.nextSetBit(day + 1)) {
                make.setObject(1, LocalDate.ofEpochDay(day));
                make.execute();
            }
        }
        connection.commit();
        made.or(needed);
        needed.clear();
    }

    void forget() {
        made.clear();
        needed.clear();
    }
}
