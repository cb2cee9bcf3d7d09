package io.haulwatch.log.local;

import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.LogUnavailableException;
import io.haulwatch.log.ReportLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report log on the local disk. A group becomes one synced write over all its partitions; see {@link Block} for what is stored.
 *
 * <p>Appends are refused while the disk has less than the watermark, and after an I/O error until a write succeeds again; a thread of
 * the log's own looks every 100 ms, so it resumes by itself. When an error stays, the files are closed and opened again within the process;
 * cursors survive that. Purging and reading go on meanwhile.
 *
 * <p>The JVM needs {@code --enable-native-access=ALL-UNNAMED}.
 */
public final class LocalLog implements ReportLog {
    private static final Logger LOG = LoggerFactory.getLogger(LocalLog.class);

    private final LocalLogOptions options;
    private final LogFolder folder;
    private final RocksStore.Sizes sizes;
    private final int partitions;
    private final WriteGate gate;
    private final AppendSignal signal = new AppendSignal();
    private final ReaderOffsets readers;
    private final EndMarks marks;
    private final AtomicLongArray starts;
    private final AtomicLongArray ends;
    private final Set<LocalCursor> scanning = ConcurrentHashMap.newKeySet();

    /** Held for reading by whoever uses the store, for writing by whoever replaces it. */
    private final ReentrantReadWriteLock storeLock = new ReentrantReadWriteLock();

    private @Nullable RocksStore store;
    private volatile boolean closed;

    private final ReentrantLock purging = new ReentrantLock();
    private final AppendLane reports;
    private final AppendLane episodes;

    private final Thread keeper;

    private LocalLog(LocalLogOptions options, LogFolder folder, RocksStore store, RocksStore.Sizes sizes)
            throws IOException {
        this.options = options;
        this.folder = folder;
        this.sizes = sizes;
        this.store = store;
        partitions = options.partitions();
        int slots = partitions + 1;
        starts = new AtomicLongArray(slots);
        ends = new AtomicLongArray(slots);
        readers = new ReaderOffsets(slots);
        marks = new EndMarks(options.directory());
        gate = new WriteGate(options);
        reports = new AppendLane();
        episodes = new AppendLane();
        readers.load(store);
        findEnds(store);
        gate.checkSpace();
        keeper = Thread.ofPlatform().daemon().name("log-keeper").unstarted(new Keeper(this, options.reopenAfter()));
    }

    /**
     * Opens the log, making it if the folder is empty.
     *
     * @throws LogInUseException if another process has it open
     * @throws DamagedLogException if its files do not check; nothing was changed then
     * @throws IOException if the disk cannot be used
     */
    public static LocalLog open(LocalLogOptions options) throws IOException {
        return open(options, RocksStore.Sizes.NORMAL);
    }

    static LocalLog open(LocalLogOptions options, RocksStore.Sizes sizes) throws IOException {
        LogFolder folder = LogFolder.lock(options);
        RocksStore store = null;
        try {
            RocksStore.loadLibrary(folder.nativeLibrary());
            store = RocksStore.open(folder.database(), options.partitions(), RocksStore.Recovery.REFUSE_DAMAGE, sizes);
            LocalLog log = new LocalLog(options, folder, store, sizes);
            log.keeper.start();
            return log;
        } catch (IOException | RuntimeException e) {
            if (store != null) {
                store.close();
            }
            folder.close();
            throw e;
        }
    }

