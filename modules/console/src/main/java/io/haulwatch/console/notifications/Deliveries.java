package io.haulwatch.console.notifications;

import io.haulwatch.console.notifications.Channel.Letter;
import io.haulwatch.console.notifications.Channel.Target;
import io.haulwatch.console.notifications.Outcome.Failed;
import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of deliveries on their way. */
final class Deliveries {
    /** What waits for one receiver at most; beyond it the oldest are given up, which leaves them among the dead letters. */
    static final int MOST_WAITING = 10_000;

    /** Dead letters of one receiver that are kept at most; beyond it the oldest go. */
    static final int MOST_DEAD = 20_000;

    /** How long what arrived, or was given up, stands in the log. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final int SLICE = 5_000;

    private Deliveries() {}

    /** One delivery with its receiver. @param away whether the receiver was away when it was told something last */
    record Due(Target receiver, Letter letter, int tries, Instant countsFrom, boolean away) {}

    /** Receivers with something to send now. */
    static List<Long> receiversDue(Connection connection, Instant now) throws SQLException {
        return new SqlText("""
                select r.receiver_id from hw.receiver r
                where r.removed_at is null and r.paused_at is null and exists (
                    select from hw.delivery d where d.receiver_id = r.receiver_id and d.state = 'waiting' and d.next_at <= ?)
                order by r.receiver_id
                """, now).list(connection, row -> row.getLong(1));
    }

    /** What one receiver is told next: the oldest that is due. */
    static Optional<Due> next(Connection connection, long receiver, Instant now) throws SQLException {
        return new SqlText("""
                select r.receiver_id, r.kind, r.address, r.language, coalesce(r.secret, ''), d.delivery_id, d.event, d.body, d.tries,
                    d.counts_from, coalesce(r.fault, ''), coalesce(r.fault_detail, '')
                from hw.delivery d join hw.receiver r on r.receiver_id = d.receiver_id
                where d.receiver_id = ? and d.state = 'waiting' and d.next_at <= ? and r.removed_at is null and r.paused_at is null
                order by d.next_at, d.delivery_no limit 1
                """, receiver, now).first(connection, Deliveries::due);
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                new Target(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getBytes(5)),
                new Letter(row.getObject(6, UUID.class), Event.of(row.getString(7)), row.getString(8)),
                row.getInt(9),
                row.getTimestamp(10).toInstant(),
                Failed.isAway(row.getString(11), row.getString(12)));
    }

    /** It arrived. If the receiver was away, what waits for a later try goes now. */
    static void arrived(Connection connection, Due due, Instant now) throws SQLException {
        long receiver = due.receiver.id();
        new SqlText("""
                update hw.delivery set state = 'arrived', tries = tries + 1, tried_at = ?, finished_at = ?, fault = null, fault_detail = null
                where delivery_id = ? and state = 'waiting'
                """, now, now, due.letter.id()).run(connection);
        new SqlText(
                        "update hw.receiver set arrived_at = ?, failed_at = null, fault = null, fault_detail = null where receiver_id = ?",
                        now,
                        receiver)
                .run(connection);
        if (due.away) {
            new SqlText(
                            "update hw.delivery set next_at = ? where receiver_id = ? and state = 'waiting' and next_at > ?",
                            now,
                            receiver,
                            now)
                    .run(connection);
        }
    }

    /** It did not arrive, or did not say so. @return whether nobody tries any more */
    static boolean failed(Connection connection, Due due, Failed failed, Instant now) throws SQLException {
        int tries = due.tries + 1;
        boolean over = Waits.isOver(tries, due.countsFrom, now);
        SqlText sql = new SqlText(
                "update hw.delivery set tries = ?, tried_at = ?, fault = ?, fault_detail = ?",
                tries,
                now,
                failed.fault(),
                failed.detail());
        if (over) {
            sql.add(", state = 'dead', finished_at = ?", now);
        } else {
            sql.add(", next_at = ?", Waits.next(tries, now));
        }
        sql.add("where delivery_id = ? and state = 'waiting'", due.letter.id()).run(connection);
        new SqlText(
                        "update hw.receiver set failed_at = ?, fault = ?, fault_detail = ? where receiver_id = ?",
                        now,
                        failed.fault(),
                        failed.detail(),
                        due.receiver.id())
                .run(connection);
        return over;
    }

    /** What became of the upkeep. @param dead that were given up @param dropped dead letters that went */
    record Kept(int dead, int dropped) {}

    /** Gives up what waits too long or is too much, and lets go of what is too old. What waits for a paused receiver waits on. */
    static Kept keepUp(Connection connection, Instant now) throws SQLException {
        int dead = new SqlText("""
                update hw.delivery d set state = 'dead', finished_at = ?, fault = 'too_old', fault_detail = ''
                from hw.receiver r where r.receiver_id = d.receiver_id and r.paused_at is null and d.state = 'waiting' and d.counts_from <= ?
                """, now, now.minus(Waits.LONGEST)).run(connection);
        for (long receiver : new SqlText(
                        "select receiver_id from hw.delivery where state = 'waiting' group by receiver_id having count(*) > ?",
                        MOST_WAITING)
                .list(connection, row -> row.getLong(1))) {
            dead += new SqlText("""
                    update hw.delivery set state = 'dead', finished_at = ?, fault = 'queue_full', fault_detail = ''
                    where delivery_no in (select delivery_no from hw.delivery where receiver_id = ? and state = 'waiting'
                        order by delivery_no desc offset ?)
                    """, now, receiver, MOST_WAITING).run(connection);
        }
        int dropped = 0;
        for (long receiver : new SqlText(
                        "select receiver_id from hw.delivery where state = 'dead' group by receiver_id having count(*) > ?",
                        MOST_DEAD)
                .list(connection, row -> row.getLong(1))) {
            dropped += new SqlText("""
                    delete from hw.delivery where delivery_no in (select delivery_no from hw.delivery
                        where receiver_id = ? and state = 'dead' order by delivery_no desc offset ?)
                    """, receiver, MOST_DEAD).run(connection);
        }
        new SqlText(
                        "delete from hw.delivery where delivery_no in (select delivery_no from hw.delivery where made_at < ?"
                                + " and state <> 'waiting' limit ?)",
                        now.minus(KEPT),
                        SLICE)
                .run(connection);
        return new Kept(dead, dropped);
    }

    /** How many wait, and how many were given up. */
    record Sums(long waiting, long dead) {}

    static Sums sums(Connection connection) throws SQLException {
        return new SqlText(
                        "select count(*) filter (where state = 'waiting'), count(*) filter (where state = 'dead') from hw.delivery"
                                + " where state in ('waiting', 'dead')")
                .first(connection, row -> new Sums(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }
}
