package io.haulwatch.store.position;

import io.haulwatch.model.report.FixChecks;
import io.haulwatch.model.report.PositionRecord;
import java.util.Arrays;

/** The columns of a batch that its reckoning needs once the database has answered; reused arrays, one slot a row, in log order. */
final class BatchRows {
    /** What became of a row. */
    static final byte INSERTED = 0;

    static final byte DUPLICATE = 1;
    static final byte REFUSED = 2;
    /** Stored in an earlier life of the writer; only the sums that were in memory then are made again. */
    static final byte KNOWN = 3;

    int[] vehicles;
    long[] deviceMillis;
    long[] receivedMillis;
    long[] hashes;
    int[] latitudes;
    int[] longitudes;
    int[] speeds;
    boolean[] usable;
    byte[] outcomes;

    int count;

    BatchRows(int capacity) {
        vehicles = new int[capacity];
        deviceMillis = new long[capacity];
        receivedMillis = new long[capacity];
        hashes = new long[capacity];
        latitudes = new int[capacity];
        longitudes = new int[capacity];
        speeds = new int[capacity];
        usable = new boolean[capacity];
        outcomes = new byte[capacity];
    }

    void add(PositionRecord record, byte outcome) {
        if (count == vehicles.length) {
            grow(count * 2);
        }
        vehicles[count] = record.vehicleId();
        deviceMillis[count] = record.deviceMillis();
        receivedMillis[count] = record.receivedMillis();
        hashes[count] = record.hash();
        latitudes[count] = record.latitudeMicrodeg();
        longitudes[count] = record.longitudeMicrodeg();
        speeds[count] = record.speedDeciKmh();
        usable[count] = record.fixed()
                && FixChecks.inArea(record.latitudeMicrodeg(), record.longitudeMicrodeg())
                && record.speedDeciKmh() <= FixChecks.MAX_SPEED_DECIKMH;
        outcomes[count] = outcome;
        count++;
    }

    private void grow(int capacity) {
        vehicles = Arrays.copyOf(vehicles, capacity);
        deviceMillis = Arrays.copyOf(deviceMillis, capacity);
        receivedMillis = Arrays.copyOf(receivedMillis, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        latitudes = Arrays.copyOf(latitudes, capacity);
        longitudes = Arrays.copyOf(longitudes, capacity);
        speeds = Arrays.copyOf(speeds, capacity);
        usable = Arrays.copyOf(usable, capacity);
        outcomes = Arrays.copyOf(outcomes, capacity);
    }

    void clear() {
        count = 0;
    }
}
