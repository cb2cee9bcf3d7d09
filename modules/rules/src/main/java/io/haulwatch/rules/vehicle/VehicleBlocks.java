package io.haulwatch.rules.vehicle;

import io.haulwatch.rules.vehicle.Slots.BitSlot;
import io.haulwatch.rules.vehicle.Slots.IntSlot;
import io.haulwatch.rules.vehicle.Slots.LongSlot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The state of all vehicles: one block of 192 bytes each, side by side in one array, so that a snapshot is a copy. What every position
 * needs fills the first two of its three cache lines. What only a stretch under suspicion needs lies outside, in a {@link Stretch}, and the
 * block holds its handle.
 */
final class VehicleBlocks {
    /** Words of a block. */
    static final int WORDS = 24;
    /** Words before the first block: with the array's own header of 16 bytes a block begins a cache line when the array does. */
    private static final int LEAD = 6;
    /** Times that are not: no fix yet, no segment, no candidate. */
    static final long NONE = 0;

    // Order of positions.
    static final LongSlot FRONTIER = new LongSlot(0);
    static final LongSlot FRONTIER_HASH = new LongSlot(1);
    // Silence: receive time of the newest report.
    static final LongSlot RECEIVED = new LongSlot(2);
    // Fix quality: the last fix that was believed.
    static final LongSlot LAST = new LongSlot(3);
    static final LongSlot PLACE = new LongSlot(4);
    static final IntSlot LATITUDE = new IntSlot(4, true);
    static final IntSlot LONGITUDE = new IntSlot(4, false);
    static final IntSlot SPEED = new IntSlot(5, true);
    private static final IntSlot FLAGS = new IntSlot(5, false);
    // The ledger's deadline.
    static final LongSlot WAKE = new LongSlot(6);
    // Motion.
    static final LongSlot CANDIDATE = new LongSlot(7);
    static final LongSlot SEGMENT = new LongSlot(16);
    static final IntSlot ANCHOR_LATITUDE = new IntSlot(17, true);
    static final IntSlot ANCHOR_LONGITUDE = new IntSlot(17, false);
    // Limit in force, for the grace after a lower one begins.
    static final IntSlot LIMIT = new IntSlot(8, true);
    static final IntSlot GRACE_LIMIT = new IntSlot(8, false);
    static final LongSlot GRACE = new LongSlot(18);
    // Prompts: since when near the limit without a pause, and when last.
    static final LongSlot NEAR_SINCE = new LongSlot(9);
    static final LongSlot NEAR_LAST = new LongSlot(19);
    // Stretches under suspicion, by handle, 0 for none.
    static final IntSlot SPEEDING = new IntSlot(10, true);
    static final IntSlot PAPERS = new IntSlot(10, false);
    static final IntSlot SOURCES = new IntSlot(11, true);
    static final IntSlot REJECTED = new IntSlot(11, false);
    // What the reference says of the vehicle and until when, see Standings; no part of a snapshot.
    private static final int FIRST_DERIVED = 12;
    static final LongSlot STANDING_FROM = new LongSlot(12);
    static final LongSlot STANDING_TO = new LongSlot(13);
    static final LongSlot OVERDUE_FROM = new LongSlot(14);
    static final IntSlot COMPANY = new IntSlot(15, true);
    static final IntSlot RULES = new IntSlot(15, false);
    private static final int AFTER_DERIVED = 16;

    // Motion: what the open segment is, and what its candidate would be.
    static final BitSlot MOTION = new BitSlot(FLAGS, 0, 2);
    static final BitSlot CANDIDATE_MOVES = new BitSlot(FLAGS, 2, 1);
    static final BitSlot SEGMENT_INFERRED = new BitSlot(FLAGS, 3, 1);
    static final BitSlot SEGMENT_BACKFILL = new BitSlot(FLAGS, 4, 1);
    // Fix quality: bad fixes in a row, intervals in a row that were slower than reported, where the speed came from.
    static final BitSlot BAD_RUN = new BitSlot(FLAGS, 5, 2);
    static final BitSlot SLOW_RUN = new BitSlot(FLAGS, 7, 2);
    static final BitSlot BY_RECORDER = new BitSlot(FLAGS, 9, 1);
    // Prompts: said in this period, said of this very run.
    static final BitSlot PROMPTED = new BitSlot(FLAGS, 10, 1);
    static final BitSlot PROMPT_OF_RUN = new BitSlot(FLAGS, 11, 1);

