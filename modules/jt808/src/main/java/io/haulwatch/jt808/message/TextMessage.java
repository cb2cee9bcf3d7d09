package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * Text to the cab (文本信息下发, 0x8300). The flag bits moved between editions: urgency is one bit in 2011 and 2013 and a two-bit class in
 * 2019, which also has a type byte.
 *
 * @param urgent urgent (紧急); otherwise the text is a notice
 * @param display shown on the terminal's display
 * @param speak read aloud by TTS
 * @param text at most 1024 bytes as GBK
 */
public record TextMessage(boolean urgent, boolean display, boolean speak, String text) {
    /** GBK bytes that the standard allows. */
    public static final int LONGEST = 1_024;

    private static final int URGENT_2013 = 1;
    private static final int CLASS_2019 = 3;
    private static final int URGENT_2019 = 2;
    private static final int NOTICE_2019 = 3;
    private static final int DISPLAY = 1 << 2;
    private static final int SPEAK = 1 << 3;
    private static final int TYPE_NOTICE = 1;

    /** Refuses a text that is too long. */
    public TextMessage {
        int length = Gbk.bytes(text).length;
        if (length > LONGEST) {
            throw new IllegalArgumentException("text is longer than " + LONGEST + " bytes of GBK: length=" + length);
        }
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable TextMessage read(boolean is2019, byte[] bytes, int offset, int length) {
        int head = is2019 ? 2 : 1;
        if (length < head || length - head > LONGEST) {
            return null;
        }
        int flags = bytes[offset] & 0xFF;
        boolean urgent = is2019 ? (flags & CLASS_2019) == URGENT_2019 : (flags & URGENT_2013) != 0;
        String text = Gbk.text(bytes, offset + head, length - head);
        return new TextMessage(urgent, (flags & DISPLAY) != 0, (flags & SPEAK) != 0, text);
    }

    /** The flags BYTE in the form of 2011 and 2013, or of 2019. */
    public int flags(boolean is2019) {
        int urgency;
        if (is2019) {
            urgency = urgent ? URGENT_2019 : NOTICE_2019;
        } else {
            urgency = urgent ? URGENT_2013 : 0;
        }
        return urgency | (display ? DISPLAY : 0) | (speak ? SPEAK : 0);
    }

    /** Writes the body; a text of more than 1,021 bytes leaves in two packages. */
    public FrameWriter put(boolean is2019, FrameWriter writer) {
        writer.putU8(flags(is2019));
        if (is2019) {
            writer.putU8(TYPE_NOTICE);
        }
        return writer.putText(text);
    }
}
