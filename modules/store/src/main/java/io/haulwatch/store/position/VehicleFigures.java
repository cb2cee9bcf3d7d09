package io.haulwatch.store.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the writer remembers of each vehicle: the highest stored key, and sums since the last flush. Primitive arrays, one slot a
 * vehicle that was ever seen; a fleet of 41,000 takes about 5 MB. One thread.
 */
final class VehicleFigures {
    /** No position of the vehicle is stored yet. */
    static final long NEVER = Long.MIN_VALUE;

    private static final int NO_DAY = Integer.MIN_VALUE;

    /** Figures of a day that is over for its vehicle, waiting for the flush. */
    record FinishedDay(int vehicleId, int epochDay, long millimetres, long drivingMillis, int points) {}

    /** Open addressing: vehicle's slot + 1, 0 for empty. */
    private int[] table = new int[1 << 12];

    int count;
    int[] vehicles = new int[1 << 10];
    private boolean[] loaded = new boolean[1 << 10];

    long[] highestMillis = new long[1 << 10];
    long[] highestHash = new long[1 << 10];
    /** Highest key taken so far, committed or not. */
    private long[] seenMillis = new long[1 << 10];

    private long[] seenHash = new long[1 << 10];
    int[] latitude = new int[1 << 10];
    int[] longitude = new int[1 << 10];
    int[] speed = new int[1 << 10];
    boolean[] usable = new boolean[1 << 10];

    /** Stored in order since the last flush. */
    long[] stored = new long[1 << 10];

    private int[] day = new int[1 << 10];
    private long[] millimetres = new long[1 << 10];
    private long[] drivingMillis = new long[1 << 10];
    private int[] points = new int[1 << 10];

    /** Of the batch at hand: written with it, because a later life cannot tell them again. */
    int[] batchLate = new int[1 << 10];

    int[] batchDuplicate = new int[1 << 10];
    int[] batchQuarantined = new int[1 << 10];
    private boolean[] batchTouched = new boolean[1 << 10];

    private int[] touched = new int[1 << 8];
    private int touchedCount;
    private int[] dirty = new int[1 << 8];
    private int dirtyCount;
    private boolean[] isDirty = new boolean[1 << 10];
    private int[] toLoad = new int[1 << 8];
    private int toLoadCount;
    final List<FinishedDay> finishedDays = new ArrayList<>();

    private final long zoneOffsetMillis;

    /** @param zoneOffsetMillis local time minus UTC, for the days of {@code vehicle_day} */
    VehicleFigures(long zoneOffsetMillis) {
        this.zoneOffsetMillis = zoneOffsetMillis;
        Arrays.fill(day, NO_DAY);
    }

    /** The vehicle's slot; a new one must be loaded before it is used. */
    int slot(int vehicleId) {
        int mask = table.length - 1;
        int at = spread(vehicleId) & mask;
        while (table[at] != 0) {
            if (vehicles[table[at] - 1] == vehicleId) {
                return table[at] - 1;
            }
            at = (at + 1) & mask;
        }
        return add(vehicleId);
    }

    private int add(int vehicleId) {
        if (count == vehicles.length) {
            growSlots(count * 2);
        }
        if ((count + 1) * 2 > table.length) {
            rehash(table.length * 2);
        }
        int slot = count++;
        vehicles[slot] = vehicleId;
        highestMillis[slot] = NEVER;
        seenMillis[slot] = NEVER;
        day[slot] = NO_DAY;
        put(slot);
        if (toLoadCount == toLoad.length) {
            toLoad = Arrays.copyOf(toLoad, toLoadCount * 2);
        }
        toLoad[toLoadCount++] = slot;
        return slot;
    }

    private void put(int slot) {
        int mask = table.length - 1;
        int at = spread(vehicles[slot]) & mask;
        while (table[at] != 0) {
            at = (at + 1) & mask;
        }
        table[at] = slot + 1;
    }

    private void rehash(int size) {
        table = new int[size];
        for (int slot = 0; slot < count; slot++) {
            put(slot);
        }
    }

