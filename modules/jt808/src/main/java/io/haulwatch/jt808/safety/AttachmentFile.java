package io.haulwatch.jt808.safety;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * A file about to be sent (附件文件信息上传, 0x1211) or sent (文件上传完成消息, 0x1212).
 *
 * @param name as in {@link AttachmentName}
 * @param type 0 picture, 1 audio, 2 video, 3 text, 4 other; in T/GDRTA 002 (粤标) 4 face picture and 5 other (section 13)
 * @param size bytes
 */
public record AttachmentFile(String name, int type, long size) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable AttachmentFile read(BodyReader in) {
        return in.has(1 + in.peekU8(0) + 5) ? new AttachmentFile(in.shortText(), in.u8(), in.u32()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putShortText(name).putU8(Range.u8("type", type)).putU32(Range.u32("size", size));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("name", name);
        putType(type, tree);
        tree.put("size_bytes", size);
    }

    /** Nothing in the message names its dialect: T/GDRTA 002 travels on 2019 headers. */
    static void putType(int type, Tree tree) {
        boolean guangdong = tree.edition() == Edition.V2019;
        tree.code(
                "type",
                type,
                "picture",
                "audio",
                "video",
                "text",
                guangdong ? "face_picture" : "other",
                guangdong ? "other" : null);
    }
}
