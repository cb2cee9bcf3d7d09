package io.haulwatch.analytics.feed;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Why nothing can be stored, in one line for people. What a driver says can hold whole statements with their rows; those stay in the log file. */
final class Trouble {
    private static final int LONGEST = 200;

    private Trouble() {}

    static String sentence(Exception trouble) {
        if (!(trouble instanceof SQLException)) {
            return line(String.valueOf(trouble.getMessage()));
        }
        boolean away = false;
        SQLException innermost = null;
        for (Throwable each = trouble; each != null; each = next(each)) {
            if (each instanceof SQLException sql) {
                innermost = sql;
                away |= isConnection(sql);
            }
        }
        String said = innermost == null ? "" : line(String.valueOf(innermost.getMessage()));
        return (away ? "the database does not answer: " : "the database refuses: ") + said;
    }

    /** A batch hides the server's own words behind the statement; a pool hides them behind its patience. */
    private static @Nullable Throwable next(Throwable trouble) {
        if (trouble instanceof SQLException sql && sql.getNextException() != null) {
            return sql.getNextException();
        }
        return trouble.getCause();
    }

    private static boolean isConnection(SQLException trouble) {
        String state = trouble.getSQLState();
        return trouble instanceof SQLTransientConnectionException
                || trouble instanceof SQLNonTransientConnectionException
                || (state != null && (state.startsWith("08") || state.startsWith("57P") || state.equals("53300")));
    }

    private static String line(String text) {
        String first = text.lines().findFirst().orElse("");
        return first.length() <= LONGEST ? first : first.substring(0, LONGEST) + "…";
    }
}
