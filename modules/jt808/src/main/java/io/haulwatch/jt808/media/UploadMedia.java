package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Upload stored media (存储多媒体数据上传命令, 0x8803).
 *
 * @param filter which
 * @param delete 0 keep, 1 delete after the upload
 */
public record UploadMedia(MediaFilter filter, int delete) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable UploadMedia read(BodyReader in) {
        MediaFilter filter = MediaFilter.read(in);
        return filter == null ? null : new UploadMedia(filter, in.u8());
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return filter.put(edition, writer).putU8(Range.u8("delete", delete));
    }

    @Override
    public void describe(Tree tree) {
        filter.describe(tree);
        tree.code("after", delete, "keep", "delete");
    }
}
