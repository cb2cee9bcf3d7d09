package io.haulwatch.jt808;

import io.haulwatch.jt808.field.Bcd;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.message.LocationBatchView;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.model.report.PositionRecord;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The product's own way from bytes to the record of the log, told as events. */
final class ProductParser implements FrameConsumer {
    private static final int VEHICLE = 4711;
    private static final long RECEIVED = 1_773_556_300_000L;

    private final FrameSplitter splitter = new FrameSplitter();
    private final LocationView location = new LocationView();
    private final LocationBatchView batch = new LocationBatchView();
    private final ByteBuffer target = ByteBuffer.allocate(4_096);
    private final PositionRecord record = new PositionRecord();
    private List<Event> events = new ArrayList<>();

    /** Feeds a chunk; says what it completed. */
    List<Event> feed(ByteBuf chunk) {
        splitter.feed(chunk, this);
        List<Event> found = events;
        events = new ArrayList<>();
        return found;
    }

    @Override
    public void frame(FrameView frame) {
        String header = frame.messageId()
                + (frame.is2019() ? " 2019/" + frame.protocolVersion() : " old")
                + " "
                + frame.phone() + " " + frame.serial() + " " + frame.packageTotal() + "/" + frame.packageNumber()
                + " enc"
                + frame.encryption() + " " + frame.declaredBodyLength() + "/" + frame.bodyLength();
        String body = Bcd.hex(frame.bytes(), frame.bodyOffset(), frame.bodyLength());
        boolean readable = frame.encryption() == 0 && frame.packageTotal() == 1;
        events.add(new Event("frame", header, body, readable ? positions(frame) : List.of()));
    }

    @Override
    public void rejected(FrameStatus cause, int wireBytes) {
        events.add(new Event(cause.cause(), wireBytes + " bytes", "", List.of()));
    }

    private List<Event.Position> positions(FrameView frame) {
        int edition = frame.is2019() ? PositionRecord.FLAG_2019 : 0;
        List<Event.Position> positions = new ArrayList<>();
        switch (frame.messageId()) {
            case MessageId.LOCATION -> {
                if (location.wrap(frame.bytes(), frame.bodyOffset(), frame.bodyLength())) {
                    positions.add(position(edition));
                }
            }
            case MessageId.LOCATION_ANSWER -> {
                if (location.wrap(frame.bytes(), frame.bodyOffset() + 2, frame.bodyLength() - 2)) {
                    positions.add(position(edition | PositionRecord.FLAG_ANSWER));
                }
            }
            case MessageId.LOCATION_BATCH -> {
                if (batch.wrap(frame.bytes(), frame.bodyOffset(), frame.bodyLength())) {
                    while (batch.next(location)) {
                        positions.add(position(edition | batch.recordFlags()));
                    }
                }
            }
            default -> {
                // No positions in the others.
            }
        }
        return positions;
    }

    private Event.Position position(int flags) {
        int length = location.toRecord(flags, VEHICLE, RECEIVED, target, 3);
        record.wrap(target, 3);
        if (record.length() != length || record.vehicleId() != VEHICLE || record.receivedMillis() != RECEIVED) {
            throw new AssertionError("the record does not hold what was put in: length=" + length);
        }
        byte[] body = record.body();
        return new Event.Position(
                record.flags(),
                record.deviceMillis(),
                record.hash(),
                record.alarms(),
                record.status(),
                record.latitudeMicrodeg(),
                record.longitudeMicrodeg(),
                record.altitudeMetres(),
                record.speedDeciKmh(),
                record.headingDeg(),
                record.satellites(),
                record.signal(),
                record.mileageDeciKm(),
                record.recorderSpeedDeciKmh(),
                Bcd.hex(body, 0, body.length));
    }
}
