package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delete areas of one kind (删除区域/路线): circles 0x8601, rectangles 0x8603, polygons 0x8605, routes 0x8607.
 *
 * @param ids at most 125; none deletes all of the kind
 */
public record DeleteAreas(List<Long> ids) implements MessageBody {
    private static final int MOST = 125;

    /** Copies the ids. */
    public DeleteAreas {
        ids = List.copyOf(ids);
    }

    /** Reads a body; null if it is empty. */
    public static @Nullable DeleteAreas read(BodyReader in) {
        return in.has(1) ? new DeleteAreas(in.list(in.u8(), item -> item.has(4) ? item.u32() : null)) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.of("ids", ids.size(), 0, MOST));
        for (long id : ids) {
            writer.putU32(Range.u32("id", id));
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.put("all", ids.isEmpty()).put("ids", ids);
    }
}