    private static int spread(int key) {
        int mixed = key * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private void growSlots(int size) {
        vehicles = Arrays.copyOf(vehicles, size);
        loaded = Arrays.copyOf(loaded, size);
        highestMillis = Arrays.copyOf(highestMillis, size);
        highestHash = Arrays.copyOf(highestHash, size);
        seenMillis = Arrays.copyOf(seenMillis, size);
        seenHash = Arrays.copyOf(seenHash, size);
        latitude = Arrays.copyOf(latitude, size);
        longitude = Arrays.copyOf(longitude, size);
        speed = Arrays.copyOf(speed, size);
        usable = Arrays.copyOf(usable, size);
        stored = Arrays.copyOf(stored, size);
        day = Arrays.copyOf(day, size);
        millimetres = Arrays.copyOf(millimetres, size);
        drivingMillis = Arrays.copyOf(drivingMillis, size);
        points = Arrays.copyOf(points, size);
        batchLate = Arrays.copyOf(batchLate, size);
        batchDuplicate = Arrays.copyOf(batchDuplicate, size);
        batchQuarantined = Arrays.copyOf(batchQuarantined, size);
        batchTouched = Arrays.copyOf(batchTouched, size);
        isDirty = Arrays.copyOf(isDirty, size);
    }

    /** Vehicles whose highest key must be read before the batch is reckoned. */
    int[] vehiclesToLoad() {
        int[] ids = new int[toLoadCount];
        for (int i = 0; i < toLoadCount; i++) {
            ids[i] = vehicles[toLoad[i]];
        }
        return ids;
    }

    void loadedAll() {
        for (int i = 0; i < toLoadCount; i++) {
            int slot = toLoad[i];
            loaded[slot] = true;
            takeInOrder(slot, highestMillis[slot], highestHash[slot]);
        }
        toLoadCount = 0;
    }

    /**
     * Notes a key that was taken. What lies ahead of all keys of its vehicle cannot be stored yet; of the rest only the database can
     * tell. A guess for a vehicle that is not loaded, and then no more than that.
     *
     * @return whether the key lies ahead
     */
    boolean takeInOrder(int slot, long deviceMillis, long hash) {
        boolean ahead = deviceMillis > seenMillis[slot]
                || (deviceMillis == seenMillis[slot] && Long.compareUnsigned(hash, seenHash[slot]) > 0);
        if (ahead) {
            seenMillis[slot] = deviceMillis;
            seenHash[slot] = hash;
        }
        return ahead;
    }

    /** Whether the key lies behind the highest stored one or is it. Hashes are ordered as unsigned. */
    boolean isBehind(int slot, long deviceMillis, long hash) {
        return deviceMillis < highestMillis[slot]
                || (deviceMillis == highestMillis[slot] && Long.compareUnsigned(hash, highestHash[slot]) <= 0);
    }

    /** Takes a position ahead of the highest key into the sums. */
    void advance(int slot, BatchRows rows, int row) {
        if (!loaded[slot]) {
            throw new IllegalStateException("the highest key was not read: vehicleId=" + vehicles[slot]);
        }
        long millis = rows.deviceMillis[row];
        int today = (int) Math.floorDiv(millis + zoneOffsetMillis, 86_400_000L);
        if (today != day[slot]) {
            finishDay(slot);
            day[slot] = today;
        }
        points[slot]++;
        stored[slot]++;
        markDirty(slot);
        if (rows.usable[row]) {
            if (usable[slot]) {
                drive(slot, rows, row);
            }
            latitude[slot] = rows.latitudes[row];
            longitude[slot] = rows.longitudes[row];
        }
        usable[slot] = rows.usable[row];
        speed[slot] = rows.speeds[row];
        highestMillis[slot] = millis;
        highestHash[slot] = rows.hashes[row];
    }

    private void drive(int slot, BatchRows rows, int row) {
        double way = Leg.metres(latitude[slot], longitude[slot], rows.latitudes[row], rows.longitudes[row]);
        long millis = rows.deviceMillis[row] - highestMillis[slot];
        if (Leg.driven(way, millis, speed[slot], rows.speeds[row])) {
            // Whole millimetres, so that the sums do not depend on where a restart cut them.
            millimetres[slot] += Math.round(way * 1000);
            drivingMillis[slot] += millis;
        }
    }

    private void finishDay(int slot) {
        FinishedDay finished = takeDay(slot);
        if (finished != null) {
            finishedDays.add(finished);
        }
    }

    private @Nullable FinishedDay takeDay(int slot) {
        if (day[slot] == NO_DAY || points[slot] == 0) {
            return null;
        }
        FinishedDay taken =
                new FinishedDay(vehicles[slot], day[slot], millimetres[slot], drivingMillis[slot], points[slot]);
        millimetres[slot] = 0;
        drivingMillis[slot] = 0;
        points[slot] = 0;
        return taken;
    }

    void late(int slot) {
        batchLate[slot]++;
        touch(slot);
    }

    void duplicate(int slot) {
        batchDuplicate[slot]++;
        touch(slot);
    }

    void quarantined(int slot) {
        batchQuarantined[slot]++;
        touch(slot);
    }

    private void touch(int slot) {
        if (!batchTouched[slot]) {
            batchTouched[slot] = true;
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, touchedCount * 2);
            }
            touched[touchedCount++] = slot;
        }
    }

    private void markDirty(int slot) {
        if (!isDirty[slot]) {
            isDirty[slot] = true;
            if (dirtyCount == dirty.length) {
                dirty = Arrays.copyOf(dirty, dirtyCount * 2);
            }
            dirty[dirtyCount++] = slot;
        }
    }

    int touchedCount() {
        return touchedCount;
    }

    int touchedSlot(int i) {
        return touched[i];
    }

    void clearTouched() {
        for (int i = 0; i < touchedCount; i++) {
            int slot = touched[i];
            batchTouched[slot] = false;
            batchLate[slot] = 0;
            batchDuplicate[slot] = 0;
            batchQuarantined[slot] = 0;
        }
        touchedCount = 0;
    }

    int dirtyCount() {
        return dirtyCount;
    }

    int dirtySlot(int i) {
        return dirty[i];
    }

    /** All figures of days since the last flush, finished or not; they start at zero afterwards. */
    List<FinishedDay> takeDays() {
        for (int i = 0; i < dirtyCount; i++) {
            finishDay(dirty[i]);
        }
        List<FinishedDay> taken = List.copyOf(finishedDays);
        finishedDays.clear();
        return taken;
    }

    void clearDirty() {
        for (int i = 0; i < dirtyCount; i++) {
            isDirty[dirty[i]] = false;
            stored[dirty[i]] = 0;
        }
        dirtyCount = 0;
    }
}
