package io.haulwatch.benchmarks;

import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.ItemId;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.jt808.message.LocationReport.Item;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one position report (0x0200) costs from bytes to the record of the log; the hold is 120 ns and 0 B per report. A thousand different
 * reports with different sets of items go round, so that no branch predictor learns one by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LocationDecodeBenchmark {
    private static final int REPORTS = 1_024;
    private static final long SEED = 20_260_315L;

    private final byte[][] bodies = new byte[REPORTS][];
    private final ByteBuf[] wires = new ByteBuf[REPORTS];
    private final LocationView view = new LocationView();
    private final ByteBuffer target = ByteBuffer.allocateDirect(4_096);
    private final FrameSplitter splitter = new FrameSplitter();
    private final ToRecord toRecord = new ToRecord();
    private int next;

    /** Makes the reports. */
    @Setup
    public void makeReports() {
        Random random = new Random(SEED);
        FrameWriter writer = new FrameWriter();
        TerminalAddress terminal = TerminalAddress.of("13912345678", false);
        for (int i = 0; i < REPORTS; i++) {
            ByteBuf wire = Unpooled.buffer(256);
            writer.begin(terminal, MessageId.LOCATION, i);
            report(random).put(writer);
            writer.end(wire);
            wires[i] = wire;
            int index = i;
            new FrameSplitter().feed(wire.duplicate(), new FrameConsumer() {
                @Override
                public void frame(FrameView frame) {
                    bodies[index] = frame.copyBody();
                }

                @Override
                public void rejected(FrameStatus cause, int wireBytes) {
                    throw new IllegalStateException("a frame of our own was rejected: cause=" + cause);
                }
            });
        }
    }

    /** The hold: a body in an array becomes a record in a buffer. */
    @Benchmark
    public int bodyToRecord() {
        byte[] body = bodies[next++ & (REPORTS - 1)];
        view.wrap(body, 0, body.length);
        return view.toRecord(0, 4711, 1_773_556_300_000L, target, 0);
    }

    /** The same from the wire: flags, escapes, checksum and header come first. */
    @Benchmark
    public int wireToRecord() {
        ByteBuf wire = wires[next++ & (REPORTS - 1)];
        wire.readerIndex(0);
        splitter.feed(wire, toRecord);
        return toRecord.length;
    }

    private static LocationReport report(Random random) {
        List<Item> items = new ArrayList<>();
        items.add(Item.mileage(random.nextInt(10_000_000)));
        if (random.nextBoolean()) {
            items.add(new Item(ItemId.FUEL, 2, random.nextInt(5_000)));
        }
        if (random.nextInt(4) > 0) {
            items.add(Item.recorderSpeed(random.nextInt(1_000)));
        }
        if (random.nextBoolean()) {
            items.add(new Item(ItemId.VEHICLE_SIGNALS, 4, random.nextInt(1 << 15)));
            items.add(new Item(ItemId.IO, 2, 0));
            items.add(new Item(ItemId.ANALOG, 4, random.nextInt()));
        }
        items.add(Item.signal(random.nextInt(32)));
        items.add(Item.satellites(random.nextInt(20)));
        return new LocationReport(
                random.nextInt(16) == 0 ? 2 : 0,
                0xC0003,
                18_000_000 + random.nextInt(30_000_000),
                75_000_000 + random.nextInt(60_000_000),
                random.nextInt(4_000) - 100,
                random.nextInt(1_200),
                random.nextInt(360),
                1_773_556_300_000L + 1_000L * random.nextInt(10_000_000),
                items);
    }

    private final class ToRecord implements FrameConsumer {
        private int length;

        @Override
        public void frame(FrameView frame) {
            view.wrap(frame.bytes(), frame.bodyOffset(), frame.bodyLength());
            length = view.toRecord(0, 4711, 1_773_556_300_000L, target, 0);
        }

        @Override
        public void rejected(FrameStatus cause, int wireBytes) {
            throw new IllegalStateException("a frame of our own was rejected: cause=" + cause);
        }
    }
}
