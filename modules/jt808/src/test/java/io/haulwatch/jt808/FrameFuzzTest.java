package io.haulwatch.jt808;

import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.haulwatch.jt808.decode.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes chosen by coverage: nothing throws, and both readers agree. The ordinary build fuzzes for seconds; for a night of it, set
 * {@code maxDuration} higher.
 */
class FrameFuzzTest {
    static Stream<Arguments> golden() {
        return GoldenFrame.all().stream().map(frame -> Arguments.of((Object) Mutator.content(frame.wire())));
    }

    @MethodSource("golden")
    @FuzzTest(maxDuration = "20s")
    void arbitraryBytesNeverThrow(byte[] noise) {
        // No fuzzer guesses a checksum: behind the bytes stands a right frame that has the same bytes as its content.
        byte[] framed = Mutator.framed(noise);
        byte[] stream = Arrays.copyOf(noise, noise.length + framed.length);
        System.arraycopy(framed, 0, stream, noise.length, framed.length);
        ByteBuf chunk = Unpooled.wrappedBuffer(stream);
        List<Event> found = new ProductParser().feed(chunk);
        List<Event> expected = ReferenceParser.parse(stream);
        if (!found.equals(expected)) {
            fail("reference: %s%nproduct:   %s", expected, found);
        }
        if (chunk.refCnt() != 1) {
            fail("the chunk was released or kept: refCnt=%d", chunk.refCnt());
        }
        FrameDecoder.decode(HexFormat.of().formatHex(framed));
    }
}
