package io.haulwatch.log.local;

import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Finds how far a partition may be purged. */
final class PurgeBound {
    private PurgeBound() {}

    /**
     * First offset of the first block to keep: the block that holds {@code bound}, or an earlier one that is not older than the limit. The
     * last block is always kept, it tells the end of the log.
     *
     * @param start lowest offset kept now
     * @param bound what all readers have passed, at most the end of the log
     * @param olderThan time of a block from which it is kept, milliseconds UTC
     * @return {@code start} or lower if nothing is to be purged
     */
    static long firstToKeep(RocksStore store, int slot, long start, long bound, long olderThan)
            throws RocksDBException {
        try (RocksIterator iterator = store.db.newIterator(store.slots[slot], store.getOptions)) {
            if (!seek(iterator, bound)) {
                return start;
            }
            // Blocks lie in order of time, so the first that is young enough is found by halving.
            long low = start;
            long high = bound;
            while (low < high && millis(iterator) >= olderThan) {
                long middle = low + (high - low) / 2;
                if (seek(iterator, middle) && millis(iterator) >= olderThan) {
                    high = middle;
                } else {
                    low = middle + 1;
                    seek(iterator, high);
                }
            }
            seek(iterator, high);
            return Block.offset(iterator.key());
        }
    }

    /** Goes to the block that holds {@code offset}, or the last one before it; false if there is none. */
    private static boolean seek(RocksIterator iterator, long offset) throws RocksDBException {
        iterator.seekForPrev(Block.key(offset));
        if (!iterator.isValid()) {
            iterator.status();
            return false;
        }
        return true;
    }

    private static long millis(RocksIterator iterator) {
        return Block.millis(ByteBuffer.wrap(iterator.value()));
    }
}
