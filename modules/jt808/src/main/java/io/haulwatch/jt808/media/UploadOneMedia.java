package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Upload one stored medium (单条存储多媒体数据检索上传命令, 0x8805), 2013 and 2019.
 *
 * @param mediaId id in the terminal
 * @param delete 0 keep, 1 delete after the upload
 */
public record UploadOneMedia(long mediaId, int delete) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable UploadOneMedia read(BodyReader in) {
        return in.has(5) ? new UploadOneMedia(in.u32(), in.u8()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU32(Range.u32("mediaId", mediaId)).putU8(Range.u8("delete", delete));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("media_id", mediaId).code("after", delete, "keep", "delete");
    }
}
