package io.haulwatch.store.episode;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stores the episode stream in transactions that also hold the reader's offset. A revision replaces an older one and is ignored beside
 * a newer one, so any part of the stream may be read again. What people did about an episode is never touched.
 *
 * <p>Use as {@link io.haulwatch.store.position.PositionWriter}: {@link #resume}, then {@link #add} in order, then {@link #commit}; after
 * an exception of {@code commit} nothing counts and {@code resume} comes next. One thread.
 */
public final class EpisodeWriter {
    /** Partition of the episode stream in {@code reader_offset}. */
    private static final int PARTITION = -1;

    private static final int FULL = 2_000;

    // The company is the vehicle's at this moment; a vehicle that the register does not know belongs to nobody.
    private static final String COMPANY = "coalesce((select company_id from hw.vehicle where vehicle_id = ?), 0)";

    private static final String UPSERT = """
            insert into hw.episode as e (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id,
                started_at, ended_at, severity, evidence, ended_by, measures, facts, points, stream_offset)
            values (?, %s, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?)
            on conflict (episode_id) do update set revision = excluded.revision, state = excluded.state, rule = excluded.rule,
                rule_version = excluded.rule_version, subject = excluded.subject, vehicle_id = excluded.vehicle_id,
                driver_id = excluded.driver_id, started_at = excluded.started_at, ended_at = excluded.ended_at,
                severity = excluded.severity, evidence = excluded.evidence, ended_by = excluded.ended_by,
                measures = excluded.measures, facts = excluded.facts, points = excluded.points,
                stream_offset = excluded.stream_offset, updated_at = now()
            where excluded.revision > e.revision""".formatted(COMPANY);

    private static final String INSERT_REVISION = """
            insert into hw.episode_revision (episode_id, revision, company_id, state, content)
            values (?, ?, %s, ?, ?::jsonb) on conflict do nothing""".formatted(COMPANY);

    private static final String INSERT_DOUBT = """
            insert into hw.doubt (vehicle_id, company_id, device_time, body_hash, reason)
            values (?, %s, ?, ?, ?) on conflict do nothing""".formatted(COMPANY);

    /**
     * What a commit did.
     *
     * @param revisions revisions that were not there yet
     * @param doubts doubt marks that were not there yet
     */
    public record Result(int revisions, int doubts) {
        /** Nothing was done. */
        public static final Result NOTHING = new Result(0, 0);
    }

    private record Pending(
            long offset,
            @Nullable Episode episode,
            @Nullable DoubtMark doubt) {}

    private final DataSource database;
    private final String reader;
    private final List<Pending> pending = new ArrayList<>();
    private long stored;
    private long taken;
    private boolean usable;

    /**
     * @param database pool of the writer's role
     * @param reader name of its offset
     */
    public EpisodeWriter(DataSource database, String reader) {
        this.database = database;
        this.reader = reader;
    }

    /** Forgets what was taken and not committed, and says where to read the stream from. */
    public long resume() throws SQLException {
        pending.clear();
        stored = 0;
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select next_offset from hw.reader_offset where reader = ? and partition = ?")) {
            query.setString(1, reader);
            query.setInt(2, PARTITION);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    stored = row.getLong(1);
                }
            }
        }
        taken = stored;
        usable = true;
        return stored;
    }

    /** Takes a revision of an episode. */
    public void add(long offset, Episode episode) {
        take(offset);
        pending.add(new Pending(offset, episode, null));
    }

    /** Takes a doubt mark. */
    public void add(long offset, DoubtMark doubt) {
        take(offset);
        pending.add(new Pending(offset, null, doubt));
    }

    /** Passes over a record of a kind that this build does not know. */
    public void skip(long offset) {
        take(offset);
    }

    private void take(long offset) {
        if (offset < taken) {
            throw new IllegalArgumentException(
                    "offsets rise: reader=" + reader + ", offset=" + offset + ", next=" + taken);
        }
        taken = offset + 1;
    }

    /** Records taken since the last commit that wait for one. */
    public int pending() {
        return pending.size();
    }

    /** Whether a commit is due before more is added. */
    public boolean isFull() {
        return pending.size() >= FULL;
    }

    /** Offset before which everything is stored. */
    public long storedUpTo() {
        return stored;
    }

    /** Stores what was taken. */
    public Result commit() throws SQLException {
        if (!usable) {
            throw new IllegalStateException(
                    "before the first commit and after a failed one comes resume: reader=" + reader);
        }
        if (taken == stored) {
            return Result.NOTHING;
        }
        usable = false;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int revisions = storeEpisodes(connection);
                int doubts = storeDoubts(connection);
                storeOffset(connection);
                connection.commit();
                stored = taken;
                pending.clear();
                usable = true;
                return new Result(revisions, doubts);
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            cause.addSuppressed(second);
        }
    }

    private int storeEpisodes(Connection connection) throws SQLException {
        try (PreparedStatement newest = connection.prepareStatement(UPSERT);
                PreparedStatement revision = connection.prepareStatement(INSERT_REVISION)) {
            boolean any = false;
            for (Pending one : pending) {
                Episode episode = one.episode();
                if (episode != null) {
                    fill(newest, episode, one.offset());
                    newest.addBatch();
                    fillRevision(revision, episode);
                    revision.addBatch();
                    any = true;
                }
            }
            if (!any) {
                return 0;
            }
            newest.executeBatch();
            return sum(revision.executeBatch());
        }
    }

    private static void fill(PreparedStatement row, Episode episode, long offset) throws SQLException {
        row.setObject(1, episode.id());
        row.setInt(2, episode.vehicleId());
        row.setInt(3, episode.revision());
        row.setString(4, EpisodeJson.word(episode.state()));
        row.setString(5, EpisodeJson.word(episode.rule()));
        row.setString(6, episode.ruleVersion());
        row.setString(7, episode.subject().key());
        row.setInt(8, episode.vehicleId());
        row.setObject(9, episode.driverId(), Types.INTEGER);
        row.setTimestamp(10, new Timestamp(episode.startMillis()));
        row.setTimestamp(11, new Timestamp(episode.endMillis()));
        row.setInt(12, episode.severity().level());
        row.setString(13, EpisodeJson.word(episode.evidence()));
        row.setString(14, episode.endedBy());
        row.setString(15, EpisodeJson.measures(episode));
        row.setString(16, EpisodeJson.facts(episode));
        row.setString(17, EpisodeJson.points(episode));
        row.setLong(18, offset);
    }

    private static void fillRevision(PreparedStatement row, Episode episode) throws SQLException {
        row.setObject(1, episode.id());
        row.setInt(2, episode.revision());
        row.setInt(3, episode.vehicleId());
        row.setString(4, EpisodeJson.word(episode.state()));
        row.setString(5, EpisodeJson.revision(episode));
    }

    private int storeDoubts(Connection connection) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(INSERT_DOUBT)) {
            boolean any = false;
            for (Pending one : pending) {
                DoubtMark doubt = one.doubt();
                if (doubt != null) {
                    row.setInt(1, doubt.vehicleId());
                    row.setInt(2, doubt.vehicleId());
                    row.setTimestamp(3, new Timestamp(doubt.deviceMillis()));
                    row.setLong(4, doubt.hash());
                    row.setString(5, EpisodeJson.word(doubt.reason()));
                    row.addBatch();
                    any = true;
                }
            }
            return any ? sum(row.executeBatch()) : 0;
        }
    }

    private void storeOffset(Connection connection) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into hw.reader_offset (reader, partition, next_offset, resume_offset) values (?, ?, ?, ?)
                on conflict (reader, partition) do update
                    set next_offset = excluded.next_offset, resume_offset = excluded.resume_offset""")) {
            upsert.setString(1, reader);
            upsert.setInt(2, PARTITION);
            upsert.setLong(3, taken);
            upsert.setLong(4, taken);
            upsert.executeUpdate();
        }
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += Math.max(0, count);
        }
        return sum;
    }
}
