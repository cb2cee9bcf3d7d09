package io.haulwatch.jt808.field;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** STRING: GBK bytes without a terminator, read as its superset GB18030. */
public final class Gbk {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset GBK = Charset.forName("GBK");

    private Gbk() {}

    /** Text with padding (0x00 and blanks) trimmed at both ends; bytes that are no GBK become U+FFFD. */
    public static String text(byte[] bytes, int offset, int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && isPadding(bytes[start])) {
            start++;
        }
        while (end > start && isPadding(bytes[end - 1])) {
            end--;
        }
        return new String(bytes, start, end - start, GB18030);
    }

    /** As {@link #text}, but null if the bytes are not all assigned GBK characters. */
    public static @Nullable String strict(byte[] bytes, int offset, int length) {
        return strict(GBK, bytes, offset, length);
    }

    /** As {@link #strict}, for terminals that send UTF-8 where GBK is asked for. */
    public static @Nullable String strictUtf8(byte[] bytes, int offset, int length) {
        return strict(StandardCharsets.UTF_8, bytes, offset, length);
    }

    /** Encodes as GBK; a character that GBK lacks becomes a question mark. */
    public static byte[] bytes(String text) {
        return text.getBytes(GBK);
    }

    private static @Nullable String strict(Charset charset, byte[] bytes, int offset, int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && isPadding(bytes[start])) {
            start++;
        }
        while (end > start && isPadding(bytes[end - 1])) {
            end--;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException notThisCharset) {
            return null;
        }
    }

    private static boolean isPadding(byte b) {
        return b == 0 || b == ' ';
    }
}
