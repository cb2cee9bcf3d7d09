package io.haulwatch.store.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of rows that are older than the law or the operator asks for. Positions go by whole days; the rest in slices, so that no
 * transaction holds others up. Safe to repeat; run it once a day.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int SLICE = 5_000;
    /** The writer judges age by a record's receive time, which a backlog in the log can put behind today. */
    private static final Duration BACKLOG = Duration.ofDays(2);

    private final DataSource writer;
    private final Duration positions;
    private final Duration episodes;

    /**
     * @param writer pool of the writer's role
     * @param positions how long positions, doubts, quarantine and the books are kept; the law's least is 6 months
     * @param episodes how long episodes, their handling and daily figures are kept; the law's least is 3 years
     */
    public Retention(DataSource writer, Duration positions, Duration episodes) {
        if (positions.toDays() < 1 || episodes.compareTo(positions) < 0) {
            throw new IllegalArgumentException(
                    "positions are kept at least a day, episodes at least as long: positions=" + positions
                            + ", episodes=" + episodes);
        }
        this.writer = writer;
        this.positions = positions;
        this.episodes = episodes;
    }

    /**
     * What went.
     *
     * @param days days of positions
     * @param rows rows of all other tables
     */
    public record Result(int days, long rows) {}

    /** Lets go of what is too old at {@code now}. */
    public Result run(Instant now) throws SQLException {
        Instant positionsBefore = now.minus(positions).minus(BACKLOG);
        Instant episodesBefore = now.minus(episodes);
        LocalDate firstDay = LocalDate.ofInstant(positionsBefore, ZoneOffset.UTC);
        int days = dropDays("hw.drop_position_days", firstDay);
        dropDays("hw.drop_position_hour_days", firstDay);
        long rows = delete("hw.position_quarantine", "receive_time", positionsBefore)
                + delete("hw.doubt", "device_time", positionsBefore)
                + delete("hw.report_book", "hour", positionsBefore)
                + delete("hw.report_refused", "hour", positionsBefore)
                + delete("hw.episode_revision", "stored_at", episodesBefore)
                // Nothing ends before it starts: the start alone finds the candidates by an index.
                + delete(
                        "hw.episode",
                        "started_at < ? and greatest(ended_at, opened_at)",
                        episodesBefore,
                        episodesBefore)
                + delete("hw.company_risk", "as_of", episodesBefore)
                + delete("hw.vehicle_day", "day", episodesBefore)
                + delete("hw.kpi_vehicle_day", "day", episodesBefore)
                + delete("hw.kpi_day", "day", episodesBefore)
                + delete("hw.kpi_period", "last_day", episodesBefore)
                + delete("hw.kpi_region_month", "month", episodesBefore)
                + delete("hw.kpi_company_month", "month", episodesBefore);
        if (days > 0 || rows > 0) {
            LOG.info("retention: let go of {} days of positions and {} other rows", days, rows);
        }
        return new Result(days, rows);
    }

    private int dropDays(String function, LocalDate before) throws SQLException {
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(true);
            try (PreparedStatement drop = connection.prepareStatement("select " + function + "(?)")) {
                drop.setObject(1, before);
                try (ResultSet row = drop.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        }
    }

    private long delete(String table, String age, Instant... before) throws SQLException {
        long rows = 0;
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(true);
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from " + table + " where ctid = any (array("
                            + "select ctid from " + table + " where " + age + " < ? limit " + SLICE + "))")) {
                for (int i = 0; i < before.length; i++) {
                    delete.setTimestamp(i + 1, Timestamp.from(before[i]));
                }
                int count;
                do {
                    count = delete.executeUpdate();
                    rows += count;
                } while (count == SLICE);
            }
        }
        return rows;
    }
}
