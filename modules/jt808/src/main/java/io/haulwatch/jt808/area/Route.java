package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Set a route (设置路线, 0x8606). Its times stand there only with attribute bit 0; one codec always writes them (section 13).
 *
 * @param id 1..2³²−1
 * @param attributes bits 0 and 2 to 5 of {@link AreaAttributes}
 * @param window when it applies; null for always
 * @param points at most 65,535
 * @param name 2019, else empty
 */
public record Route(long id, int attributes, @Nullable AreaWindow window, List<RoutePoint> points, String name)
        implements AreaBody {
    private static final int HEAD = 6;

    /** Copies the points. */
    public Route {
        points = List.copyOf(points);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable Route read(Edition edition, BodyReader in) {
        if (!in.has(HEAD)) {
            return null;
        }
        long id = in.u32();
        int attributes = in.u16();
        AreaWindow window = (attributes & AreaAttributes.TIME) != 0 ? AreaWindow.read(in) : null;
        List<RoutePoint> points = in.list(in.u16(), item -> RoutePoint.read(edition, item));
        return new Route(id, attributes, window, points, AreaName.read(edition, in));
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        int bits = Range.u16("attributes", attributes) & ~AreaAttributes.TIME;
        writer.putU32(Range.u32("id", id)).putU16(window == null ? bits : bits | AreaAttributes.TIME);
        AreaWindow.put(window, writer);
        writer.putU16(Range.u16("points", points.size()));
        for (RoutePoint point : points) {
            point.put(edition, writer);
        }
        return AreaName.put(edition, name, writer);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("id", id);
        AreaAttributes.describe(attributes, tree);
        AreaWindow.describe(window, tree);
        tree.list("points", points, RoutePoint::describe);
        AreaName.describe(name, tree);
    }
}
