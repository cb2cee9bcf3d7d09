package io.haulwatch.console.users;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.session.Sessions;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open sessions of one user: listed, and ended one by one or all at once. */
final class UserSessions {
    /** When a session was last used is stored about once a minute. */
    private static final Duration SEEN_LATE = Duration.ofMinutes(2);

    private UserSessions() {}

    /** @param current the session that asks, 0 for none of them */
    static List<Row> of(Connection connection, int userId, long current, Instant now) throws SQLException {
        return new SqlText(
                        """
                        select session_id, created_at, last_seen_at, expires_at, address, by_provider from hw.session
                        where user_id = ? and expires_at > ?
                            and (extract(epoch from expires_at - created_at) <= ? or last_seen_at > ?)
                        order by created_at desc
                        """,
                        userId,
                        now,
                        Sessions.REMEMBERED.toSeconds(),
                        now.minus(Sessions.IDLE).minus(SEEN_LATE))
                .list(
                        connection,
                        row -> new Row(
                                row.getLong(1),
                                Json.time(row.getTimestamp(2).toInstant()),
                                Json.time(row.getTimestamp(3).toInstant()),
                                Json.time(row.getTimestamp(4).toInstant()),
                                row.getString(5),
                                row.getBoolean(6),
                                row.getLong(1) == current));
    }

    static boolean end(Connection connection, int userId, long sessionId) throws SQLException {
        return new SqlText("delete from hw.session where user_id = ? and session_id = ?", userId, sessionId)
                        .run(connection)
                == 1;
    }

    static int endAll(Connection connection, int userId) throws SQLException {
        return new SqlText("delete from hw.session where user_id = ?", userId).run(connection);
    }

    /** Ends those that the organisation's provider opened. */
    static int endOfProvider(Connection connection, int userId) throws SQLException {
        return new SqlText("delete from hw.session where user_id = ? and by_provider", userId).run(connection);
    }

    static int endOthers(Connection connection, int userId, long kept) throws SQLException {
        return new SqlText("delete from hw.session where user_id = ? and session_id <> ?", userId, kept)
                .run(connection);
    }

    /**
     * A session.
     *
     * @param lastSeenAt of the last call, as of about a minute ago
     * @param byProvider whether the organisation's provider said who he is
     * @param current whether it is the one that asks
     */
    record Row(
            long id,
            String beganAt,
            String lastSeenAt,
            String expiresAt,
            @Nullable String address,
            boolean byProvider,
            boolean current) {}
}
