package io.haulwatch.jt808.frame;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts a stream of chunks into frames: finds the flags (标识位) across any split, un-escapes, checks the XOR, reads the header. One
 * splitter belongs to one connection; it keeps only the bytes of an unfinished frame and never a reference to a chunk.
 *
 * <p>The stream is cut at every 0x7E, since real terminals share one flag between two frames or send it twice: an empty slice
 * is nothing, a closing flag opens the next frame too. A slice that grows past the cap is dropped up to the next flag.
 */
public final class FrameSplitter {
    /** The longest legal frame on the wire, flags included: a header of 21, a body of 1,023 and the checksum, all escaped. */
    public static final int LONGEST_FRAME = 2_092;

    private static final int FLAGS = 2;
    private static final int SHORTEST_SLICE = 13;
    private static final int FIRST_CAPACITY = 256;

    private final int cap;
    private final FrameView view = new FrameView();
    private byte[] slice;
    private int length;
    private int dropped;
    private boolean sawFlag;
    private boolean overflowed;

    /** A splitter with the standard's cap. */
    public FrameSplitter() {
        this(LONGEST_FRAME);
    }

    /**
     * A splitter for dialects with longer frames.
     *
     * @param longestFrame bytes on the wire, flags included; at least 15
     */
    public FrameSplitter(int longestFrame) {
        if (longestFrame < SHORTEST_SLICE + FLAGS) {
            throw new IllegalArgumentException("no frame fits: longestFrame=" + longestFrame);
        }
        this.cap = longestFrame - FLAGS;
        this.slice = new byte[Math.min(FIRST_CAPACITY, cap)];
    }

    /** Reads all of {@code chunk} (moves its reader index, does not release it) and reports what it completes. */
    public void feed(ByteBuf chunk, FrameConsumer consumer) {
        while (chunk.isReadable()) {
            int from = chunk.readerIndex();
            int flag = chunk.indexOf(from, chunk.writerIndex(), FrameEscaping.FLAG);
            int count = (flag < 0 ? chunk.writerIndex() : flag) - from;
            if (count > 0) {
                take(chunk, count);
            }
            if (flag >= 0) {
                chunk.readerIndex(flag + 1);
                endSlice(consumer);
            }
        }
    }

    /** Bytes of an unfinished frame that wait for their closing flag. */
    public int pendingBytes() {
        return sawFlag ? length : 0;
    }

    private void take(ByteBuf chunk, int count) {
        if (!sawFlag || overflowed || length + count > cap) {
            overflowed = sawFlag;
            // Saturates: a stream without flags may run for as long as the connection lives.
            dropped = (int) Math.min(Integer.MAX_VALUE, (long) dropped + count + length);
            length = 0;
            chunk.skipBytes(count);
            return;
        }
        if (length + count > slice.length) {
            slice = Arrays.copyOf(slice, Math.min(cap, Math.max(2 * slice.length, length + count)));
        }
        chunk.readBytes(slice, length, count);
        length += count;
    }

    private void endSlice(FrameConsumer consumer) {
        // The state is reset first: a consumer that throws leaves a splitter that goes on with the next frame.
        int wireBytes = overflowed || !sawFlag ? dropped : length;
        boolean tooLong = overflowed;
        boolean noise = !sawFlag;
        sawFlag = true;
        overflowed = false;
        dropped = 0;
        length = 0;
        if (wireBytes == 0) {
            return;
        }
        FrameStatus status = noise ? FrameStatus.NOISE : tooLong ? FrameStatus.TOO_LONG : read(wireBytes);
        if (status == FrameStatus.COMPLETE) {
            consumer.frame(view);
        } else {
            consumer.rejected(status, wireBytes);
        }
    }

    private FrameStatus read(int wireBytes) {
        int unescaped = FrameEscaping.unescape(slice, wireBytes);
        if (unescaped < 0) {
            return FrameStatus.BAD_ESCAPE;
        }
        if (unescaped < SHORTEST_SLICE) {
            return FrameStatus.TOO_SHORT;
        }
        if (FrameEscaping.xor(slice, unescaped) != 0) {
            return FrameStatus.BAD_CHECKSUM;
        }
        return view.wrap(slice, 0, unescaped - 1);
    }
}
