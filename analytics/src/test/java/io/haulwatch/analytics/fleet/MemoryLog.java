package io.haulwatch.analytics.fleet;

import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.LogUnavailableException;
import io.haulwatch.log.ReportLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log in memory that can be told to fail: at a certain append, before or after it became durable, or at a certain read. */
public final class MemoryLog implements ReportLog {
    private final List<List<byte[]>> partitions = new ArrayList<>();
    private final Map<String, Long> committed = new HashMap<>();
    private long appends;
    private long readsLeft = Long.MAX_VALUE;
    private long episodeAppendsLeft = Long.MAX_VALUE;
    private boolean afterwards;
    private String unavailable = "";

    public MemoryLog(int count) {
        for (int i = 0; i <= count; i++) {
            partitions.add(new ArrayList<>());
        }
    }

    /** Puts a report straight into its partition. */
    public synchronized void report(int vehicleId, byte[] record) {
        partitions.get(partitionOf(vehicleId)).add(record);
        appends++;
        notifyAll();
    }

    /** Puts a record into a partition. */
    public synchronized void put(int partition, byte[] record) {
        partitions.get(partition).add(record);
        appends++;
        notifyAll();
    }

    public synchronized void crashAfterReads(long reads) {
        readsLeft = reads;
    }

    public synchronized void crashAtEpisodeAppend(long count, boolean afterItIsDurable) {
        episodeAppendsLeft = count;
        afterwards = afterItIsDurable;
    }

    public synchronized void heal() {
        readsLeft = Long.MAX_VALUE;
        episodeAppendsLeft = Long.MAX_VALUE;
    }

    public synchronized void refuse(String reason) {
        unavailable = reason;
    }

    public synchronized List<byte[]> episodes() {
        return List.copyOf(partitions.getLast());
    }

    @Override
    public int partitions() {
        return partitions.size() - 1;
    }

    private List<byte[]> list(int partition) {
        return partitions.get(partition == EPISODES ? partitions.size() - 1 : partition);
    }

    @Override
    public synchronized void append(AppendGroup group) throws LogUnavailableException {
        if (!unavailable.isEmpty()) {
            throw new LogUnavailableException(unavailable);
        }
        boolean crash = --episodeAppendsLeft <= 0;
        if (crash && !afterwards) {
            throw new IllegalStateException("crash before an append");
        }
        for (Group.Item item : ((Group) group).items) {
            list(item.partition()).add(item.bytes());
        }
        appends++;
        notifyAll();
        if (crash) {
            throw new IllegalStateException("crash after an append");
        }
    }

    @Override
    public AppendGroup newGroup() {
        return new Group();
    }

    @Override
    public synchronized long end(int partition) {
        return list(partition).size();
    }

    @Override
    public long start(int partition) {
        return 0;
    }

    @Override
    public Cursor read(int partition, long offset) {
        return new MemoryCursor(partition, offset);
    }

    @Override
    public synchronized void commit(String reader, int partition, long nextOffset) {
        committed.put(reader + partition, nextOffset);
    }

    @Override
    public synchronized long committed(String reader, int partition) {
        return committed.getOrDefault(reader + partition, -1L);
    }

    @Override
    public void purge() {}

    @Override
    public Availability availability() {
        return Availability.OK;
    }

    @Override
    public boolean awaitAppend(long timeoutMillis) throws InterruptedException {
        return awaitAppend(appends(), timeoutMillis);
    }

    @Override
    public synchronized long appends() {
        return appends;
    }

    @Override
    public synchronized boolean awaitAppend(long seen, long timeoutMillis) throws InterruptedException {
        long until = System.nanoTime() + timeoutMillis * 1_000_000;
        while (appends == seen && System.nanoTime() < until) {
            wait(10);
        }
        return appends != seen;
    }

    @Override
    public void close() {}

    private synchronized byte[] at(int partition, long offset) {
        if (offset >= list(partition).size()) {
            return new byte[0];
        }
        if (partition != EPISODES && --readsLeft < 0) {
            throw new IllegalStateException("crash at a read");
        }
        return list(partition).get((int) offset);
    }

    private static final class Group implements AppendGroup {
        record Item(int partition, ByteBuffer buffer) {
            byte[] bytes() {
                byte[] bytes = new byte[buffer.capacity()];
                buffer.get(0, bytes);
                return bytes;
            }
        }

        final List<Item> items = new ArrayList<>();
        private int bytes;

        @Override
        public ByteBuffer begin(int partition, int maxLength) {
            ByteBuffer buffer = ByteBuffer.allocate(maxLength);
            items.add(new Item(partition, buffer));
            return buffer;
        }

        @Override
        public int position() {
            return 0;
        }

        @Override
        public void commit(int length) {
            bytes += length;
        }

        @Override
        public int records() {
            return items.size();
        }

        @Override
        public int bytes() {
            return bytes;
        }

        @Override
        public void clear() {
            items.clear();
            bytes = 0;
        }
    }

    private final class MemoryCursor implements Cursor {
        private final int partition;
        private long offset;
        private byte[] record = new byte[0];

        MemoryCursor(int partition, long offset) {
            this.partition = partition;
            this.offset = offset - 1;
        }

        @Override
        public boolean next() {
            record = at(partition, offset + 1);
            if (record.length == 0) {
                return false;
            }
            offset++;
            return true;
        }

        @Override
        public long offset() {
            return offset;
        }

        @Override
        public ByteBuffer buffer() {
            return ByteBuffer.wrap(record);
        }

        @Override
        public int position() {
            return 0;
        }

        @Override
        public int length() {
            return record.length;
        }

        @Override
        public void close() {}
    }
}
