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
 * Query of areas or routes (查询区域或线路数据, 0x8608), 2019.
 *
 * @param kind 1 circle, 2 rectangle, 3 polygon, 4 route
 * @param ids none asks for all of the kind
 */
public record AreaQuery(int kind, List<Long> ids) implements MessageBody {
    /** Copies the ids. */
    public AreaQuery {
        ids = List.copyOf(ids);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable AreaQuery read(BodyReader in) {
        return in.has(5) ? new AreaQuery(in.u8(), in.list(in.u32(), item -> item.has(4) ? item.u32() : null)) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("kind", kind)).putU32(ids.size());
        for (long id : ids) {
            writer.putU32(Range.u32("id", id));
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        putKind(kind, tree);
        tree.put("all", ids.isEmpty()).put("ids", ids);
    }

    static void putKind(int kind, Tree tree) {
        tree.code("kind", kind, null, "circle (圆形区域)", "rectangle (矩形区域)", "polygon (多边形区域)", "route (路线)");
    }
}
