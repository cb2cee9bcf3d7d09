package io.haulwatch.jt808.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.GoldenFrame;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.jt808.message.LocationReport.Item;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.haulwatch.jt808.message.RegistrationAnswer;
import io.haulwatch.jt808.message.ResendRequest;
import io.haulwatch.jt808.message.TextMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is written is byte for byte what the sheet prints, or what a golden file built by hand holds. */
class FrameWriterTest {
    private static final TerminalAddress OLD = TerminalAddress.of("13912345678", false);
    private static final TerminalAddress NEW = TerminalAddress.of("13912345678", true);

    private final FrameWriter writer = new FrameWriter();

    @Test
    void writesAHeartbeatWhoseChecksumMustBeEscaped() {
        writer.begin(OLD, MessageId.HEARTBEAT, 76);
        assertSame("worked/01-heartbeat-2013");
    }

    @Test
    void writesARegistrationInEachEdition() {
        writer.begin(OLD, MessageId.REGISTER, 1);
        new Registration(Edition.V2013, 44, 300, "70111", "JB-GW01", "A00123Z", 2, "粤B12345").put(writer);
        assertSame("worked/02-registration-2013");

        writer.begin(OLD, MessageId.REGISTER, 1);
        new Registration(Edition.V2011, 51, 124, "HWLTD", "T-1", "Z000001", 2, "川A12345").put(writer);
        assertSame("quirks/registration-2011");

        writer.begin(NEW, MessageId.REGISTER, 1);
        new Registration(Edition.V2019, 51, 124, "HWLTD", "T-1", "Z000001", 93, "川AD12345").put(writer);
        assertSame("quirks/registration-2019");
    }

    @Test
    void writesAnswersOfThePlatform() {
        writer.begin(OLD, MessageId.REGISTER_ANSWER, 0);
        new RegistrationAnswer(1, RegistrationAnswer.SUCCESS, "AK7F3Q2026").put(writer);
        assertSame("worked/03-registration-answer");

        writer.begin(NEW, MessageId.PLATFORM_ANSWER, 0);
        GeneralAnswer.put(writer, 2, MessageId.AUTHENTICATE, GeneralAnswer.SUCCESS);
        assertSame("worked/05-general-answer-2019");

        writer.begin(OLD, MessageId.REGISTER_ANSWER, 0);
        new RegistrationAnswer(1, RegistrationAnswer.NO_SUCH_VEHICLE, "ignored").put(writer);
        assertThat(hex()).startsWith("7E81000003");
    }

    @Test
    void writesAnAuthenticationInBothForms() {
        writer.begin(NEW, MessageId.AUTHENTICATE, 2);
        new Authentication(Edition.V2019, "AK7F3Q2026", "860000000000017", "GW1.4.2").put(writer);
        assertSame("worked/04-authentication-2019");

        writer.begin(OLD, MessageId.AUTHENTICATE, 1);
        new Authentication(Edition.V2013, "AK7F3Q2026", "", "").put(writer);
        assertSame("quirks/authentication-2013");
    }

    @Test
    void writesABatchOfPositions() {
        LocationReport first = new LocationReport(
                0,
                0xC0003,
                22_531_880,
                114_057_640,
                40,
                500,
                90,
                millis("2026-03-15T06:40:00Z"),
                List.of(Item.mileage(123_600)));
        LocationReport second = new LocationReport(
                0,
                0xC0003,
                22_532_090,
                114_057_310,
                40,
                507,
                90,
                millis("2026-03-15T06:40:10Z"),
                List.of(Item.mileage(123_602)));
        LocationReport third = new LocationReport(0x100, 1, 0, 0, 0, 0, 0, millis("2026-03-15T06:40:20Z"), List.of());
        writer.begin(OLD, MessageId.LOCATION_BATCH, 301);
        LocationReport.putBatch(writer, 1, List.of(first, second, third));
        assertSame("worked/08-batch-of-three");
    }

    @Test
    void writesAPositionSouthWestAndAsAnAnswer() {
        LocationReport report = new LocationReport(
                0, 3, -33_456_789, -70_648_266, 100, 456, 90, millis("2026-01-01T19:04:05Z"), List.of());
        writer.begin(OLD, MessageId.LOCATION, 1);
        report.put(writer);
        assertSame("quirks/south-west");

        LocationReport north = new LocationReport(
                0, 3, 30_000_001, 120_000_002, 100, 456, 90, millis("2026-01-01T19:04:05.999Z"), List.of());
        writer.begin(OLD, MessageId.LOCATION_ANSWER, 1);
        north.putAnswer(writer, 0);
        assertSame("quirks/answer-without-query");
    }

    @Test
    void writesTextsAndResendRequestsInBothForms() {
        TextMessage text = new TextMessage(true, true, true, "前方拥堵,请减速");
        text.put(false, writer.begin(OLD, MessageId.TEXT, 1));
        assertSame("quirks/text-2013");
        text.put(true, writer.begin(NEW, MessageId.TEXT, 1));
        assertSame("quirks/text-2019");

        ResendRequest request = new ResendRequest(310, List.of(2, 5));
        request.put(false, writer.begin(OLD, MessageId.RESEND_BY_PLATFORM, 1));
        assertSame("quirks/resend-request-2013");
        request.put(true, writer.begin(NEW, MessageId.RESEND_BY_PLATFORM, 1));
        assertSame("quirks/resend-request-2019");
    }

