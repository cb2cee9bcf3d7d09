package io.haulwatch.jt808.safety;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a sent file (文件上传完成消息应答, 0x9212).
 *
 * @param name as in the 0x1212
 * @param type as in the 0x1212
 * @param result 0 done, 1 send the given parts again
 * @param missing parts that have not come, at most 255
 */
public record AttachmentAnswer(String name, int type, int result, List<Part> missing) implements MessageBody {
    private static final int PART = 8;

    /** Copies the parts. */
    public AttachmentAnswer {
        missing = List.copyOf(missing);
    }

    /**
     * A part of the file.
     *
     * @param offset first byte
     * @param length bytes
     */
    public record Part(long offset, long length) {}

    /** Reads a body; null if it is too short. */
    public static @Nullable AttachmentAnswer read(BodyReader in) {
        if (!in.has(1 + in.peekU8(0) + 2)) {
            return null;
        }
        String name = in.shortText();
        int type = in.u8();
        int result = in.u8();
        return new AttachmentAnswer(
                name, type, result, in.list(in.u8(), item -> item.has(PART) ? new Part(item.u32(), item.u32()) : null));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putShortText(name)
                .putU8(Range.u8("type", type))
                .putU8(Range.u8("result", result))
                .putU8(Range.u8("missing", missing.size()));
        for (Part part : missing) {
            writer.putU32(Range.u32("offset", part.offset)).putU32(Range.u32("length", part.length));
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.put("name", name);
        AttachmentFile.putType(type, tree);
        tree.code("result", result, "done", "resend")
                .list(
                        "missing",
                        missing,
                        (part, inner) -> inner.put("offset", part.offset).put("length", part.length));
    }
}
