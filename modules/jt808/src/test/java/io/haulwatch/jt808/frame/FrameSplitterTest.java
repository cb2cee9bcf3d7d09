package io.haulwatch.jt808.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.jt808.GoldenFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quirks of streams (section 12 of the sheet), in bytes written out. */
class FrameSplitterTest {
    private static final String A = "000200000139123456780001";
    private static final String B = "000200000139123456780002";

    /** Heartbeats of 13912345678 with serials 1 and 2, flags left out. */
    private static final String WIRE_A = A + "33";

    private static final String WIRE_B = B + "30";

    private static final List<byte[]> WIRES =
            GoldenFrame.all().stream().map(GoldenFrame::wire).toList();

    @Test
    void findsNeighboursThatShareAFlag() {
        assertThat(StreamRecorder.of("7E" + WIRE_A + "7E" + WIRE_B + "7E")).containsExactly(A, B);
    }

    @Test
    void takesDoubledFlagsForNothing() {
        assertThat(StreamRecorder.of("7E7E" + WIRE_A + "7E7E7E" + WIRE_B + "7E7E"))
                .containsExactly(A, B);
    }

    @Test
    void skipsNoiseBeforeTheFirstFlag() {
        assertThat(StreamRecorder.of("2B2B2B0D0A" + "7E" + WIRE_A + "7E")).containsExactly("noise 5", A);
    }

    @Test
    void skipsNoiseBetweenFrames() {
        assertThat(StreamRecorder.of("7E" + WIRE_A + "7E" + "2424" + "7E" + WIRE_B + "7E"))
                .containsExactly(A, "too_short 2", B);
        assertThat(StreamRecorder.of("7E" + WIRE_A + "7E" + "41542B435351".repeat(3) + "7E" + WIRE_B + "7E"))
                .containsExactly(A, "bad_checksum 18", B);
    }

    @Test
    void waitsForAFrameInManySegments() {
        byte[] wire = HexFormat.of().parseHex("7E" + WIRE_A + "7E");
        FrameSplitter splitter = new FrameSplitter();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < wire.length; i++) {
            assertThat(seen).isEmpty();
            splitter.feed(Unpooled.wrappedBuffer(wire, i, 1), collector(seen));
            assertThat(splitter.pendingBytes()).isEqualTo(i == wire.length - 1 ? 0 : i);
        }
        assertThat(seen).containsExactly("1");
    }

    @Test
    void harmsNoNeighbourOfADamagedFrame() {
        String damaged = "000200000139123456780001FF";
        String badEscape = "0002000001391234567800017D0333";
        assertThat(StreamRecorder.of("7E" + damaged + "7E7E" + badEscape + "7E7E" + WIRE_B + "7E"))
                .containsExactly("bad_checksum 13", "bad_escape 15", B);
    }

    @Test
    void takesTheNextFrameWhenAFrameWasCutOff() {
        assertThat(StreamRecorder.of("7E" + "00020000013912" + "7E" + WIRE_B + "7E"))
                .containsExactly("too_short 7", B);
    }

    @Test
    void takesTheLongestLegalFrameAndNotOneByteMore() {
        // 2,090 bytes between the flags, all of them escapes: 1,045 bytes of 0x7D, whose XOR is 0x7D and not 0.
        String longest = "7D01".repeat(1_045);
        assertThat(StreamRecorder.of("7E" + longest + "7E" + WIRE_A + "7E")).containsExactly("bad_checksum 2090", A);
        assertThat(StreamRecorder.of("7E" + longest + "00" + "7E" + WIRE_A + "7E"))
                .containsExactly("too_long 2091", A);
        assertThat(StreamRecorder.of("7E" + "11".repeat(500_000) + "7E" + WIRE_A + "7E"))
                .containsExactly("too_long 500000", A);
    }

    @Test
    void ignoresDialectsWithOtherFlags() {
        assertThat(StreamRecorder.of("E7" + WIRE_A + "E7")).isEmpty();
        assertThat(StreamRecorder.of("E7" + WIRE_A + "E7" + "7E" + WIRE_B + "7E"))
                .containsExactly("noise 15", B);
    }

    @Test
    void goesOnWithTheNextFrameAfterAConsumerThrew() {
        FrameSplitter splitter = new FrameSplitter();
        ByteBuf chunk = Unpooled.wrappedBuffer(HexFormat.of().parseHex("7E" + WIRE_A + "7E" + WIRE_B + "7E"));
        assertThatThrownBy(() -> splitter.feed(chunk, new FrameConsumer() {
                    @Override
                    public void frame(FrameView frame) {
                        throw new IllegalStateException("broken consumer");
                    }

                    @Override
                    public void rejected(FrameStatus cause, int wireBytes) {}
                }))
                .hasMessage("broken consumer");
        List<String> seen = new ArrayList<>();
        splitter.feed(chunk, collector(seen));
        assertThat(seen).containsExactly("2");
    }

    static LongStream seeds() {
        return LongStream.range(1, 101);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anySplitOfTheStreamYieldsTheSameFrames(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        if (random.nextBoolean()) {
            stream.writeBytes(new byte[] {'+', '+', '+'});
        }
        for (int i = 0; i < 40; i++) {
            byte[] wire = WIRES.get(random.nextInt(WIRES.size()));
            switch (random.nextInt(6)) {
                case 0 -> stream.write(wire, 1, wire.length - 1);
                case 1 -> stream.write(wire, 0, wire.length - 1);
                case 2 -> stream.write(wire, 0, random.nextInt(wire.length));
                default -> stream.writeBytes(wire);
            }
        }
        byte[] whole = stream.toByteArray();
        List<String> expected = StreamRecorder.of(HexFormat.of().formatHex(whole));
        assertThat(expected).isNotEmpty();
        assertThat(StreamRecorder.ofPieces(whole, random, 1)).isEqualTo(expected);
        assertThat(StreamRecorder.ofPieces(whole, random, 7)).isEqualTo(expected);
        assertThat(StreamRecorder.ofPieces(whole, random, 300)).isEqualTo(expected);
    }

    private static FrameConsumer collector(List<String> serials) {
        return new FrameConsumer() {
            @Override
            public void frame(FrameView frame) {
                serials.add("" + frame.serial());
            }

            @Override
            public void rejected(FrameStatus cause, int wireBytes) {
                serials.add(cause.cause());
            }
        };
    }
}