    /**
     * After {@link DamagedLogException}: builds the log anew from what can be read. The damaged files stay beside it; needs as much free
     * space as the log takes. The log must not be open.
     *
     * @return what is missing; offsets are never handed out again, so readers see a gap there
     * @throws DamagedLogException if not even a part can be opened
     */
    public static SalvageReport salvage(LocalLogOptions options) throws IOException {
        LogFolder folder = LogFolder.lock(options);
        try {
            RocksStore.loadLibrary(folder.nativeLibrary());
            return Salvage.run(folder, options);
        } finally {
            folder.close();
        }
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public AppendGroup newGroup() {
        return new LocalGroup(partitions + 1);
    }

    @Override
    public void append(AppendGroup group) throws LogUnavailableException {
        if (!(group instanceof LocalGroup local)) {
            throw new IllegalArgumentException("group of another log: " + group.getClass());
        }
        if (local.records() == 0) {
            return;
        }
        boolean withEpisodes = local.count(partitions) > 0;
        boolean withReports = local.records() > local.count(partitions);
        // Always in this order, so that a group with both cannot meet another one half-way.
        if (withReports) {
            reports.lock.lock();
        }
        try {
            if (withEpisodes) {
                episodes.lock.lock();
            }
            try {
                write(withReports ? reports : episodes, local);
            } finally {
                if (withEpisodes) {
                    episodes.lock.unlock();
                }
            }
        } finally {
            if (withReports) {
                reports.lock.unlock();
            }
        }
        signal.appended();
    }

    private void write(AppendLane lane, LocalGroup group) throws LogUnavailableException {
        Availability state = gate.state();
        if (!state.accepting()) {
            throw new LogUnavailableException(state.reason());
        }
        long millis = options.clock().millis();
        Lock use = storeLock.readLock();
        use.lock();
        try {
            RocksStore current = current();
            lane.batch.clear();
            for (int slot = 0; slot <= partitions; slot++) {
                if (group.count(slot) > 0) {
                    lane.key.clear().putLong(0, ends.get(slot));
                    lane.batch.put(current.slots[slot], lane.key, group.block(slot, millis));
                }
            }
            lane.write(current);
            // Before the store may be replaced: reopening compares the ends with what it finds.
            for (int slot = 0; slot <= partitions; slot++) {
                if (group.count(slot) > 0) {
                    ends.set(slot, ends.get(slot) + group.count(slot));
                }
            }
        } catch (RocksDBException e) {
            String why = "a write failed in " + options.directory() + ": " + e.getMessage()
                    + "; nothing of it counts, it resumes by itself when a write succeeds";
            gate.failed(why);
            throw new LogUnavailableException(why, e);
        } finally {
            use.unlock();
        }
    }

    @Override
    public long end(int partition) {
        return ends.get(slot(partition));
    }

    @Override
    public long start(int partition) {
        return starts.get(slot(partition));
    }

    @Override
    public Cursor read(int partition, long offset) {
        int slot = slot(partition);
        return new LocalCursor(this, slot, Math.max(offset, starts.get(slot)));
    }

    @Override
    public void commit(String reader, int partition, long nextOffset) {
        readers.set(reader, slot(partition), nextOffset);
    }

    @Override
    public long committed(String reader, int partition) {
        return readers.get(reader, slot(partition));
    }

    /**
     * A copy of the log as of now in another folder, which can be opened like this one; appends and readers go on meanwhile. On the same
     * file system it is made of links and costs next to nothing.
     *
     * @param target an empty folder, or one that is not there yet
     * @throws IOException if the log or the target cannot be used
     */
    public void copyTo(Path target) throws IOException {
        folder.copyFormat(target);
        Lock use = storeLock.readLock();
        use.lock();
        try {
            current().copyTo(target.resolve("db"));
        } catch (LogUnavailableException e) {
            throw new IOException("the log cannot be copied: " + e.getMessage(), e);
        } finally {
            use.unlock();
        }
    }

    /** Never hands out an offset below {@code offset} again. Loud: it means that records are missing. Call it before appending. */
    @Override
    public void raiseEnd(int partition, long offset) {
        int slot = slot(partition);
        AppendLane lane = partition == EPISODES ? episodes : reports;
        lane.lock.lock();
        try {
            long end = ends.get(slot);
            if (offset <= end) {
                return;
            }
            LOG.error(
                    "records are missing at the end of the log, going on behind them: partition={} end={} expected={} missing={}",
                    partition,
                    end,
                    offset,
                    offset - end);
            Lock use = storeLock.readLock();
            use.lock();
            try {
                RocksStore current = current();
                current.putNumber(current.synced, "raised/" + partition, offset);
            } finally {
                use.unlock();
            }
            ends.set(slot, offset);
        } catch (RocksDBException | LogUnavailableException e) {
            throw new UncheckedIOException(new IOException("end not raised: partition=" + partition, e));
        } finally {
            lane.lock.unlock();
        }
    }

    @Override
    public void purge() {
        // One at a time, or an earlier answer could put a start back.
        purging.lock();
        try {
            purgeAll();
        } finally {
            purging.unlock();
        }
    }

    private void purgeAll() {
        long olderThan = options.clock().millis() - options.maxAge().toMillis();
        for (int slot = 0; slot <= partitions; slot++) {
            Lock use = storeLock.readLock();
            use.lock();
            try {
                RocksStore current = store;
                if (current != null && !closed) {
                    purge(current, slot, olderThan);
                }
            } catch (RocksDBException e) {
                // Tried again at the next purge; the disk filling up shows at the watermark.
                LOG.warn("purge failed: partition={} cause={}", partition(slot), e.getMessage());
            } finally {
                use.unlock();
            }
        }
    }

    private void purge(RocksStore current, int slot, long olderThan) throws RocksDBException {
        long bound = Math.min(readers.least(slot), ends.get(slot));
        if (bound <= starts.get(slot)) {
            return;
        }
        long first = PurgeBound.firstToKeep(current, slot, starts.get(slot), bound, olderThan);
        if (first <= starts.get(slot)) {
            return;
        }
        try {
            // The readers' offsets must not fall back behind what is deleted; the synced write makes them durable too.
            readers.save(current);
            current.putNumber(current.synced, "start/" + partition(slot), first);
        } catch (RocksDBException e) {
            if (gate.state().accepting()) {
                throw e;
            }
            // While the disk is full the files must go all the same; the next open tells the start by the first key.
            LOG.debug("start not stored: partition={} start={}", partition(slot), first, e);
        }
        starts.set(slot, first);
        current.db.deleteFilesInRanges(current.slots[slot], List.of(Block.key(0), Block.key(first)), false);
    }

    @Override
    public Availability availability() {
        return gate.state();
    }

    @Override
    public long appends() {
        return signal.count();
    }

    @Override
    public boolean awaitAppend(long timeoutMillis) throws InterruptedException {
        return signal.await(signal.count(), timeoutMillis);
    }

    @Override
    public boolean awaitAppend(long seen, long timeoutMillis) throws InterruptedException {
        return signal.await(seen, timeoutMillis);
    }

    @Override
    public void close() throws IOException {
        Lock replace = storeLock.writeLock();
        replace.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            RocksStore current = store;
            if (current != null) {
                saveOffsets(current);
                writeMarks();
            }
            closeStore();
            reports.close();
            episodes.close();
        } finally {
            replace.unlock();
        }
        keeper.interrupt();
        boolean interrupted = false;
        try {
            keeper.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        folder.close();
        // A reader that sleeps looks at the log again and learns that it is closed.
        signal.appended();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // For cursors.

    Path directory() {
        return options.directory();
    }

    int partition(int slot) {
        return slot == partitions ? EPISODES : slot;
    }

    boolean load(LocalCursor cursor) {
        long end = ends.get(cursor.slot());
        Lock use = storeLock.readLock();
        use.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the log is closed");
            }
            RocksStore current = store;
            // Without a store the files are being opened again: the end of the log as of now.
            return current != null && cursor.load(current, starts.get(cursor.slot()), end);
        } finally {
            use.unlock();
        }
    }

