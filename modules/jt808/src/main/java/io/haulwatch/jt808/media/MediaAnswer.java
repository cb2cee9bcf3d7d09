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
 * Answer to multimedia data (多媒体数据上传应答, 0x8800).
 *
 * @param mediaId id in the terminal
 * @param missing package numbers to send again, at most 125; none if the medium is complete
 */
public record MediaAnswer(long mediaId, List<Integer> missing) implements MessageBody {
    private static final int MOST = 125;

    /** Copies the numbers. */
    public MediaAnswer {
        missing = List.copyOf(missing);
    }

    /** Reads a body; null if even the id is missing. A complete medium may come with a count of 0 or without. */
    public static @Nullable MediaAnswer read(BodyReader in) {
        if (!in.has(4)) {
            return null;
        }
        long id = in.u32();
        return new MediaAnswer(
                id, in.left() == 0 ? List.of() : in.list(in.u8(), item -> item.has(2) ? item.u16() : null));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU32(Range.u32("mediaId", mediaId));
        if (!missing.isEmpty()) {
            writer.putU8(Range.of("missing", missing.size(), 0, MOST));
            for (int number : missing) {
                writer.putU16(Range.u16("number", number));
            }
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.put("media_id", mediaId).put("missing", missing);
    }
}
