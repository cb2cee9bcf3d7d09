package io.haulwatch.app.truth;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.simulator.terminal.Identity;
import io.haulwatch.simulator.terminal.Reports;
import io.haulwatch.simulator.world.World;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;

/** What the fleet's terminals report in a stretch of device time, truck by truck, through frames and back. The view is reused. */
final class Reported implements Iterator<PositionRecord>, FrameConsumer {
    private final List<Identity> trucks;
    private final ToIntFunction<Identity> vehicleId;
    private final Instant from;
    private final Instant to;
    private final boolean history;
    private final Reports reports;
    private final FrameWriter frame = new FrameWriter();
    private final FrameSplitter splitter = new FrameSplitter();
    private final ByteBuf wire = Unpooled.buffer(512);
    private final LocationView location = new LocationView();
    private final ByteBuffer buffer = ByteBuffer.allocate(512);
    private final PositionRecord view = new PositionRecord().wrap(buffer, 0);
    private int at = -1;
    private long step;
    private long end = Long.MIN_VALUE;
    private boolean ready;
    private long frames;

    /** @param history as trucks upload what they missed, a point in 30 s; else as they report live */
    Reported(
            World world,
            List<Identity> trucks,
            ToIntFunction<Identity> vehicleId,
            Instant from,
            Instant to,
            boolean history) {
        this.trucks = trucks;
        this.vehicleId = vehicleId;
        this.from = from;
        this.to = to;
        this.history = history;
        reports = new Reports(world);
    }

    long frames() {
        return frames;
    }

    @Override
    public boolean hasNext() {
        while (!ready) {
            if (step >= end || at < 0) {
                if (++at == trucks.size()) {
                    return false;
                }
                int truck = trucks.get(at).truck();
                step = Reports.stepAt(truck, from.toEpochMilli() - 1) + 1;
                end = Reports.stepAt(truck, to.toEpochMilli());
            }
            ready = reports.reports(trucks.get(at).truck(), step, history);
            if (ready) {
                send();
            }
            step++;
        }
        return true;
    }

    private void send() {
        Identity truck = trucks.get(at);
        TerminalAddress address = TerminalAddress.of(truck.phone(), truck.edition() == Edition.V2019);
        frame.begin(address, MessageId.LOCATION, (int) (frames & 0xFFFF));
        reports.put(frame, truck.truck(), step);
        wire.clear();
        frame.end(wire);
        splitter.feed(wire, this);
        frames++;
    }

    @Override
    public void frame(FrameView read) {
        if (!location.wrap(read.bytes(), read.bodyOffset(), read.bodyLength())) {
            throw new IllegalStateException("a report is too short: bytes=" + read.bodyLength());
        }
        long device = Reports.millis(trucks.get(at).truck(), step);
        long received = history ? to.toEpochMilli() + 60_000 : device + 1_000;
        int flags = history ? PositionRecord.FLAG_BATCH | PositionRecord.FLAG_BACKFILL : 0;
        location.toRecord(flags, vehicleId.applyAsInt(trucks.get(at)), received, buffer, 0);
    }

    @Override
    public void rejected(FrameStatus cause, int wireBytes) {
        throw new IllegalStateException("the simulator writes a bad frame: cause=" + cause);
    }

    @Override
    public PositionRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        return view;
    }
}
