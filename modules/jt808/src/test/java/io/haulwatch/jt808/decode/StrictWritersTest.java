package io.haulwatch.jt808.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.AreaAttributes;
import io.haulwatch.jt808.area.Polygon;
import io.haulwatch.jt808.area.SpeedLimit;
import io.haulwatch.jt808.area.Vertex;
import io.haulwatch.jt808.control.AlarmConfirmation;
import io.haulwatch.jt808.control.CallBack;
import io.haulwatch.jt808.control.VehicleControl;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.media.MediaAnswer;
import io.haulwatch.jt808.media.ShootAnswer;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.TextMessage;
import io.haulwatch.jt808.parameter.Parameter;
import io.haulwatch.jt808.passage.Compressed;
import io.haulwatch.jt808.safety.AttachmentChunk;
import io.haulwatch.jt808.safety.AttachmentName;
import io.haulwatch.jt808.terminal.TerminalControl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What no terminal may be sent is refused before a byte is written, and the refusal names the value. */
class StrictWritersTest {
    private static final Vertex SHENZHEN = new Vertex(22_531_880, 114_057_640);

    @Test
    void refuseWhatTheEditionDoesNotHave() {
        refuses(Edition.V2019, new TerminalControl(TerminalControl.POWER_OFF, List.of()), "command=3");
        refuses(Edition.V2011, polygon(AreaAttributes.RADIO_OFF, null, "", SHENZHEN), "attributes=0x4000");
        refuses(Edition.V2013, polygon(0, null, "学校", SHENZHEN), "name=学校");
        refuses(Edition.V2013, polygon(0, new SpeedLimit(60, 5, 50), "", SHENZHEN), "nightMaxKmh=50");
        refuses(Edition.V2019, polygon(0, SpeedLimit.day(60, 5), "", SHENZHEN), "nightMaxKmh=-1");
        refuses(Edition.V2019, new VehicleControl.Flags(1), "flags=1");
        refuses(
                Edition.V2019,
                new TextMessage(false, false, true, false, true, false, TextMessage.TYPE_NOTICE, "x"),
                "advertising=true");
        refuses(
                Edition.V2013,
                new TextMessage(false, true, true, false, false, false, TextMessage.TYPE_SERVICE, "x"),
                "service=true");
    }

    @Test
    void refuseWhatTheFieldCannotHold() {
        refuses(Edition.V2013, new CallBack(0, "138001380001380013800"), "phone=138001380001380013800");
        refuses(Edition.V2013, new AlarmConfirmation(1, 2), "alarms=0x00000002");
        refuses(Edition.V2013, new ShootAnswer(1, 2, List.of(9L)), "result=2");
        refuses(Edition.V2013, new MediaAnswer(9, Collections.nCopies(126, 1)), "missing=126");
        refuses(Edition.V2013, new TerminalControl(TerminalControl.CONNECT, List.of("0", "a;b")), "a;b");
        refuses(
                Edition.V2013,
                polygon(0, null, "", SHENZHEN, new Vertex(-22_531_880, 114_057_640)),
                "latitude has both signs");
        assertThatThrownBy(() -> Parameter.text(0x0055, "80")).hasMessageContaining("id=0x0055");
        assertThatThrownBy(() -> Parameter.number(0x0031, 0x10000)).hasMessageContaining("value=65536");
    }

    @Test
    void writeTheBitsThatFollowFromWhatIsThereWhateverTheCallerClaims() {
        Polygon claimed = polygon(AreaAttributes.TIME | AreaAttributes.SOUTH, SpeedLimit.day(60, 5), "", SHENZHEN);
        byte[] body = body(Edition.V2013, claimed);
        assertThat(HexFormat.of().formatHex(body, 0, 6)).isEqualTo("000000060002");
    }

    @Test
    void lockWithZeroSince2019UnlessTheModelReadsItTheOldWay() {
        assertThat(body(Edition.V2013, VehicleControl.doors(Edition.V2013, true, false)))
                .containsExactly(1);
        assertThat(body(Edition.V2019, VehicleControl.doors(Edition.V2019, true, false)))
                .containsExactly(0, 1, 0, 1, 0);
        assertThat(body(Edition.V2019, VehicleControl.doors(Edition.V2019, true, true)))
                .containsExactly(0, 1, 0, 1, 1);
        assertThat(body(Edition.V2019, VehicleControl.doors(Edition.V2019, false, false)))
                .containsExactly(0, 1, 0, 1, 1);
    }

    @Test
    void unfoldACompressedMessageOnlyUpToTheLimit() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(new byte[1_000_000]);
        }
        Compressed bomb = new Compressed(Bytes.of(gzip.toByteArray()));
        assertThat(bomb.inflate(65_536)).isNull();
        assertThat(Objects.requireNonNull(bomb.inflate(1_000_000)).size()).isEqualTo(1_000_000);
        assertThat(new Compressed(Bytes.of((byte) 1, (byte) 2)).inflate(100)).isNull();
    }

    @Test
    void spellAChunkOfAnAttachmentAndItsName() {
        byte[] spelled = HexFormat.of()
                .parseHex("30316364" + "30305F36345F363430325F305F4E312E6A7067" + "00".repeat(31) + "00010000"
                        + "00000003" + "FFD8FF");
        AttachmentChunk chunk =
                new AttachmentChunk("00_64_6402_0_N1.jpg", 65_536, Bytes.of((byte) 0xFF, (byte) 0xD8, (byte) 0xFF));
        assertThat(chunk.toArray()).isEqualTo(spelled);
        assertThat(AttachmentChunk.read(Bytes.of(spelled).reader())).isEqualTo(chunk);
        assertThat(AttachmentChunk.read(Bytes.of(spelled, 0, spelled.length - 1).reader()))
                .isNull();
        AttachmentName name = Objects.requireNonNull(AttachmentName.read(chunk.name()));
        assertThat(name).isEqualTo(new AttachmentName(0, 64, "6402", 0, "N1", "jpg"));
        assertThat(name.text()).isEqualTo(chunk.name());
        assertThat(AttachmentName.read("00_64_6402_0_../../etc.jpg")).isNull();
    }

    private static Polygon polygon(int attributes, @Nullable SpeedLimit speed, String name, Vertex... vertices) {
        return new Polygon(6, attributes, null, speed, List.of(vertices), name);
    }

    private static void refuses(Edition edition, MessageBody body, String value) {
        assertThatThrownBy(() -> body(edition, body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(value);
    }

    private static byte[] body(Edition edition, MessageBody body) {
        FrameWriter writer = new FrameWriter();
        writer.begin(TerminalAddress.of("13912345678", edition == Edition.V2019), 0x8000, 1);
        body.put(edition, writer);
        ByteBuf out = Unpooled.buffer();
        int length = writer.size();
        writer.end(out);
        byte[] wire = new byte[out.readableBytes()];
        out.readBytes(wire);
        // Nothing in these bodies is escaped.
        int from = 1 + (edition == Edition.V2019 ? 17 : 12);
        return Arrays.copyOfRange(wire, from, from + length);
    }
}
