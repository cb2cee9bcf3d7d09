package io.haulwatch.analytics.live;

import io.haulwatch.geo.earth.Wgs84;
import io.haulwatch.model.report.FixChecks;
import io.haulwatch.model.report.LinkRecord;
import io.haulwatch.model.report.PositionRecord;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The newest believable position of each vehicle in arrays by vehicle id; no object a vehicle. Not thread-safe: its owner holds a
 * lock.
 */
final class FleetTable {
    static final int ONLINE = 1;
    static final int MOVING = 1 << 1;
    static final int ACC = 1 << 2;
    static final int FIX_VALID = 1 << 3;
    static final int LOADED = 1 << 4;

    private static final int LAYOUT = 1;
    private static final int MOVING_DECIKMH = 50;
    /** A position that took longer to arrive says nothing of whether the truck moves now. */
    private static final long FRESH_MILLIS = 600_000;

    private static final int REANCHOR_AFTER = 3;
    private static final int STATUS_LOADED = 3 << 8;

    private int[] latitude = new int[1024];
    private int[] longitude = new int[1024];
    private short[] speed = new short[1024];
    private short[] heading = new short[1024];
    private byte[] state = new byte[1024];
    private byte[] jumps = new byte[1024];
    private long[] device = new long[1024];
    private long[] received = new long[1024];
    private long[] changed = new long[1024];
    private int size;
    private long version;

    /** Takes a position; one that cannot be true, or is older than what is shown, leaves the table as it is. */
    void position(PositionRecord record) {
        int vehicle = record.vehicleId();
        long at = record.deviceMillis();
        if (FixChecks.timeFault(at, record.receivedMillis(), FixChecks.RETENTION_MILLIS) != FixChecks.TimeFault.NONE) {
            return;
        }
        reserve(vehicle);
        boolean known = changed[vehicle] != 0 && device[vehicle] != 0;
        if (known && at <= device[vehicle]) {
            return;
        }
        int lat = record.latitudeMicrodeg();
        int lon = record.longitudeMicrodeg();
        boolean fix = record.fixed()
                && FixChecks.inArea(lat, lon)
                && FixChecks.enoughSatellites(record.satellites())
                && record.speedDeciKmh() <= FixChecks.MAX_SPEED_DECIKMH;
        if (fix && known && (latitude[vehicle] != 0 || longitude[vehicle] != 0)) {
            double metres = Wgs84.haversineMetres(latitude[vehicle], longitude[vehicle], lat, lon);
            if (FixChecks.impliesJump(metres, at - device[vehicle], FixChecks.MAX_SPEED_DECIKMH / 10)
                    && ++jumps[vehicle] < REANCHOR_AFTER) {
                return;
            }
        }
        int bits = state[vehicle] & ONLINE;
        if (fix) {
            jumps[vehicle] = 0;
            latitude[vehicle] = lat;
            longitude[vehicle] = lon;
            speed[vehicle] = (short) record.speedDeciKmh();
            heading[vehicle] = (short) (record.headingDeg() % 360);
            bits |= FIX_VALID;
            if (record.speedDeciKmh() >= MOVING_DECIKMH && record.receivedMillis() - at < FRESH_MILLIS) {
                bits |= MOVING;
            }
        } else {
            speed[vehicle] = 0;
        }
        bits |= record.ignition() ? ACC : 0;
        bits |= (record.status() & STATUS_LOADED) == STATUS_LOADED ? LOADED : 0;
        state[vehicle] = (byte) bits;
        device[vehicle] = at;
        received[vehicle] = record.receivedMillis();
        changed[vehicle] = ++version;
    }

    /** Takes a link that came or went. A truck whose link is gone is not shown as moving. */
    void link(int vehicle, LinkRecord.Event event) {
        reserve(vehicle);
        int bits = state[vehicle];
        state[vehicle] = (byte) (event == LinkRecord.Event.ONLINE ? bits | ONLINE : bits & ~(ONLINE | MOVING));
        changed[vehicle] = ++version;
    }

    /** Nobody is connected: what is true when the gateway starts. */
    void allOffline() {
        for (int vehicle = 0; vehicle < size; vehicle++) {
            if ((state[vehicle] & ONLINE) != 0) {
                link(vehicle, LinkRecord.Event.OFFLINE);
            }
        }
    }

    long changedSince(long since, LiveFleet.Consumer out) {
        for (int vehicle = 0; vehicle < size; vehicle++) {
            if (changed[vehicle] > since) {
                out.accept(
                        vehicle,
                        latitude[vehicle],
                        longitude[vehicle],
                        speed[vehicle],
                        heading[vehicle],
                        state[vehicle],
                        device[vehicle],
                        received[vehicle]);
            }
        }
        return version;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeInt(size);
        for (int vehicle = 0; vehicle < size; vehicle++) {
            out.writeInt(latitude[vehicle]);
            out.writeInt(longitude[vehicle]);
            out.writeShort(speed[vehicle]);
            out.writeShort(heading[vehicle]);
            out.writeByte(state[vehicle]);
            out.writeLong(device[vehicle]);
            out.writeLong(received[vehicle]);
            out.writeBoolean(changed[vehicle] != 0);
        }
    }

    static FleetTable readFrom(DataInputStream in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("not a fleet table of this release: layout=" + layout);
        }
        FleetTable table = new FleetTable();
        int size = in.readInt();
        if (size < 0 || size > 10_000_000) {
            throw new IOException("a fleet table is damaged: size=" + size);
        }
        if (size > 0) {
            table.reserve(size - 1);
        }
        for (int vehicle = 0; vehicle < size; vehicle++) {
            table.latitude[vehicle] = in.readInt();
            table.longitude[vehicle] = in.readInt();
            table.speed[vehicle] = in.readShort();
            table.heading[vehicle] = in.readShort();
            table.state[vehicle] = in.readByte();
            table.device[vehicle] = in.readLong();
            table.received[vehicle] = in.readLong();
            table.changed[vehicle] = in.readBoolean() ? ++table.version : 0;
        }
        return table;
    }

    private void reserve(int vehicle) {
        if (vehicle >= device.length) {
            int room = Math.max(vehicle + 1, device.length * 2);
            latitude = Arrays.copyOf(latitude, room);
            longitude = Arrays.copyOf(longitude, room);
            speed = Arrays.copyOf(speed, room);
            heading = Arrays.copyOf(heading, room);
            state = Arrays.copyOf(state, room);
            jumps = Arrays.copyOf(jumps, room);
            device = Arrays.copyOf(device, room);
            received = Arrays.copyOf(received, room);
            changed = Arrays.copyOf(changed, room);
        }
        size = Math.max(size, vehicle + 1);
    }
}
