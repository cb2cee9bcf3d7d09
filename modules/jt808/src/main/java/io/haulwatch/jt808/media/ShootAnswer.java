package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to shooting (摄像头立即拍摄命令应答, 0x0805), 2013 and 2019; a 2011 terminal answers 0x0001.
 *
 * @param serial serial of the 0x8801
 * @param result 0 ok, 1 failed, 2 channel unsupported
 * @param mediaIds what was taken; only with result 0
 */
public record ShootAnswer(int serial, int result, List<Long> mediaIds) implements MessageBody {
    /** Copies the ids. */
    public ShootAnswer {
        mediaIds = List.copyOf(mediaIds);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable ShootAnswer read(BodyReader in) {
        if (!in.has(3)) {
            return null;
        }
        int serial = in.u16();
        int result = in.u8();
        boolean ids = result == 0 || in.left() > 0;
        return new ShootAnswer(
                serial, result, ids ? in.list(in.u16(), item -> item.has(4) ? item.u32() : null) : List.of());
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU16(Range.u16("serial", serial)).putU8(Range.u8("result", result));
        if (result != 0) {
            if (!mediaIds.isEmpty()) {
                throw new IllegalArgumentException(
                        "what failed took nothing: result=" + result + " mediaIds=" + mediaIds);
            }
            return writer;
        }
        writer.putU16(Range.u16("mediaIds", mediaIds.size()));
        for (long id : mediaIds) {
            writer.putU32(Range.u32("mediaId", id));
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.put("answered_serial", serial)
                .code("result", result, "ok", "failed", "channel_unsupported")
                .put("media_ids", mediaIds);
    }
}
