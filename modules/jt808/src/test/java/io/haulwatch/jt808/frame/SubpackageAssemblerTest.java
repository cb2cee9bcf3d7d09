package io.haulwatch.jt808.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.jt808.frame.SubpackageAssembler.Gap;
import io.haulwatch.jt808.frame.SubpackageAssembler.Limits;
import io.haulwatch.jt808.frame.SubpackageAssembler.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sub-packages as the sheet wants them and as terminals send them (section 12: out of order, repeated, one serial, never whole). */
class SubpackageAssemblerTest {
    private static final int BATCH = 0x0704;
    private static final int MEDIA = 0x0801;

    private final SubpackageAssembler assembler = new SubpackageAssembler(new Limits(1_000, 3, 60_000));

    @Test
    void joinsPackagesInAnyOrder() {
        assertThat(add(MEDIA, 312, 3, 3, "CC")).isEqualTo(Outcome.WAITING);
        assertThat(add(MEDIA, 310, 3, 1, "AA")).isEqualTo(Outcome.WAITING);
        assertThat(add(MEDIA, 311, 3, 2, "BBBB")).isEqualTo(Outcome.COMPLETE);
        SubpackageAssembler.Assembled whole = assembler.take();
        assertThat(whole.body()).isEqualTo(HexFormat.of().parseHex("AABBBBCC"));
        assertThat(whole.messageId()).isEqualTo(MEDIA);
        assertThat(whole.firstSerial()).isEqualTo(310);
        assertThat(whole.lastSerial()).isEqualTo(311);
        assertThat(assembler.pendingMessages()).isZero();
        assertThat(assembler.heldBytes()).isZero();
        assertThatThrownBy(assembler::take).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsTwoMessagesOfOneKindApart() {
        add(BATCH, 10, 2, 1, "A1");
        add(BATCH, 20, 2, 1, "B1");
        assertThat(add(BATCH, 21, 2, 2, "B2")).isEqualTo(Outcome.COMPLETE);
        assertThat(assembler.take().body()).isEqualTo(HexFormat.of().parseHex("B1B2"));
        assertThat(add(BATCH, 11, 2, 2, "A2")).isEqualTo(Outcome.COMPLETE);
        assertThat(assembler.take().body()).isEqualTo(HexFormat.of().parseHex("A1A2"));
    }

    @Test
    void joinsAcrossTheWrapOfTheSerial() {
        add(BATCH, 0xFFFF, 2, 1, "A1");
        assertThat(add(BATCH, 0, 2, 2, "A2")).isEqualTo(Outcome.COMPLETE);
        assertThat(assembler.take().firstSerial()).isEqualTo(0xFFFF);
    }

    @Test
    void knowsARepeatedPackage() {
        add(BATCH, 10, 2, 1, "A1");
        assertThat(add(BATCH, 10, 2, 1, "A1")).isEqualTo(Outcome.REPEATED);
        assertThat(assembler.pendingMessages()).isOne();
    }

    @Test
    void startsOverWhenTheSameNameComesWithOtherBytes() {
        add(BATCH, 10, 2, 1, "A1");
        assertThat(add(BATCH, 10, 2, 1, "C1")).isEqualTo(Outcome.WAITING);
        assertThat(add(BATCH, 11, 2, 2, "C2")).isEqualTo(Outcome.COMPLETE);
        assertThat(assembler.take().body()).isEqualTo(HexFormat.of().parseHex("C1C2"));
        assertThat(assembler.heldBytes()).isZero();
    }

    @Test
    void fallsBackToIdAndTotalWhenAllSerialsAreEqual() {
        add(BATCH, 0, 3, 1, "A1");
        assertThat(add(BATCH, 0, 3, 3, "A3")).isEqualTo(Outcome.WAITING);
        assertThat(add(BATCH, 0, 3, 3, "A3")).isEqualTo(Outcome.REPEATED);
        assertThat(assembler.pendingMessages()).isOne();
        assertThat(add(BATCH, 0, 3, 2, "A2")).isEqualTo(Outcome.COMPLETE);
        assertThat(assembler.take().body()).isEqualTo(HexFormat.of().parseHex("A1A2A3"));
        add(BATCH, 0, 2, 1, "B1");
        assertThat(add(BATCH, 0, 2, 2, "B2")).isEqualTo(Outcome.COMPLETE);
        assertThat(assembler.take().body()).isEqualTo(HexFormat.of().parseHex("B1B2"));
    }

    @Test
    void takesAChangedTotalForAnotherMessage() {
        add(BATCH, 10, 2, 1, "A1");
        assertThat(add(BATCH, 11, 3, 2, "A2")).isEqualTo(Outcome.WAITING);
        assertThat(assembler.pendingMessages()).isEqualTo(2);
    }

    @Test
    void refusesNumbersThatCannotBe() {
        assertThat(add(BATCH, 10, 2, 0, "A1")).isEqualTo(Outcome.BAD_NUMBER);
        assertThat(add(BATCH, 10, 2, 3, "A1")).isEqualTo(Outcome.BAD_NUMBER);
        assertThat(add(BATCH, 10, 0, 0, "A1")).isEqualTo(Outcome.BAD_NUMBER);
        assertThat(assembler.pendingMessages()).isZero();
    }

    @Test
    void takesAPackageOfOneForAWholeMessage() {
        assertThat(add(BATCH, 10, 1, 1, "A1")).isEqualTo(Outcome.COMPLETE);
        assertThat(assembler.take().body()).isEqualTo(HexFormat.of().parseHex("A1"));
    }

    @Test
    void refusesOneMessageTooMany() {
        add(BATCH, 10, 2, 1, "A1");
        add(BATCH, 20, 2, 1, "B1");
        add(BATCH, 30, 2, 1, "C1");
        assertThat(add(BATCH, 40, 2, 1, "D1")).isEqualTo(Outcome.TOO_MANY_MESSAGES);
        assertThat(add(BATCH, 11, 2, 2, "A2")).isEqualTo(Outcome.COMPLETE);
        assertThat(add(BATCH, 40, 2, 1, "D1")).isEqualTo(Outcome.WAITING);
    }

    @Test
    void refusesBytesOverTheQuotaAndAnnouncementsToo() {
        assertThat(add(BATCH, 10, 65_535, 1, "A1")).isEqualTo(Outcome.TOO_MANY_BYTES);
        assertThat(add(BATCH, 10, 2, 1, "AA".repeat(900))).isEqualTo(Outcome.WAITING);
        assertThat(add(BATCH, 11, 2, 2, "AA".repeat(100))).isEqualTo(Outcome.TOO_MANY_BYTES);
        assertThat(assembler.heldBytes()).isEqualTo(916);
        assertThat(add(BATCH, 11, 2, 2, "AA".repeat(84))).isEqualTo(Outcome.COMPLETE);
        assertThat(assembler.heldBytes()).isZero();
    }

    @Test
    void givesUpWhatNeverBecomesWhole() {
        assembler.add(frame(BATCH, 10, 2, 1, "A1"), 1_000);
        assembler.add(frame(BATCH, 20, 2, 1, "B1"), 50_000);
        assertThat(assembler.expire(61_000)).isZero();
        assertThat(assembler.expire(61_001)).isOne();
        assertThat(assembler.pendingMessages()).isOne();
        assertThat(assembler.heldBytes()).isEqualTo(17);
    }

    @Test
    void saysWhichNumbersAreMissing() {
        assembler.add(frame(MEDIA, 312, 4, 3, "A3"), 1_000);
        assembler.add(frame(BATCH, 0, 2, 2, "B2"), 9_000);
        assertThat(assembler.gaps(9_999, 9_000)).isEmpty();
        assertThat(assembler.gaps(10_000, 9_000)).containsExactly(new Gap(MEDIA, 310, 4, List.of(1, 2, 4)));
        assertThat(assembler.gaps(18_000, 9_000))
                .containsExactly(new Gap(MEDIA, 310, 4, List.of(1, 2, 4)), new Gap(BATCH, 0xFFFF, 2, List.of(1)));
    }

    static LongStream seeds() {
        return LongStream.range(1, 101);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderWithRepetitionsGivesTheSameBodies(long seed) {
        Random random = new Random(seed);
        boolean oneSerial = random.nextInt(4) == 0;
        int messages = oneSerial ? 1 : 3;
        List<FrameView> frames = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int m = 0; m < messages; m++) {
            int total = 2 + random.nextInt(8);
            int serial = random.nextInt(65_536);
            StringBuilder body = new StringBuilder();
            for (int number = 1; number <= total; number++) {
                String part = HexFormat.of().withUpperCase().toHexDigits((short) (m * 256 + number));
                body.append(part);
                int used = oneSerial ? serial : serial + number - 1;
                frames.add(frame(BATCH, used & 0xFFFF, total, number, part));
            }
            expected.add(body.toString());
        }
        List<FrameView> sent = new ArrayList<>(frames);
        Collections.shuffle(sent, random);
        List<String> joined = new ArrayList<>();
        for (FrameView frame : sent) {
            if (assembler.add(frame, 0) == Outcome.COMPLETE) {
                joined.add(HexFormat.of()
                        .withUpperCase()
                        .formatHex(assembler.take().body()));
            } else if (random.nextInt(3) == 0) {
                assertThat(assembler.add(frame, 0)).isEqualTo(Outcome.REPEATED);
            }
        }
        assertThat(joined).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(assembler.heldBytes()).isZero();
    }

    private Outcome add(int messageId, int serial, int total, int number, String body) {
        return assembler.add(frame(messageId, serial, total, number, body), 0);
    }

    private static FrameView frame(int messageId, int serial, int total, int number, String body) {
        HexFormat hex = HexFormat.of();
        String frame = hex.toHexDigits((short) messageId)
                + hex.toHexDigits((short) (0x2000 | body.length() / 2))
                + "013912345678"
                + hex.toHexDigits((short) serial)
                + hex.toHexDigits((short) total)
                + hex.toHexDigits((short) number)
                + body;
        byte[] bytes = hex.parseHex(frame);
        FrameView view = new FrameView();
        assertThat(view.wrap(bytes, 0, bytes.length)).isEqualTo(FrameStatus.COMPLETE);
        return view;
    }
}
