package io.haulwatch.log.local;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What one appending thread needs, reports or episodes. The lock keeps a second thread from using the same offsets. */
final class AppendLane implements AutoCloseable {
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long STALL_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    final ReentrantLock lock = new ReentrantLock();
    final WriteBatch batch = new WriteBatch();
    final ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES);

    /**
     * Writes the batch synced. A stall (memory not yet on the disk) is waited for a while only: on a full disk it would last until somebody
     * frees space, inside the native call, with nobody told.
     */
    void write(RocksStore store) throws RocksDBException {
        long until = System.nanoTime() + STALL_NANOS;
        while (true) {
            try {
                store.db.write(store.synced, batch);
                return;
            } catch (RocksDBException e) {
                if (!RocksStore.isStall(e) || System.nanoTime() >= until) {
                    throw e;
                }
                LockSupport.parkNanos(this, STALL_STEP_NANOS);
            }
        }
    }

    @Override
    public void close() {
        batch.close();
    }
}
