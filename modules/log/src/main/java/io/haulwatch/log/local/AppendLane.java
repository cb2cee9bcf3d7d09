package io.haulwatch.log.local;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.WriteBatch;

/** What one appending thread needs, reports or episodes. The lock keeps a second thread from using the same offsets. */
final class AppendLane implements AutoCloseable {
    final ReentrantLock lock = new ReentrantLock();
    final WriteBatch batch = new WriteBatch();
    final ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES);

    @Override
    public void close() {
        batch.close();
    }
}