    @Test
    void cutsALongBodyIntoPackagesWithConsecutiveSerials() {
        String media = "000000090000020100000001000000030157CF2806CC61A8002800000000260315144500FFD8FFE070717273"
                + "7475767778797A7B7C7D7E7F80818283FFD9";
        FrameWriter cutting = new FrameWriter(44);
        ByteBuf out = Unpooled.buffer();
        cutting.begin(OLD, MessageId.MEDIA_DATA, 310).putBytes(HexFormat.of().parseHex(media));
        assertThat(cutting.end(out)).isEqualTo(2);
        assertThat(ByteBufUtil.getBytes(out))
                .isEqualTo(concat(
                        GoldenFrame.named("worked/09a-media-package-1").wire(),
                        GoldenFrame.named("worked/09b-media-package-2").wire()));
    }

    @Test
    void wrapsSerialsInsideOneLongMessage() {
        ByteBuf out = Unpooled.buffer();
        writer.begin(OLD, MessageId.TEXT, 0xFFFF).putBytes(new byte[1_024]);
        assertThat(writer.end(out)).isEqualTo(2);
        assertThat(StreamRecorder.of(ByteBufUtil.hexDump(out)))
                .extracting(frame -> frame.substring(20, 32))
                .containsExactly("FFFF00020001", "000000020002");
    }

    @Test
    void mirrorsTheRawPhoneAndTheVersionOfThePeer() {
        FrameView view = new FrameView();
        byte[] frame = HexFormat.of().parseHex("00024000" + "07" + "000000000A00C0FFEE01" + "0102");
        assertThat(view.wrap(frame, 0, frame.length)).isEqualTo(FrameStatus.COMPLETE);
        TerminalAddress address = TerminalAddress.of(view);
        assertThat(address.phone()).isEqualTo("A00C0FFEE01");
        GeneralAnswer.put(writer.begin(address, MessageId.PLATFORM_ANSWER, 5), 0x102, 2, 0);
        assertThat(hex()).startsWith("7E8001400507000000000A00C0FFEE010005" + "0102000200");
    }

    @Test
    void wrapsAMessageThatIsThereAlready() {
        for (String golden : List.of("worked/01-heartbeat-2013", "worked/04-authentication-2019")) {
            byte[] wire = GoldenFrame.named(golden).wire();
            byte[] slice = Arrays.copyOfRange(wire, 1, wire.length - 1);
            int length = FrameEscaping.unescape(slice, slice.length) - 1;
            ByteBuf out = Unpooled.buffer();
            FrameWriter.wrap(out, slice, 0, length);
            assertThat(ByteBufUtil.getBytes(out)).as(golden).isEqualTo(wire);
        }
    }

    @Test
    void knowsATerminalInEitherFormOfItsNumber() {
        FrameView view = new FrameView();
        byte[] frame = HexFormat.of().parseHex("0002" + "0000" + "013912345678" + "0001");
        assertThat(view.wrap(frame, 0, frame.length)).isEqualTo(FrameStatus.COMPLETE);
        assertThat(view.isFrom(OLD)).isTrue();
        assertThat(view.isFrom(NEW)).isTrue();
        assertThat(view.isFrom(TerminalAddress.of("13912345679", false))).isFalse();
        assertThat(view.isFrom(TerminalAddress.of("13912345679", true))).isFalse();
        assertThat(view.isFrom(TerminalAddress.of("1000000013912345678", true))).isFalse();
        assertThat(TerminalAddress.of(view))
                .isEqualTo(OLD)
                .hasSameHashCodeAs(OLD)
                .isNotEqualTo(NEW);
    }

    @Test
    void refusesWhatTheWireCannotHold() {
        assertThatThrownBy(() -> TerminalAddress.of("1234567890123", false))
                .hasMessageContaining("phone=1234567890123");
        assertThatThrownBy(() -> TerminalAddress.of("", false)).hasMessageContaining("1 to 12 digits");
        assertThatThrownBy(() -> TerminalAddress.of("12G", true)).hasMessageContaining("hex digits only");
        assertThatThrownBy(() -> new TextMessage(false, true, false, "字".repeat(513)))
                .hasMessageContaining("length=1026");
        assertThatThrownBy(() -> writer.begin(OLD, 1, 1).putPadded("TOO LONG", 5))
                .hasMessageContaining("width=5");
        ByteBuf out = Unpooled.buffer();
        writer.begin(OLD, 1, 1).end(out);
        assertThatThrownBy(() -> writer.end(out)).hasMessageContaining("without begin");
        assertThatThrownBy(() -> writer.putU8(1)).hasMessageContaining("without begin");
    }

    private void assertSame(String golden) {
        assertThat(hex())
                .isEqualTo(HexFormat.of()
                        .withUpperCase()
                        .formatHex(GoldenFrame.named(golden).wire()));
    }

    private String hex() {
        ByteBuf out = Unpooled.buffer();
        assertThat(writer.end(out)).isEqualTo(1);
        return ByteBufUtil.hexDump(out).toUpperCase(Locale.ROOT);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return Unpooled.wrappedBuffer(first, second).copy().array();
    }
}
