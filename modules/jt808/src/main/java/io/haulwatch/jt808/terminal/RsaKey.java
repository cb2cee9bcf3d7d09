package io.haulwatch.jt808.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * RSA public key of the platform (平台RSA公钥, 0x8A00) or of the terminal (终端RSA公钥, 0x0A00).
 *
 * @param exponent e
 * @param modulus n, 128 bytes
 */
public record RsaKey(long exponent, Bytes modulus) implements MessageBody {
    private static final int MODULUS = 128;

    /** Reads a body; null if the key is not all there. */
    public static @Nullable RsaKey read(BodyReader in) {
        return in.has(4 + MODULUS) ? new RsaKey(in.u32(), in.bytes(MODULUS)) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        if (modulus.size() != MODULUS) {
            throw new IllegalArgumentException("n has 128 bytes: size=" + modulus.size());
        }
        return writer.putU32(Range.u32("exponent", exponent)).putBytes(modulus.toArray());
    }

    @Override
    public void describe(Tree tree) {
        tree.put("exponent", exponent).raw("modulus", modulus);
    }
}