    // Terminal alarms: a stretch of one is on its way.
    static final BitSlot TERMINAL = new BitSlot(FLAGS, 12, 1);

    /** Array of all blocks; replaced when it grows, so never kept by anyone. */
    long[] words = new long[LEAD + 64 * WORDS];

    private int[] denseOf = new int[1024];
    private int[] vehicleOf = new int[64];
    private int count;

    /** Number of vehicles. */
    int count() {
        return count;
    }

    /** The vehicle with a dense number. */
    int vehicleId(int dense) {
        return vehicleOf[dense];
    }

    /** Where a vehicle's block begins in {@link #words}. */
    static int base(int dense) {
        return LEAD + dense * WORDS;
    }

    /** Dense number of a vehicle, or -1 if it was never seen. */
    int find(int vehicleId) {
        return vehicleId >= 0 && vehicleId < denseOf.length ? denseOf[vehicleId] - 1 : -1;
    }

    /**
     * Reads a word of each cache line of a vehicle, so that it is in the cache when its position comes.
     *
     * @return nothing of meaning, but to be kept, or the reads would be optimised away
     */
    long touch(int vehicleId) {
        int dense = find(vehicleId);
        if (dense < 0) {
            return 0;
        }
        int base = base(dense);
        return words[base] ^ words[base + WORDS / 3] ^ words[base + 2 * WORDS / 3];
    }

    /** Dense number of a vehicle, with a fresh block if it is new. */
    int findOrAdd(int vehicleId) {
        int dense = find(vehicleId);
        return dense >= 0 ? dense : add(vehicleId);
    }

    private int add(int vehicleId) {
        if (vehicleId < 0) {
            throw new IllegalArgumentException("vehicle ids count from 0: vehicleId=" + vehicleId);
        }
        if (vehicleId >= denseOf.length) {
            denseOf = Arrays.copyOf(denseOf, Math.max(vehicleId + 1, denseOf.length * 2));
        }
        if (count == vehicleOf.length) {
            vehicleOf = Arrays.copyOf(vehicleOf, count * 2);
            words = Arrays.copyOf(words, LEAD + count * 2 * WORDS);
        }
        int dense = count++;
        vehicleOf[dense] = vehicleId;
        denseOf[vehicleId] = dense + 1;
        FRONTIER.set(words, base(dense), Long.MIN_VALUE);
        WAKE.set(words, base(dense), VehicleStage.NO_WAKE);
        return dense;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(WORDS);
        out.writeInt(count);
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + WORDS * Long.BYTES);
        for (int dense = 0; dense < count; dense++) {
            buffer.clear();
            buffer.putInt(vehicleOf[dense]);
            int base = base(dense);
            for (int i = 0; i < WORDS; i++) {
                buffer.putLong(i >= FIRST_DERIVED && i < AFTER_DERIVED ? 0 : words[base + i]);
            }
            out.write(buffer.array());
        }
    }

    static VehicleBlocks readFrom(DataInput in) throws IOException {
        int width = in.readInt();
        if (width != WORDS) {
            throw new IOException("blocks of another layout: words=" + width + ", readable=" + WORDS);
        }
        VehicleBlocks blocks = new VehicleBlocks();
        int vehicles = in.readInt();
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + WORDS * Long.BYTES);
        for (int i = 0; i < vehicles; i++) {
            buffer.clear();
            in.readFully(buffer.array());
            int base = base(blocks.findOrAdd(buffer.getInt()));
            for (int k = 0; k < WORDS; k++) {
                blocks.words[base + k] = buffer.getLong();
            }
        }
        return blocks;
    }
}
