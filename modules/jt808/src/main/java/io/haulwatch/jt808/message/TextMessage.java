package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * Text to the cab (文本信息下发, 0x8300). The flag bits moved between editions: urgency is one bit in 2011 and 2013 and a two-bit class in
 * 2019, which also has a type byte.
 *
 * @param urgent urgent (紧急)
 * @param service class service (服务) of 2019; what is neither urgent nor service is a notice (通知)
 * @param display shown on the terminal's display
 * @param speak read aloud by TTS
 * @param advertising shown on the advertising screen, 2011 and 2013
 * @param canFault CAN fault code instead of navigation information, 2013 and 2019
 * @param type 1 notice, 2 service, 2019; not sent before
 * @param text at most 1024 bytes as GBK
 */
public record TextMessage(
        boolean urgent,
        boolean service,
        boolean display,
        boolean speak,
        boolean advertising,
        boolean canFault,
        int type,
        String text)
        implements MessageBody {
    /** GBK bytes that the standard allows. */
    public static final int LONGEST = 1_024;
    /** Type notice, 2019. */
    public static final int TYPE_NOTICE = 1;
    /** Type service, 2019. */
    public static final int TYPE_SERVICE = 2;

    private static final int URGENT_2013 = 1;
    private static final int CLASS_2019 = 3;
    private static final int SERVICE_2019 = 1;
    private static final int URGENT_2019 = 2;
    private static final int NOTICE_2019 = 3;
    private static final int DISPLAY = 1 << 2;
    private static final int SPEAK = 1 << 3;
    private static final int ADVERTISING = 1 << 4;
    private static final int CAN_FAULT = 1 << 5;

    /** Refuses a text that is too long, and one of two classes. */
    public TextMessage {
        int length = Gbk.bytes(text).length;
        if (length > LONGEST) {
            throw new IllegalArgumentException("text is longer than " + LONGEST + " bytes of GBK: length=" + length);
        }
        if (urgent && service) {
            throw new IllegalArgumentException("a text has one class: urgent=true service=true");
        }
    }

    /** An urgent text or a notice, the same in all editions. */
    public TextMessage(boolean urgent, boolean display, boolean speak, String text) {
        this(urgent, false, display, speak, false, false, TYPE_NOTICE, text);
    }

    /** Reads a body; null if it is too short, or longer than any text. */
    public static @Nullable TextMessage read(boolean is2019, byte[] bytes, int offset, int length) {
        return read(Edition.ofHeader(is2019), new BodyReader(bytes, offset, length));
    }

    /** Reads a body; null if it is too short, or longer than any text. */
    public static @Nullable TextMessage read(Edition edition, BodyReader in) {
        boolean is2019 = edition == Edition.V2019;
        int head = is2019 ? 2 : 1;
        if (!in.has(head) || in.left() - head > LONGEST) {
            return null;
        }
        int flags = in.u8();
        int kind = flags & CLASS_2019;
        return new TextMessage(
                is2019 ? kind == URGENT_2019 : (flags & URGENT_2013) != 0,
                is2019 && kind == SERVICE_2019,
                (flags & DISPLAY) != 0,
                (flags & SPEAK) != 0,
                !is2019 && (flags & ADVERTISING) != 0,
                edition != Edition.V2011 && (flags & CAN_FAULT) != 0,
                is2019 ? in.u8() : TYPE_NOTICE,
                in.restText());
    }

    /** The flags BYTE in the form of an edition; refuses what the edition does not have. */
    public int flags(Edition edition) {
        boolean is2019 = edition == Edition.V2019;
        if (is2019 ? advertising : service) {
            throw new IllegalArgumentException("not in this edition: edition=" + edition.year() + " advertising="
                    + advertising + " service=" + service);
        }
        if (canFault && edition == Edition.V2011) {
            throw new IllegalArgumentException("not in this edition: edition=2011 canFault=true");
        }
        int urgency;
        if (is2019) {
            urgency = urgent ? URGENT_2019 : service ? SERVICE_2019 : NOTICE_2019;
        } else {
            urgency = urgent ? URGENT_2013 : 0;
        }
        return urgency
                | (display ? DISPLAY : 0)
                | (speak ? SPEAK : 0)
                | (advertising ? ADVERTISING : 0)
                | (canFault ? CAN_FAULT : 0);
    }

    /** Writes the body; a text of more than 1,021 bytes leaves in two packages. */
    public FrameWriter put(boolean is2019, FrameWriter writer) {
        return put(Edition.ofHeader(is2019), writer);
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(flags(edition));
        if (edition == Edition.V2019) {
            writer.putU8(Range.u8("type", type));
        }
        return writer.putText(text);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("urgent", urgent).put("display", display).put("speak", speak).put("text", text);
        if (tree.edition() == Edition.V2019) {
            tree.put("class", urgent ? "urgent" : service ? "service" : "notice")
                    .code("type", type, null, "notice", "service");
        } else {
            tree.put("advertising_screen", advertising);
        }
        if (tree.edition() != Edition.V2011) {
            tree.put("can_fault", canFault);
        }
    }
}
