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
 * Areas and routes of the terminal (查询区域或线路数据应答, 0x0608), 2019. The sheet says "the set-message bodies of that kind": they are read one after the other to
 * the end, whatever count is announced, since a terminal may put all circles into one body or each into its own. The count is that of the areas.
 *
 * @param kind 1 circle, 2 rectangle, 3 polygon, 4 route
 * @param count areas, as announced
 * @param bodies all of the kind
 */
public record AreaAnswer(int kind, long count, List<AreaBody> bodies) implements MessageBody {
    /** Copies the bodies. */
    public AreaAnswer {
        bodies = List.copyOf(bodies);
    }

    /** An answer whose count is that of the areas in it. */
    public static AreaAnswer of(int kind, List<AreaBody> bodies) {
        return new AreaAnswer(kind, bodies.stream().mapToInt(AreaBody::count).sum(), bodies);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable AreaAnswer read(Edition edition, BodyReader in) {
        if (!in.has(5)) {
            return null;
        }
        int kind = in.u8();
        return new AreaAnswer(kind, in.u32(), in.restList(item -> AreaBody.read(kind, edition, item)));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("kind", kind)).putU32(Range.u32("count", count));
        for (AreaBody body : bodies) {
            if (kindOf(body) != kind) {
                throw new IllegalArgumentException("an answer holds one kind: kind=" + kind + " body=" + body);
            }
            body.put(edition, writer);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        AreaQuery.putKind(kind, tree);
        tree.put("count", count).list("bodies", bodies, AreaBody::describe);
    }

    private static int kindOf(AreaBody body) {
        return switch (body) {
            case SetCircles circles -> 1;
            case SetRectangles rectangles -> 2;
            case Polygon polygon -> 3;
            case Route route -> 4;
        };
    }
}
