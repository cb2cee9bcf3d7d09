package io.haulwatch.analytics.feed;

import io.haulwatch.log.ReportLog;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.RecordType;
import io.haulwatch.model.report.TallyRecord;
import io.haulwatch.store.position.PositionWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Positions on their way into the database. */
final class PositionTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(PositionTarget.class);

    private final ReportLog log;
    private final String reader;
    private final PositionWriter writer;
    private final ReportLog.@Nullable Cursor[] cursors;
    private final AtomicLongArray next;
    private final PositionRecord view = new PositionRecord();
    private final Counter stored;
    private final Counter duplicates;
    private final Counter late;
    private final Counter quarantined;
    /** Partition that is read first, so that a busy one does not starve the others. */
    private int turn;

    PositionTarget(ReportLog log, String reader, PositionWriter writer, MeterRegistry meters) {
        this.log = log;
        this.reader = reader;
        this.writer = writer;
        this.cursors = new ReportLog.@Nullable Cursor[log.partitions()];
        this.next = new AtomicLongArray(log.partitions());
        for (int partition = 0; partition < log.partitions(); partition++) {
            next.set(partition, Math.max(log.start(partition), log.committed(reader, partition)));
        }
        stored = counter(meters, "haulwatch.positions.stored", "Rows really inserted");
        duplicates = counter(meters, "haulwatch.positions.duplicate", "Positions that were stored already");
        late = counter(meters, "haulwatch.positions.late", "Rows inserted behind their vehicle's highest key");
        quarantined = counter(meters, "haulwatch.positions.quarantined", "Positions put into quarantine");
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    @Override
    public String reader() {
        return reader;
    }

    @Override
    public void resume() throws SQLException {
        long[] from = writer.resume(IntStream.range(0, log.partitions()).toArray());
        close();
        for (int partition = 0; partition < cursors.length; partition++) {
            long offset = from[partition];
            // Not only from where it resumes: an offset below the last stored row would be taken for stored.
            log.raiseEnd(partition, writer.storedUpTo(partition));
            if (offset < log.start(partition)) {
                if (offset > 0) {
                    LOG.error(
                            "the log begins behind what the database has, records are missing: partition={} start={} offset={}",
                            partition,
                            log.start(partition),
                            offset);
                }
                offset = log.start(partition);
            }
            cursors[partition] = log.read(partition, offset);
            next.set(partition, offset);
            log.commit(reader, partition, offset);
        }
    }

    @Override
    public int read() {
        int read = 0;
        for (int i = 0; i < cursors.length && !writer.isFull(); i++) {
            int partition = (turn + i) % cursors.length;
            ReportLog.Cursor cursor = cursors[partition];
            while (cursor != null && !writer.isFull() && cursor.next()) {
                switch (RecordType.of(cursor.buffer(), cursor.position())) {
                    case RecordType.POSITION ->
                        writer.add(partition, cursor.offset(), view.wrap(cursor.buffer(), cursor.position()));
                    case RecordType.TALLY ->
                        writer.tally(partition, cursor.offset(), TallyRecord.read(cursor.buffer(), cursor.position()));
                    default -> writer.skip(partition, cursor.offset());
                }
                next.lazySet(partition, cursor.offset() + 1);
                read++;
            }
        }
        turn = (turn + 1) % cursors.length;
        return read;
    }

    @Override
    public boolean full() {
        return writer.isFull();
    }

    @Override
    public void commit() throws SQLException {
        done(writer.commit());
    }

    @Override
    public void flush() throws SQLException {
        done(writer.flush());
    }

    private void done(PositionWriter.Result result) {
        stored.increment(result.stored());
        duplicates.increment(result.duplicates());
        late.increment(result.late());
        quarantined.increment(result.quarantined());
        for (int partition = 0; partition < cursors.length; partition++) {
            log.commit(reader, partition, writer.resumeAt(partition));
        }
    }

    @Override
    public long lagRecords() {
        long lag = 0;
        for (int partition = 0; partition < next.length(); partition++) {
            lag += Math.max(0, log.end(partition) - next.get(partition));
        }
        return lag;
    }

    @Override
    public void close() {
        for (int partition = 0; partition < cursors.length; partition++) {
            ReportLog.Cursor cursor = cursors[partition];
            if (cursor != null) {
                cursor.close();
                cursors[partition] = null;
            }
        }
    }
}
