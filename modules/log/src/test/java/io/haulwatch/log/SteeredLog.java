package io.haulwatch.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A log in memory whose appends a test holds up, refuses or breaks. */
final class SteeredLog implements ReportLog {
    /** Each append takes one permit. */
    final Semaphore permits = new Semaphore(0);

    volatile boolean refusing;
    volatile boolean breaking;

    /** What each append held, as "partition:text"; guarded by itself. */
    final List<List<String>> groups = new ArrayList<>();

    static SteeredLog running() {
        SteeredLog log = new SteeredLog();
        log.permits.release(Integer.MAX_VALUE / 2);
        return log;
    }

    List<String> records() {
        synchronized (groups) {
            return groups.stream().flatMap(List::stream).toList();
        }
    }

    @Override
    public int partitions() {
        return 4;
    }

    @Override
    public void append(AppendGroup group) throws LogUnavailableException {
        permits.acquireUninterruptibly();
        if (refusing) {
            throw new LogUnavailableException("no space");
        }
        if (breaking) {
            throw new IllegalStateException("broken");
        }
        synchronized (groups) {
            groups.add(List.copyOf(((Group) group).records));
        }
    }

    @Override
    public AppendGroup newGroup() {
        return new Group();
    }

    private static final class Group implements AppendGroup {
        final List<String> records = new ArrayList<>();
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private int partition;
        private int bytes;

        @Override
        public ByteBuffer begin(int target, int maxLength) {
            partition = target;
            buffer = ByteBuffer.allocate(maxLength);
            return buffer;
        }

        @Override
        public int position() {
            return 0;
        }

        @Override
        public void commit(int length) {
            byte[] text = new byte[length];
            buffer.get(0, text);
            records.add(partition + ":" + new String(text, StandardCharsets.US_ASCII));
            bytes += length;
        }

        @Override
        public int records() {
            return records.size();
        }

        @Override
        public int bytes() {
            return bytes;
        }

        @Override
        public void clear() {
            records.clear();
            bytes = 0;
        }
    }

    @Override
    public long end(int partition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long start(int partition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cursor read(int partition, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void commit(String reader, int partition, long nextOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long committed(String reader, int partition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void purge() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Availability availability() {
        return Availability.OK;
    }

    @Override
    public boolean awaitAppend(long timeoutMillis) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        permits.release(Integer.MAX_VALUE / 2);
    }
}
