package io.haulwatch.jt808.cab;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Order of information (信息点播/取消, 0x0303).
 *
 * @param type kind of information in the menu
 * @param order 0 cancel, 1 order
 */
public record InfoOrder(int type, int order) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable InfoOrder read(BodyReader in) {
        return in.has(2) ? new InfoOrder(in.u8(), in.u8()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("type", type)).putU8(Range.u8("order", order));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("type", type).code("order", order, "cancel", "order");
    }
}
