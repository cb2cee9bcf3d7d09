package io.haulwatch.gateway.diary;

import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The last frames of one terminal that somebody looks at: {@value #FRAMES} of at most {@value #LONGEST} bytes, in memory that is there from the start. It closes by
 * itself when nobody has asked for a while.
 */
public final class FrameTap {
    static final int FRAMES = 20;
    static final int LONGEST = 1_100;

    private final byte[] bytes = new byte[FRAMES * LONGEST];
    private final int[] lengths = new int[FRAMES];
    private final long[] atMillis = new long[FRAMES];
    private long count;
    private long openUntilMillis;

    FrameTap(long openUntilMillis) {
        this.openUntilMillis = openUntilMillis;
    }

    /**
     * A frame as it came, escaped again and with its flags.
     *
     * @param whole false if it was longer than what is kept; then only its beginning is there
     */
    public record Frame(long atMillis, String hex, boolean whole) {}

    /** @return false if nobody looks any more */
    synchronized boolean take(FrameView frame, long nowMillis) {
        if (nowMillis > openUntilMillis) {
            return false;
        }
        int start = frame.phoneOffset() - (frame.is2019() ? 5 : 4);
        int length = frame.bodyOffset() + frame.bodyLength() - start;
        int place = (int) (count++ % FRAMES);
        System.arraycopy(frame.bytes(), start, bytes, place * LONGEST, Math.min(length, LONGEST));
        lengths[place] = length;
        atMillis[place] = nowMillis;
        return true;
    }

    synchronized void keepOpen(long untilMillis) {
        openUntilMillis = untilMillis;
    }

    synchronized boolean openAt(long nowMillis) {
        return nowMillis <= openUntilMillis;
    }

    /** Newest first. */
    synchronized List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        for (long i = count - 1; i >= Math.max(0, count - FRAMES); i--) {
            int place = (int) (i % FRAMES);
            int kept = Math.min(lengths[place], LONGEST);
            frames.add(new Frame(atMillis[place], wire(place * LONGEST, kept), lengths[place] <= LONGEST));
        }
        return frames;
    }

    private String wire(int from, int length) {
        ByteBuf wire = Unpooled.buffer(2 * length + 4);
        FrameWriter.wrap(wire, bytes, from, length);
        return HexFormat.of().withUpperCase().formatHex(wire.array(), 0, wire.readableBytes());
    }
}
