package io.haulwatch.analytics.feed;

import io.haulwatch.analytics.stream.EpisodeStream;
import io.haulwatch.analytics.stream.Said;
import io.haulwatch.log.ReportLog;
import io.haulwatch.store.episode.EpisodeWriter;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the rules said on its way into the database. */
final class EpisodeTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(EpisodeTarget.class);

    private final ReportLog log;
    private final String reader;
    private final EpisodeWriter writer;
    private ReportLog.@Nullable Cursor cursor;
    private volatile long next;

    EpisodeTarget(ReportLog log, String reader, EpisodeWriter writer) {
        this.log = log;
        this.reader = reader;
        this.writer = writer;
        this.next = Math.max(log.start(ReportLog.EPISODES), log.committed(reader, ReportLog.EPISODES));
    }

    @Override
    public String reader() {
        return reader;
    }

    @Override
    public void resume() throws SQLException {
        long offset = writer.resume();
        close();
        log.raiseEnd(ReportLog.EPISODES, offset);
        if (offset < log.start(ReportLog.EPISODES)) {
            if (offset > 0) {
                LOG.error(
                        "the episode stream begins behind what the database has: start={} offset={}",
                        log.start(ReportLog.EPISODES),
                        offset);
            }
            offset = log.start(ReportLog.EPISODES);
        }
        cursor = log.read(ReportLog.EPISODES, offset);
        next = offset;
        log.commit(reader, ReportLog.EPISODES, offset);
    }

    @Override
    public int read() throws IOException {
        ReportLog.Cursor open = cursor;
        int read = 0;
        while (open != null && !writer.isFull() && open.next()) {
            long offset = open.offset();
            Said record = EpisodeStream.decode(open).orElse(null);
            if (record instanceof Said.OfEpisode said) {
                writer.add(offset, said.episode());
            } else if (record instanceof Said.OfDoubt said) {
                writer.add(offset, said.mark());
            } else {
                writer.skip(offset);
            }
            next = offset + 1;
            read++;
        }
        return read;
    }

    @Override
    public boolean full() {
        return writer.isFull();
    }

    @Override
    public void commit() throws SQLException {
        writer.commit();
        log.commit(reader, ReportLog.EPISODES, writer.storedUpTo());
    }

    @Override
    public void flush() throws SQLException {
        commit();
    }

    @Override
    public long lagRecords() {
        return Math.max(0, log.end(ReportLog.EPISODES) - next);
    }

    @Override
    public void close() {
        ReportLog.Cursor open = cursor;
        if (open != null) {
            open.close();
            cursor = null;
        }
    }
}
