package io.haulwatch.jt808.cab;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Information (信息服务, 0x8304).
 *
 * @param type kind of information in the menu
 * @param text at most 65,535 bytes
 */
public record InfoService(int type, String text) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable InfoService read(BodyReader in) {
        return in.has(3) ? new InfoService(in.u8(), in.longText()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("type", type)).putLongText(text);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("type", type).put("text", text);
    }
}
