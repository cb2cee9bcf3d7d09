package io.haulwatch.jt808.control;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Call back (电话回拨, 0x8400).
 *
 * @param mode 0 normal call, 1 listen
 * @param phone at most 20 bytes; one codec pads it to 20, so padding is read away and never written (section 13)
 */
public record CallBack(int mode, String phone) implements MessageBody {
    private static final int LONGEST = 20;

    /** Reads a body; null if it is empty. */
    public static @Nullable CallBack read(BodyReader in) {
        return in.has(1) ? new CallBack(in.u8(), in.restText()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        byte[] bytes = Gbk.bytes(phone);
        if (bytes.length > LONGEST) {
            throw new IllegalArgumentException("a phone has at most 20 bytes: phone=" + phone);
        }
        return writer.putU8(Range.u8("mode", mode)).putBytes(bytes);
    }

    @Override
    public void describe(Tree tree) {
        tree.code("mode", mode, "call", "listen").put("phone", phone);
    }
}
