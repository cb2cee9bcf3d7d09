package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Set a polygon (设置多边形区域, 0x8604): one, with neither action nor count. The night speed stands behind the vertices.
 *
 * @param id 1..2³²−1
 * @param attributes bits of {@link AreaAttributes}
 * @param window when it applies; null for always
 * @param speed speed inside; null for none
 * @param vertices at most 65,535
 * @param name 2019, else empty
 */
public record Polygon(
        long id,
        int attributes,
        @Nullable AreaWindow window,
        @Nullable SpeedLimit speed,
        List<Vertex> vertices,
        String name)
        implements AreaBody {
    private static final int HEAD = 6;
    private static final int VERTEX = 8;

    /** Copies the vertices. */
    public Polygon {
        vertices = List.copyOf(vertices);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable Polygon read(Edition edition, BodyReader in) {
        if (!in.has(HEAD)) {
            return null;
        }
        long id = in.u32();
        int attributes = in.u16();
        AreaWindow window = (attributes & AreaAttributes.TIME) != 0 ? AreaWindow.read(in) : null;
        SpeedLimit speed = (attributes & AreaAttributes.SPEED) != 0 ? SpeedLimit.read(in) : null;
        List<Vertex> vertices = in.list(in.u16(), item -> item.has(VERTEX) ? Vertex.read(item, attributes) : null);
        if (speed != null && edition == Edition.V2019) {
            speed = speed.withNight(in.u16());
        }
        return new Polygon(id, attributes, window, speed, vertices, AreaName.read(edition, in));
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU32(Range.u32("id", id)).putU16(AreaAttributes.wire(edition, attributes, window, speed, vertices));
        AreaWindow.put(window, writer);
        SpeedLimit.put(speed, writer);
        writer.putU16(Range.u16("vertices", vertices.size()));
        for (Vertex vertex : vertices) {
            vertex.put(writer);
        }
        SpeedLimit.putNight(edition, speed, writer);
        return AreaName.put(edition, name, writer);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("id", id);
        AreaAttributes.describe(attributes, tree);
        AreaWindow.describe(window, tree);
        SpeedLimit.describe(speed, tree);
        tree.list("vertices", vertices, Vertex::describe);
        AreaName.describe(name, tree);
    }
}
