package io.haulwatch.store.position;

import io.haulwatch.model.report.FixChecks;
import io.haulwatch.model.report.FixChecks.TimeFault;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.TallyRecord;
import io.haulwatch.store.track.HourMarks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Stores positions from the log, each exactly once, in transactions that also hold the reader's offset.
 *
 * <p>Use: {@link #resume} tells where to read a partition from; {@link #add} and {@link #skip} take records in order; {@link #commit}
 * stores what was taken. After an exception of {@code commit} nothing counts: call {@link #resume} again and read from there.
 *
 * <p>Rows ahead of all that is known of their vehicle are binary COPY straight into the table. Those behind, and all if a key collides
 * all the same, go through a temporary table and {@code ON CONFLICT DO NOTHING}. Any other refusal splits the batch until the bad record
 * stands alone in quarantine.
 *
 * <p>Highest keys and daily sums are written once a minute, not with each batch; the offset of that moment is the one to resume at.
 * What lies between it and the last stored row is read again at a start and only added up, so the sums come out the same.
 *
 * <p>One thread; only one writer may work on a database at a time.
 */
public final class PositionWriter {
    /** Finished days that wait for a flush; more than this bring the flush forward. */
    private static final int MOST_WAITING_DAYS = 100_000;

    /**
     * What a commit did.
     *
     * @param stored rows really inserted, the late ones among them
     * @param duplicates records whose key was there already
     * @param late rows inserted behind their vehicle's highest stored key
     * @param quarantined records put into quarantine
     */
    public record Result(int stored, int duplicates, int late, int quarantined) {
        /** Nothing was done. */
        public static final Result NOTHING = new Result(0, 0, 0, 0);
    }

    private final DataSource database;
    private final WriterOptions options;
    private final LongSupplier nanoClock;
    private final long retentionMillis;

    /** Ahead of all that is known of their vehicle. */
    private final CopyRows newRows;
    /** Behind: late or repeated, which only the database can tell. */
    private final CopyRows doubtfulRows;

    private final BatchRows rows;
    private final List<Quarantined> quarantine = new ArrayList<>();
    private final PositionDays days = new PositionDays();
    private final ReaderOffsets offsets;
    private VehicleFigures figures;
    private Books books = new Books();
    private long flushedNanos;
    private boolean flushNow;
    private boolean usable = true;

    /**
     * @param database pool of the writer's role
     * @param nanoClock for the rhythm of {@link WriterOptions#figuresEvery} alone
     */
    public PositionWriter(DataSource database, WriterOptions options, LongSupplier nanoClock) {
        this.database = database;
        this.options = options;
        this.nanoClock = nanoClock;
        this.retentionMillis = options.retention().toMillis();
        this.newRows = new CopyRows(options.maxRows());
        this.doubtfulRows = new CopyRows(16);
        this.rows = new BatchRows(options.maxRows());
        this.offsets = new ReaderOffsets(options.reader());
        this.figures = noFigures();
        this.flushedNanos = nanoClock.getAsLong();
    }

    private VehicleFigures noFigures() {
        return new VehicleFigures(TimeUnit.SECONDS.toMillis(options.localDay().getTotalSeconds()));
    }

    /**
     * Forgets what was taken and not committed, reads the partitions' offsets and says where to read from. The log must never give an
     * offset below {@link #storedUpTo} to a new record: it would be taken for a stored one.
     *
     * @param partitions all partitions that this writer is given
     * @return offsets by partition, in the order of the argument; 0 for one never seen
     */
    public long[] resume(int... partitions) throws SQLException {
        forget();
        try (Connection connection = database.getConnection()) {
            offsets.load(connection, partitions);
        }
        usable = true;
        long[] from = new long[partitions.length];
        for (int i = 0; i < partitions.length; i++) {
            from[i] = offsets.resumeAt(partitions[i]);
        }
        return from;
    }

    private void forget() {
        newRows.clear();
        doubtfulRows.clear();
        rows.clear();
        quarantine.clear();
        days.forget();
        offsets.forget();
        figures = noFigures();
        books = new Books();
        flushedNanos = nanoClock.getAsLong();
        flushNow = false;
    }

    /** Takes a position; its buffer is not kept. Offsets of a partition rise. */
    public void add(int partition, long offset, PositionRecord record) {
        boolean known = offsets.take(partition, offset);
        TimeFault fault = FixChecks.timeFault(record.deviceMillis(), record.receivedMillis(), retentionMillis);
        if (fault != TimeFault.NONE) {
            if (!known) {
                quarantine.add(Quarantined.of(record, "time_" + fault.name().toLowerCase(Locale.ROOT), detail(record)));
            }
            return;
        }
        boolean ahead = figures.takeInOrder(figures.slot(record.vehicleId()), record.deviceMillis(), record.hash());
        if (known) {
            rows.add(record, BatchRows.KNOWN);
            return;
        }
        days.note(record.deviceMillis());
        (ahead ? newRows : doubtfulRows).add(record, rows.count);
        rows.add(record, BatchRows.INSERTED);
    }

    private static String detail(PositionRecord record) {
        return "deviceMillis=" + record.deviceMillis() + ", receivedMillis=" + record.receivedMillis();
    }

    /** Takes what the gateway counted of frames that did not become positions. */
    public void tally(int partition, long offset, TallyRecord tally) {
        if (!offsets.take(partition, offset)) {
            books.tally(tally);
        }
    }

    /** Passes over a record of another type. */
    public void skip(int partition, long offset) {
        offsets.take(partition, offset);
    }

    /** Records taken since the last commit that wait for one. */
    public int pending() {
        return rows.count + quarantine.size();
    }

    /** Whether a commit is due before more is added. */
    public boolean isFull() {
        return pending() >= options.maxRows() || newRows.bytes() + doubtfulRows.bytes() >= options.maxBytes();
    }

    /** Offset before which this writer needs nothing of the log any more; only rises with a flush. */
    public long resumeAt(int partition) {
        return offsets.resumeAt(partition);
    }

    /** Offset before which all records of the partition are stored. */
    public long storedUpTo(int partition) {
        return offsets.storedUpTo(partition);
    }

    /** Stores what was taken; writes figures when they are due. */
    public Result commit() throws SQLException {
        return commit(
                nanoClock.getAsLong() - flushedNanos >= options.figuresEvery().toNanos());
    }

    /** Stores what was taken and all figures, before a stop for example. */
    public Result flush() throws SQLException {
        return commit(true);
    }

    private Result commit(boolean figuresDue) throws SQLException {
        if (!usable) {
            throw new IllegalStateException("after a failed commit comes resume: reader=" + options.reader());
        }
        boolean nothingTaken = pending() == 0 && !offsets.moved();
        if (nothingTaken && !(figuresDue && offsets.hasUnflushed())) {
            return Result.NOTHING;
        }
        usable = false;
        try (Connection connection = database.getConnection()) {
            try {
                Result result = store(connection, figuresDue);
                usable = true;
                return result;
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

    private Result store(Connection connection, boolean figuresDue) throws SQLException {
        connection.setAutoCommit(false);
        days.ensure(connection);
        int impossible = quarantine.size();
        FigureTables tables = new FigureTables(connection);
        tables.load(figures);
        boolean refusedNew = new RowsInsert(connection, newRows, rows, quarantine).insertNew();
        boolean refusedDoubtful = new RowsInsert(connection, doubtfulRows, rows, quarantine).insertMissing();
        if (refusedNew || refusedDoubtful) {
            // In a later life the refused record would be taken for a stored one; figures written now leave nothing to
            // be told again.
            flushNow = true;
        }
        int quarantined = storeQuarantine(connection, impossible);
        Result result = reckon(quarantined);
        tables.addCounts(figures);
        markHours(connection);
        boolean flush = figuresDue || flushNow || figures.finishedDays.size() > MOST_WAITING_DAYS;
        if (flush) {
            tables.flush(figures);
        }
        books.store(connection, flush);
        offsets.store(connection, flush);
        connection.commit();

        offsets.stored(flush);
        figures.clearTouched();
        if (flush) {
            figures.clearDirty();
            flushedNanos = nanoClock.getAsLong();
            flushNow = false;
        }
        rows.clear();
        newRows.clear();
        doubtfulRows.clear();
        quarantine.clear();
        return result;
    }

    private void markHours(Connection connection) throws SQLException {
        if (rows.count == 0) {
            return;
        }
        HourMarks marks = new HourMarks(connection);
        for (int row = 0; row < rows.count; row++) {
            if (rows.outcomes[row] == BatchRows.INSERTED) {
                marks.stored(rows.vehicles[row], rows.deviceMillis[row]);
            }
        }
        marks.write();
    }

    /** @param impossible the first of them, which never were rows */
    private int storeQuarantine(Connection connection, int impossible) throws SQLException {
        if (quarantine.isEmpty()) {
            return 0;
        }
        boolean[] inserted = Quarantined.store(connection, quarantine);
        int count = 0;
        for (int i = 0; i < inserted.length; i++) {
            Quarantined one = quarantine.get(i);
            int slot = figures.slot(one.vehicleId());
            if (i < impossible) {
                books.received(one.vehicleId(), one.receivedMillis());
            }
            if (inserted[i]) {
                figures.quarantined(slot);
                books.quarantined(one.vehicleId(), one.receivedMillis());
                count++;
            } else {
                figures.duplicate(slot);
                books.duplicate(one.vehicleId(), one.receivedMillis());
            }
        }
        return count;
    }

    /** Tells live, late and repeated apart, in log order. */
    private Result reckon(int quarantined) {
        int stored = 0;
        int late = 0;
        int duplicates = quarantine.size() - quarantined;
        for (int row = 0; row < rows.count; row++) {
            byte outcome = rows.outcomes[row];
            int slot = figures.slot(rows.vehicles[row]);
            boolean behind = figures.isBehind(slot, rows.deviceMillis[row], rows.hashes[row]);
            boolean kept = outcome == BatchRows.INSERTED || outcome == BatchRows.KNOWN;
            if (kept && !behind) {
                figures.advance(slot, rows, row);
                books.inOrder(slot, rows.vehicles[row], rows.receivedMillis[row]);
            } else if (outcome != BatchRows.KNOWN) {
                books.received(rows.vehicles[row], rows.receivedMillis[row]);
            }
            if (outcome == BatchRows.DUPLICATE) {
                figures.duplicate(slot);
                books.duplicate(rows.vehicles[row], rows.receivedMillis[row]);
                duplicates++;
            } else if (outcome == BatchRows.INSERTED) {
                stored++;
                if (behind) {
                    late++;
                    figures.late(slot);
                    books.stored(rows.vehicles[row], rows.receivedMillis[row]);
                }
            }
        }
        return new Result(stored, duplicates, late, quarantined);
    }
}