    void scans(LocalCursor cursor) {
        scanning.add(cursor);
    }

    void release(LocalCursor cursor) {
        Lock use = storeLock.readLock();
        use.lock();
        try {
            cursor.closeIterator();
            scanning.remove(cursor);
        } finally {
            use.unlock();
        }
    }

    // For the keeper.

    WriteGate gate() {
        return gate;
    }

    boolean isClosed() {
        return closed;
    }

    /** A small synced write: nobody may be appending while the log refuses. */
    void probe() {
        Lock use = storeLock.readLock();
        use.lock();
        try {
            RocksStore current = store;
            if (current != null && !closed) {
                current.putNumber(current.synced, "probe", options.clock().millis());
                gate.recovered();
            }
        } catch (RocksDBException e) {
            LOG.debug("the log still fails: {}", e.getMessage());
        } finally {
            use.unlock();
        }
    }

    /** Closes the files and opens them again; cursors and everything else go on. */
    void reopen() {
        LOG.warn("opening the log's files again after an error that stayed: directory={}", options.directory());
        Lock replace = storeLock.writeLock();
        try {
            // An append may hang in the storage; then waiting longer helps nobody, the next round tries again.
            if (!replace.tryLock(5, TimeUnit.SECONDS)) {
                LOG.error("the log's files are still in use and cannot be opened again");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (closed) {
                return;
            }
            closeStore();
            RocksStore next = RocksStore.open(folder.database(), partitions, RocksStore.Recovery.REFUSE_DAMAGE, sizes);
            store = next;
            adoptReopened(next);
        } catch (IOException e) {
            gate.failed(String.valueOf(e.getMessage()));
        } finally {
            replace.unlock();
        }
        probe();
    }

    private void adoptReopened(RocksStore next) throws IOException {
        for (int slot = 0; slot <= partitions; slot++) {
            long found = next.endOf(slot);
            long end = ends.get(slot);
            if (found > end) {
                // A group that was refused came back: its offsets are taken, its records will come again and are told
                // apart by readers.
                ends.set(slot, found);
            } else if (found >= 0 && found < end) {
                LOG.error(
                        "records are missing after opening again: partition={} end={} expected={}",
                        partition(slot),
                        found,
                        end);
            }
        }
    }

    private void closeStore() {
        for (LocalCursor cursor : scanning) {
            cursor.closeIterator();
        }
        scanning.clear();
        RocksStore current = store;
        store = null;
        if (current != null) {
            current.close();
        }
    }

    void saveOffsets() {
        Lock use = storeLock.readLock();
        use.lock();
        try {
            RocksStore current = store;
            if (current != null && !closed && !gate.isFailed()) {
                saveOffsets(current);
            }
        } finally {
            use.unlock();
        }
    }

    private void saveOffsets(RocksStore current) {
        try {
            readers.save(current);
        } catch (RocksDBException e) {
            if (!RocksStore.isStall(e)) {
                gate.failed("the readers' offsets cannot be written in " + options.directory() + ": " + e.getMessage());
            }
        }
    }

    /** For tests; otherwise every 100 ms. */
    void checkSpace() {
        gate.checkSpace();
    }

    /** For tests; otherwise written each second. */
    void saveMarks() {
        saveOffsets();
        writeMarks();
    }

    void writeMarks() {
        long[] now = new long[partitions + 1];
        for (int slot = 0; slot < now.length; slot++) {
            now[slot] = ends.get(slot);
        }
        try {
            marks.write(now);
        } catch (IOException e) {
            LOG.debug("end marks not written", e);
        }
    }

    private void findEnds(RocksStore opened) throws IOException {
        long[] marked = marks.read(partitions + 1);
        for (int slot = 0; slot <= partitions; slot++) {
            int partition = partition(slot);
            long start;
            long end;
            try {
                long first = opened.startOf(slot);
                start = Math.max(Math.max(0, first), opened.number("start/" + partition));
                end = Math.max(Math.max(start, opened.endOf(slot)), opened.number("raised/" + partition));
            } catch (RocksDBException e) {
                throw RocksStore.translate(options.directory(), e);
            }
            starts.set(slot, start);
            ends.set(slot, end);
            raiseEnd(partition, Math.max(marked[slot], readers.greatest(slot)));
        }
    }

    private RocksStore current() throws LogUnavailableException {
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
        RocksStore current = store;
        if (current == null) {
            throw new LogUnavailableException("the log's files in " + options.directory() + " are being opened again");
        }
        return current;
    }

    private int slot(int partition) {
        if (partition == EPISODES) {
            return partitions;
        }
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException(
                    "no such partition: partition=" + partition + " partitions=" + partitions);
        }
        return partition;
    }
}
