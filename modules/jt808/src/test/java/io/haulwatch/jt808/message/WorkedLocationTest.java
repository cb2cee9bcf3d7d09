package io.haulwatch.jt808.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.model.report.PositionRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Example 6 of the sheet, from the wire to the record of the log. */
class WorkedLocationTest {
    private static final String EXAMPLE_6 = """
            7E 02 00 00 47 01 39 12 34 56 78 00 7D 02 00 00 00 02 00 0C 00 03 01 57 E0 7D 01 06 CB 7D 02 12
            00 26 02 6A 00 57 26 03 15 14 30 05 01 04 00 01 E2 40 02 02 01 95 03 02 02 64 11 05 01 00 00 00
            4D 25 04 00 00 00 11 2A 02 00 00 2B 04 00 00 04 9C 30 01 18 31 01 0B D4 7E
            """;

    @Test
    void becomesARecordWithTheValuesOfTheSheet() {
        ByteBuffer target = ByteBuffer.allocate(300);
        List<String> seen = new ArrayList<>();
        ByteBuf wire = Unpooled.wrappedBuffer(HexFormat.of().parseHex(EXAMPLE_6.replaceAll("\\s", "")));
        new FrameSplitter().feed(wire, new FrameConsumer() {
            @Override
            public void frame(FrameView frame) {
                LocationView location = new LocationView();
                assertThat(location.wrap(frame.bytes(), frame.bodyOffset(), frame.bodyLength()))
                        .isTrue();
                location.toRecord(0, 4711, 1_773_556_300_000L, target, 7);
                seen.add(MessageId.text(frame.messageId()) + " " + frame.phone() + " " + frame.serial());
            }

            @Override
            public void rejected(FrameStatus cause, int wireBytes) {
                seen.add(cause.cause());
            }
        });

        assertThat(seen).containsExactly("0x0200 13912345678 126");
        PositionRecord record = new PositionRecord().wrap(target, 7);
        assertThat(record.vehicleId()).isEqualTo(4711);
        assertThat(Instant.ofEpochMilli(record.deviceMillis())).isEqualTo(Instant.parse("2026-03-15T06:30:05Z"));
        assertThat(record.alarms()).isEqualTo(2);
        assertThat(record.status()).isEqualTo(0x000C0003);
        assertThat(record.latitudeMicrodeg()).isEqualTo(22_536_317);
        assertThat(record.longitudeMicrodeg()).isEqualTo(113_999_378);
        assertThat(record.altitudeMetres()).isEqualTo(38);
        assertThat(record.speedDeciKmh()).isEqualTo(618);
        assertThat(record.headingDeg()).isEqualTo(87);
        assertThat(record.mileageDeciKm()).isEqualTo(123_456);
        assertThat(record.recorderSpeedDeciKmh()).isEqualTo(612);
        assertThat(record.signal()).isEqualTo(24);
        assertThat(record.satellites()).isEqualTo(11);
        assertThat(record.bodyLength()).isEqualTo(71);
        assertThat(record.flags()).isZero();
    }
}
