package io.haulwatch.gateway;

import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.LogUnavailableException;
import io.haulwatch.log.ReportLog;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.LinkRecord;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.RecordType;
import io.haulwatch.model.report.TallyRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A log in memory that can be told to wait or to refuse. */
final class MemoryLog implements ReportLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gateChanged = lock.newCondition();
    private final List<byte[]> records = new ArrayList<>();
    private boolean held;
    private boolean refusing;
    private int groups;
    private int positionCount;

    /** Appends wait until {@link #release}. */
    void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            held = false;
            gateChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void refuse(boolean refuse) {
        lock.lock();
        try {
            refusing = refuse;
        } finally {
            lock.unlock();
        }
    }

    List<PositionRecord> positions() {
        lock.lock();
        try {
            return records.stream()
                    .filter(record -> RecordType.of(ByteBuffer.wrap(record), 0) == RecordType.POSITION)
                    .map(record -> new PositionRecord().wrap(ByteBuffer.wrap(record), 0))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    int positionCount() {
        lock.lock();
        try {
            return positionCount;
        } finally {
            lock.unlock();
        }
    }

    List<LinkRecord> links() {
        lock.lock();
        try {
            return records.stream()
                    .filter(record -> RecordType.of(ByteBuffer.wrap(record), 0) == RecordType.LINK)
                    .map(record -> LinkRecord.read(ByteBuffer.wrap(record), 0))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    List<CardRecord> cards() {
        lock.lock();
        try {
            return records.stream()
                    .filter(record -> RecordType.of(ByteBuffer.wrap(record), 0) == RecordType.DRIVER)
                    .map(record -> CardRecord.read(ByteBuffer.wrap(record), 0))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    List<TallyRecord> tallies() {
        lock.lock();
        try {
            return records.stream()
                    .filter(record -> RecordType.of(ByteBuffer.wrap(record), 0) == RecordType.TALLY)
                    .map(record -> TallyRecord.read(ByteBuffer.wrap(record), 0))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    long ticks() {
        lock.lock();
        try {
            return records.stream()
                    .filter(record -> RecordType.of(ByteBuffer.wrap(record), 0) == RecordType.TICK)
                    .count();
        } finally {
            lock.unlock();
        }
    }

    int groups() {
        lock.lock();
        try {
            return groups;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int partitions() {
        return 4;
    }

    @Override
    public void append(AppendGroup group) throws LogUnavailableException {
        lock.lock();
        try {
            while (held) {
                gateChanged.awaitUninterruptibly();
            }
            if (refusing) {
                throw new LogUnavailableException("the test refuses");
            }
            for (byte[] record : ((Group) group).collected) {
                records.add(record);
                positionCount += RecordType.of(ByteBuffer.wrap(record), 0) == RecordType.POSITION ? 1 : 0;
            }
            groups++;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public AppendGroup newGroup() {
        return new Group();
    }

    @Override
    public Availability availability() {
        lock.lock();
        try {
            return refusing ? new Availability(false, "the test refuses") : Availability.OK;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long end(int partition) {
        throw new UnsupportedOperationException("the gateway only appends");
    }

    @Override
    public long start(int partition) {
        throw new UnsupportedOperationException("the gateway only appends");
    }

    @Override
    public Cursor read(int partition, long offset) {
        throw new UnsupportedOperationException("the gateway only appends");
    }

    @Override
    public void commit(String reader, int partition, long nextOffset) {
        throw new UnsupportedOperationException("the gateway only appends");
    }

    @Override
    public long committed(String reader, int partition) {
        throw new UnsupportedOperationException("the gateway only appends");
    }

    @Override
    public void purge() {
        throw new UnsupportedOperationException("the gateway only appends");
    }

    @Override
    public boolean awaitAppend(long timeoutMillis) {
        throw new UnsupportedOperationException("the gateway only appends");
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private static final class Group implements AppendGroup {
        private final List<byte[]> collected = new ArrayList<>();
        private ByteBuffer current = ByteBuffer.allocate(0);
        private int bytes;

        @Override
        public ByteBuffer begin(int partition, int maxLength) {
            current = ByteBuffer.allocate(maxLength);
            return current;
        }

        @Override
        public int position() {
            return 0;
        }

        @Override
        public void commit(int length) {
            byte[] record = new byte[length];
            current.get(0, record);
            collected.add(record);
            bytes += length;
        }

        @Override
        public int records() {
            return collected.size();
        }

        @Override
        public int bytes() {
            return bytes;
        }

        @Override
        public void clear() {
            collected.clear();
            bytes = 0;
        }
    }
}
