package io.haulwatch.jt808;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.haulwatch.jt808.decode.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes chosen by coverage: nothing throws, and both readers agree. The ordinary build fuzzes for seconds; for a night of it, set
 * {@code maxDuration} higher.
 */
class FrameFuzzTest {
    static Stream<Arguments> golden() {
        return GoldenFrame.all().stream().map(frame -> Arguments.of((Object) frame.wire()));
    }

    @MethodSource("golden")
    @FuzzTest(maxDuration = "20s")
    void arbitraryBytesNeverThrow(byte[] noise) {
        judge(noise);
        // Half of the input space is beyond a checksum that no fuzzer guesses: the same bytes once more, rightly
        // framed.
        byte[] framed = Mutator.framed(noise);
        judge(framed);
        FrameDecoder.decode(HexFormat.of().formatHex(framed));
    }

    private static void judge(byte[] stream) {
        ByteBuf chunk = Unpooled.wrappedBuffer(stream);
        assertThat(new ProductParser().feed(chunk)).isEqualTo(ReferenceParser.parse(stream));
        assertThat(chunk.refCnt()).isOne();
    }
}
