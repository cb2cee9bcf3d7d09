package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Set circles (设置圆形区域, 0x8600).
 *
 * @param action 0 update, 1 append, 2 modify
 * @param circles at most 255
 */
public record SetCircles(int action, List<Circle> circles) implements AreaBody {
    /** Copies the circles. */
    public SetCircles {
        circles = List.copyOf(circles);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable SetCircles read(Edition edition, BodyReader in) {
        return in.has(2) ? new SetCircles(in.u8(), in.list(in.u8(), item -> Circle.read(edition, item))) : null;
    }

    @Override
    public int count() {
        return circles.size();
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("action", action)).putU8(Range.u8("circles", circles.size()));
        for (Circle circle : circles) {
            circle.put(edition, writer);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.code("action", action, "update", "append", "modify").list("circles", circles, Circle::describe);
    }
}
