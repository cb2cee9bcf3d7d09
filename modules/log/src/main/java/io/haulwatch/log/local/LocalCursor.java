package io.haulwatch.log.local;

import io.haulwatch.log.ReportLog;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one partition block by block into a buffer of its own. At the end of the log it fetches single blocks by key, which holds
 * nothing of the store; further behind it scans with read-ahead, and gives the scan up every few megabytes, because an open iterator
 * keeps purged files on the disk.
 *
 * <p>{@link #iterator} is touched only inside {@link LocalLog}'s use of the store, so the log can close it when it reopens the files.
 */
final class LocalCursor implements ReportLog.Cursor {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCursor.class);

    /** Nearer to the end than this, single fetches are cheaper than a scan, records. */
    private static final long NEAR = 4096;

    private final LocalLog log;
    private final int slot;
    private final ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES);
    private ByteBuffer block = ByteBuffer.allocateDirect(64 * 1024);

    /** Offset of the record after the current one. */
    private long nextOffset;
    /** Records of the block behind the current one. */
    private int left;

    private int position;
    private int length;
    private boolean onRecord;
    private boolean closed;

    /** True when a block is known to begin at nextOffset. */
    private boolean aligned;

    private volatile @Nullable RocksIterator iterator;
    private long scannedBytes;

    LocalCursor(LocalLog log, int slot, long offset) {
        this.log = log;
        this.slot = slot;
        this.nextOffset = offset;
    }

    @Override
    public boolean next() {
        if (left == 0) {
            if (closed) {
                throw new IllegalStateException("cursor is closed");
            }
            onRecord = false;
            if (!log.load(this)) {
                return false;
            }
        } else {
            position += length;
        }
        length = block.getInt(position);
        position += Block.LENGTH_BYTES;
        left--;
        nextOffset++;
        onRecord = true;
        return true;
    }

    @Override
    public long offset() {
        if (!onRecord) {
            throw new IllegalStateException("not on a record");
        }
        return nextOffset - 1;
    }

    @Override
    public ByteBuffer buffer() {
        return block;
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int following(int[] into) {
        int count = Math.min(left, into.length);
        int at = position + length;
        for (int i = 0; i < count; i++) {
            into[i] = at + Block.LENGTH_BYTES;
            at = into[i] + block.getInt(at);
        }
        return count;
    }

    @Override
    public void close() {
        closed = true;
        left = 0;
        onRecord = false;
        log.release(this);
    }

    int slot() {
        return slot;
    }

    /** Ends the scan. Only while the store may be used. */
    void closeIterator() {
        RocksIterator open = iterator;
        if (open != null) {
            iterator = null;
            open.close();
        }
    }

    /**
     * Loads the block that holds the next record. Only while the store may be used.
     *
     * @param start lowest offset kept
     * @param end offset after the last durable record; read before this call, so everything below it can be found
     */
    boolean load(RocksStore store, long start, long end) {
        if (nextOffset < start) {
            LOG.warn(
                    "a reader goes on behind purged records: partition={} wanted={} start={}",
                    log.partition(slot),
                    nextOffset,
                    start);
            nextOffset = start;
            aligned = false;
            closeIterator();
        }
        if (nextOffset >= end) {
            closeIterator();
            return false;
        }
        try {
            if (iterator == null && aligned && end - nextOffset <= NEAR && fetch(store)) {
                return enter(nextOffset);
            }
            return scan(store, end);
        } catch (RocksDBException e) {
            closeIterator();
            throw new UncheckedIOException(RocksStore.translate(log.directory(), e));
        }
    }

    private boolean fetch(RocksStore store) throws RocksDBException {
        while (true) {
            key.clear();
            key.putLong(0, nextOffset);
            block.clear();
            int size = store.db.get(store.slots[slot], store.getOptions, key, block);
            if (size == RocksDB.NOT_FOUND) {
                return false;
            }
            if (size <= block.capacity()) {
                block.clear().limit(size);
                return true;
            }
            grow(size);
        }
    }

    private boolean scan(RocksStore store, long end) throws RocksDBException {
        RocksIterator scan = iterator;
        boolean fresh = scan == null;
        if (scan == null) {
            scan = store.db.newIterator(store.slots[slot], store.scanOptions);
            iterator = scan;
            scannedBytes = 0;
            log.scans(this);
            scan.seekForPrev(Block.key(nextOffset));
            if (!scan.isValid()) {
                scan.status();
                scan.seekToFirst();
            }
        } else {
            scan.next();
        }
        for (; scan.isValid(); scan.next()) {
            key.clear();
            scan.key(key);
            long first = key.getLong(0);
            if (first >= end) {
                break;
            }
            int size = copyValue(scan);
            if (!Block.isReadable(block, size)) {
                closeIterator();
                throw new UncheckedIOException(new DamagedLogException(
                        log.directory(),
                        "unknown block: partition=" + log.partition(slot) + " offset=" + first + " bytes=" + size));
            }
            if (first + Block.count(block) > nextOffset) {
                scannedBytes += size;
                if (scannedBytes > store.sizes.scanBytes()) {
                    closeIterator();
                }
                return enter(first);
            }
        }
        scan.status();
        closeIterator();
        aligned = false;
        if (fresh) {
            // Offsets that were skipped when records were lost: nothing lies between here and the end.
            nextOffset = end;
            return false;
        }
        // The scan saw the log as it was when it began.
        return scan(store, end);
    }

    private int copyValue(RocksIterator scan) {
        block.clear();
        int size = scan.value(block);
        if (size > block.capacity()) {
            grow(size);
            scan.value(block);
        }
        block.clear().limit(size);
        return size;
    }

    private void grow(int size) {
        block = ByteBuffer.allocateDirect(Math.max(size, block.capacity() * 2));
    }

    /** Places the cursor before the record {@code nextOffset}, or the block's first if that is higher. */
    private boolean enter(long first) {
        int count = Block.count(block);
        position = Block.HEADER;
        length = 0;
        long skip = Math.max(0, nextOffset - first);
        for (long i = 0; i < skip; i++) {
            position += Block.LENGTH_BYTES + block.getInt(position);
        }
        nextOffset = first + skip;
        left = (int) (count - skip);
        aligned = true;
        return true;
    }
}
