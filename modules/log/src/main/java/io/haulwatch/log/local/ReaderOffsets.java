package io.haulwatch.log.local;

import io.haulwatch.log.ReportLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * How far each reader has come. Kept in memory and written without sync a few times a second: after a crash a reader may fall back a
 * little.
 */
final class ReaderOffsets {
    private static final String PREFIX = "reader/";

    private final int slots;
    private final ConcurrentHashMap<String, AtomicLongArray> readers = new ConcurrentHashMap<>();
    private final AtomicBoolean dirty = new AtomicBoolean();

    ReaderOffsets(int slots) {
        this.slots = slots;
    }

    void load(RocksStore store) throws IOException {
        byte[] prefix = RocksStore.name(PREFIX);
        try (RocksIterator iterator = store.db.newIterator(store.meta)) {
            for (iterator.seek(prefix); iterator.isValid(); iterator.next()) {
                String key = new String(iterator.key(), StandardCharsets.UTF_8);
                if (!key.startsWith(PREFIX)) {
                    break;
                }
                int slash = key.lastIndexOf('/');
                int partition = Integer.parseInt(key.substring(slash + 1));
                of(key.substring(PREFIX.length(), slash))
                        .set(partition < 0 ? slots - 1 : partition, Block.offset(iterator.value()));
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw new IOException("the readers' offsets cannot be read: " + e.getMessage(), e);
        }
    }

    void set(String reader, int slot, long nextOffset) {
        if (reader.isEmpty() || reader.length() > 100 || nextOffset < 0) {
            throw new IllegalArgumentException("no such offset: reader=" + reader + " nextOffset=" + nextOffset);
        }
        of(reader).set(slot, nextOffset);
        dirty.set(true);
    }

    long get(String reader, int slot) {
        AtomicLongArray offsets = readers.get(reader);
        return offsets == null ? -1 : offsets.get(slot);
    }

    /** The least of all readers' offsets in {@code slot}, or -1 if none reads it. */
    long least(int slot) {
        long least = -1;
        for (AtomicLongArray offsets : readers.values()) {
            long offset = offsets.get(slot);
            if (offset >= 0 && (least < 0 || offset < least)) {
                least = offset;
            }
        }
        return least;
    }

    long greatest(int slot) {
        long greatest = -1;
        for (AtomicLongArray offsets : readers.values()) {
            greatest = Math.max(greatest, offsets.get(slot));
        }
        return greatest;
    }

    /** Writes what has changed; when it returns, everything set before the call is written. */
    synchronized void save(RocksStore store) throws RocksDBException {
        if (!dirty.getAndSet(false)) {
            return;
        }
        try {
            for (var entry : readers.entrySet()) {
                for (int slot = 0; slot < slots; slot++) {
                    long offset = entry.getValue().get(slot);
                    if (offset >= 0) {
                        store.db.put(store.meta, store.unsynced, key(entry.getKey(), slot), Block.key(offset));
                    }
                }
            }
        } catch (RocksDBException e) {
            dirty.set(true);
            throw e;
        }
    }

    private AtomicLongArray of(String reader) {
        return readers.computeIfAbsent(reader, name -> {
            AtomicLongArray offsets = new AtomicLongArray(slots);
            for (int i = 0; i < slots; i++) {
                offsets.set(i, -1);
            }
            return offsets;
        });
    }

    private byte[] key(String reader, int slot) {
        return RocksStore.name(PREFIX + reader + "/" + (slot == slots - 1 ? ReportLog.EPISODES : slot));
    }
}
