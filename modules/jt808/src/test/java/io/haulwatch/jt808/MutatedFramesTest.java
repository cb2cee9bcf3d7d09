package io.haulwatch.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.haulwatch.jt808.decode.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A million damaged frames: nothing throws, nothing leaks, and what gets through the checksum is read as a plain second reader reads it. */
class MutatedFramesTest {
    private static final int SEEDS = 10;
    private static final int MUTANTS_A_SEED = 100_000;
    private static final int BUFFER = 16_384;
    private static final byte[] NEIGHBOUR = HexFormat.of().parseHex("7E000200000139123456780001337E");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    /** Each frame once, those of quirks and worked examples, mostly positions, eight times: positions are what flows. */
    private static List<byte[]> wires() {
        List<byte[]> wires = new ArrayList<>();
        for (GoldenFrame golden : GoldenFrame.all()) {
            wires.addAll(Collections.nCopies(golden.name().startsWith("messages") ? 1 : 8, golden.wire()));
        }
        return wires;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void areReadAsTheReferenceReadsThem(long seed) {
        Mutator mutator = new Mutator(seed, wires());
        ProductParser product = new ProductParser();
        ByteBuf chunk = Unpooled.buffer(BUFFER);
        ByteBuf watched = ByteBufAllocator.DEFAULT.directBuffer(BUFFER);
        // A connection's first flag; from here on every slice is judged.
        assertThat(product.feed(Unpooled.wrappedBuffer(NEIGHBOUR))).hasSize(1);
        int frames = 0;
        int positions = 0;
        for (int i = 0; i < MUTANTS_A_SEED; i++) {
            byte[] mutant = mutator.next();
            byte[] stream = new byte[mutant.length + 1 + NEIGHBOUR.length];
            stream[0] = 0x7E;
            System.arraycopy(mutant, 0, stream, 1, mutant.length);
            System.arraycopy(NEIGHBOUR, 0, stream, mutant.length + 1, NEIGHBOUR.length);
            List<Event> expected = ReferenceParser.parse(stream);
            ByteBuf buffer = i % 1_000 == 0 ? watched : chunk;
            buffer.clear().writeBytes(stream);
            List<Event> actual = product.feed(buffer);
            if (!actual.equals(expected)) {
                fail(
                        "seed=%d mutant=%d wire=%s%nreference: %s%nproduct:   %s",
                        seed, i, HexFormat.of().formatHex(mutant), expected, actual);
            }
            Event last = actual.getLast();
            if (!last.kind().equals("frame") || !last.header().contains("13912345678 1 ")) {
                fail("seed=%d mutant=%d: the neighbour was harmed: %s", seed, i, actual);
            }
            if (i % 5 == 0) {
                FrameDecoder.decode(HexFormat.of().formatHex(mutant));
            }
            for (Event event : actual) {
                frames += event.kind().equals("frame") ? 1 : 0;
                positions += event.positions().size();
            }
        }
        assertThat(watched.refCnt()).isOne();
        assertThat(watched.release()).isTrue();
        // A mutator that lets nothing through would prove nothing.
        assertThat(frames - MUTANTS_A_SEED).isGreaterThan(MUTANTS_A_SEED / 2);
        assertThat(positions).isGreaterThan(MUTANTS_A_SEED / 6);
    }
}
