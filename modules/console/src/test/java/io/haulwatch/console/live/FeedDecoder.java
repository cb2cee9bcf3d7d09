package io.haulwatch.console.live;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** A second, plain reader of the live feed, written from docs/live-feed.md: what a client holds after the frames it got. */
public final class FeedDecoder {
    /** A truck as a client holds it; coordinates in 10⁻⁵ degrees. */
    public record Truck(int lon5, int lat5, int speed, int heading, int state, int risk, long ageSeconds) {
        Truck with(int dLon, int dLat, int newSpeed, int newHeading, int newState, int newRisk) {
            return new Truck(lon5 + dLon, lat5 + dLat, newSpeed, newHeading, newState & 0x7F, newRisk, 0);
        }
    }

    public final Map<Integer, Truck> trucks = new TreeMap<>();
    public final StringBuilder dictionaries = new StringBuilder();
    public int epoch;
    public int seq;
    public boolean whole;
    public int snapshots;
    public int deltas;

    /** The truck of a slot, which must be there. */
    public Truck at(int slot) {
        return java.util.Objects.requireNonNull(trucks.get(slot), () -> "no truck at slot " + slot);
    }

    /** Takes one frame; refuses what docs/live-feed.md does not allow. */
    public int accept(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        require(in.get() == 0x48, "magic");
        require(in.get() == 1, "version");
        int type = in.get();
        in.get();
        int frameEpoch = in.getInt();
        int frameSeq = in.getInt();
        int count = in.getInt();
        in.getDouble();
        switch (type) {
            case 1 -> {
                trucks.clear();
                int before = -1;
                for (int i = 0; i < count; i++) {
                    int slot = in.getInt();
                    require(slot > before, "slots rise");
                    before = slot;
                    int lon = in.getInt();
                    int lat = in.getInt();
                    require(lon % 10 == 0 && lat % 10 == 0, "whole references");
                    trucks.put(
                            slot,
                            new Truck(
                                    lon / 10,
                                    lat / 10,
                                    in.get() & 0xFF,
                                    in.get() & 0xFF,
                                    in.get() & 0xFF,
                                    in.get() & 0xFF,
                                    in.getShort() & 0xFFFF));
                }
                epoch = frameEpoch;
                seq = frameSeq;
                whole = true;
                snapshots++;
            }
            case 2 -> {
                follow(frameEpoch, frameSeq);
                int[] slots = slots(in, count);
                int[] dLon = zigzags(in, count);
                int[] dLat = zigzags(in, count);
                byte[][] columns = new byte[4][count];
                for (byte[] column : columns) {
                    in.get(column);
                }
                for (int i = 0; i < count; i++) {
                    Truck truck = trucks.getOrDefault(slots[i], new Truck(0, 0, 0, 0, 0, 0, 0));
                    trucks.put(
                            slots[i],
                            truck.with(
                                    dLon[i],
                                    dLat[i],
                                    columns[0][i] & 0xFF,
                                    columns[1][i] & 0xFF,
                                    columns[2][i] & 0xFF,
                                    columns[3][i] & 0xFF));
                }
                deltas++;
            }
            case 3 -> {
                follow(frameEpoch, frameSeq);
                for (int slot : slots(in, count)) {
                    require(trucks.remove(slot) != null, "a truck that was there");
                }
            }
            case 4 -> {
                follow(frameEpoch, frameSeq);
                byte[] text = new byte[in.remaining()];
                in.get(text);
                dictionaries.append(new String(text, java.nio.charset.StandardCharsets.UTF_8));
            }
            case 6 -> require(frameSeq == seq && frameEpoch == epoch, "heartbeat repeats the newest");
            default -> throw new IllegalArgumentException("type=" + type);
        }
        require(!in.hasRemaining(), "no byte too many");
        return type;
    }

    private void follow(int frameEpoch, int frameSeq) {
        require(whole && frameEpoch == epoch && frameSeq == seq + 1, "order: seq=" + frameSeq + ", after=" + seq);
        seq = frameSeq;
    }

    private static int[] slots(ByteBuffer in, int count) {
        int[] slots = new int[count];
        int before = 0;
        for (int i = 0; i < count; i++) {
            int gap = varint(in);
            require(i == 0 || gap >= 1, "slots rise");
            before += gap;
            slots[i] = before;
        }
        return slots;
    }

    private static int[] zigzags(ByteBuffer in, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            int coded = varint(in);
            values[i] = (coded >>> 1) ^ -(coded & 1);
        }
        return values;
    }

    private static int varint(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.get() & 0xFF;
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("varint of more than five bytes");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("broken frame: " + what);
        }
    }
}
