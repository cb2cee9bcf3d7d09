package io.haulwatch.jt808.frame;

import io.haulwatch.jt808.field.Bcd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Writes down what a splitter finds: whole frames as hex of header and body, the rest as cause and bytes. */
final class StreamRecorder implements FrameConsumer {
    private final List<String> seen = new ArrayList<>();

    /** What one chunk gives. */
    static List<String> of(String hex) {
        StreamRecorder recorder = new StreamRecorder();
        new FrameSplitter().feed(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))), recorder);
        return recorder.seen;
    }

    /** What the stream gives in chunks of random sizes up to {@code largest}; checks that no chunk is kept. */
    static List<String> ofPieces(byte[] stream, Random random, int largest) {
        StreamRecorder recorder = new StreamRecorder();
        FrameSplitter splitter = new FrameSplitter();
        int at = 0;
        while (at < stream.length) {
            int count = Math.min(stream.length - at, random.nextInt(largest) + 1);
            ByteBuf chunk = buffer(random, count, largest);
            chunk.writeBytes(stream, at, count);
            splitter.feed(chunk, recorder);
            if (chunk.isReadable() || chunk.refCnt() != 1 || !chunk.release()) {
                throw new AssertionError("chunk kept: " + chunk);
            }
            at += count;
        }
        return recorder.seen;
    }

    /** Pooled buffers are watched for leaks, at a price in time; crumbs come in plain ones. */
    private static ByteBuf buffer(Random random, int count, int largest) {
        if (largest < 100) {
            return Unpooled.buffer(count);
        }
        return random.nextBoolean()
                ? ByteBufAllocator.DEFAULT.directBuffer(count)
                : ByteBufAllocator.DEFAULT.heapBuffer(count);
    }

    @Override
    public void frame(FrameView frame) {
        int start = frame.phoneOffset() - (frame.is2019() ? 5 : 4);
        seen.add(Bcd.hex(frame.bytes(), start, frame.bodyOffset() + frame.bodyLength() - start));
    }

    @Override
    public void rejected(FrameStatus cause, int wireBytes) {
        seen.add(cause.cause() + " " + wireBytes);
    }
}
