package io.haulwatch.analytics.feed;

import java.io.IOException;
import java.sql.SQLException;

/** One kind of records on their way from the log into the database. One thread. */
interface Target extends AutoCloseable {
    /** Name of the offsets in log and database. */
    String reader();

    /** Asks the database where to go on, and goes there; forgets what was read and not committed. */
    void resume() throws SQLException;

    /** Reads what the log has now, until it has no more or a commit is due. @return records read */
    int read() throws IOException;

    /** Whether a commit is due before more is read. */
    boolean full();

    /** Stores what was read, or nothing if there was nothing. */
    void commit() throws SQLException;

    /** Stores what was read and what is held back otherwise, before a stop. */
    void flush() throws SQLException;

    /** Records behind the end of the log. From any thread. */
    long lagRecords();

    @Override
    void close();
}
