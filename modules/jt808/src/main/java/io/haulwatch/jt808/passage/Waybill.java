package io.haulwatch.jt808.passage;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Electronic waybill (电子运单上报, 0x0701).
 *
 * @param content as the fleet's software wrote it; no standard says its form
 */
public record Waybill(Bytes content) implements MessageBody {
    /** Reads a body; null if even the length is missing. */
    public static @Nullable Waybill read(BodyReader in) {
        return in.has(4) ? new Waybill(in.bytes((int) Math.min(in.u32(), Integer.MAX_VALUE))) : null;
    }

    /** The content as text; null if it is not all GBK. */
    public @Nullable String text() {
        byte[] bytes = content.toArray();
        return Gbk.strict(bytes, 0, bytes.length);
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU32(content.size()).putBytes(content.toArray());
    }

    @Override
    public void describe(Tree tree) {
        String text = text();
        if (text == null) {
            tree.raw("raw", content);
        } else {
            tree.put("text", text);
        }
    }
}
