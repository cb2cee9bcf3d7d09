package io.haulwatch.console.desk;

import io.haulwatch.console.handling.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Opens the case of an alarm that somebody escalates, in the transaction of the escalation. */
@FunctionalInterface
public interface CaseOpener {
    /**
     * Opens it with the alarm as its first.
     *
     * @param note why, by {@code userId}
     * @return the number of the case
     */
    long open(Connection connection, Work alarm, String note, int userId, Instant now) throws SQLException;
}
