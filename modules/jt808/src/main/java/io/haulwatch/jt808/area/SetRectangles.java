package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Set rectangles (设置矩形区域, 0x8602).
 *
 * @param action 0 update, 1 append, 2 modify
 * @param rectangles at most 255
 */
public record SetRectangles(int action, List<Rectangle> rectangles) implements AreaBody {
    /** Copies the rectangles. */
    public SetRectangles {
        rectangles = List.copyOf(rectangles);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable SetRectangles read(Edition edition, BodyReader in) {
        return in.has(2) ? new SetRectangles(in.u8(), in.list(in.u8(), item -> Rectangle.read(edition, item))) : null;
    }

    @Override
    public int count() {
        return rectangles.size();
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("action", action)).putU8(Range.u8("rectangles", rectangles.size()));
        for (Rectangle rectangle : rectangles) {
            rectangle.put(edition, writer);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.code("action", action, "update", "append", "modify").list("rectangles", rectangles, Rectangle::describe);
    }
}
