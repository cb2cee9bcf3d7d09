package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A circle (圆形区域).
 *
 * @param id 1..2³²−1
 * @param attributes bits of {@link AreaAttributes}
 * @param centre centre
 * @param radiusMetres m
 * @param window when it applies; null for always
 * @param speed speed inside; null for none
 * @param name 2019, else empty
 */
public record Circle(
        long id,
        int attributes,
        Vertex centre,
        long radiusMetres,
        @Nullable AreaWindow window,
        @Nullable SpeedLimit speed,
        String name) {
    private static final int HEAD = 18;

    static @Nullable Circle read(Edition edition, BodyReader in) {
        if (!in.has(HEAD)) {
            return null;
        }
        long id = in.u32();
        int attributes = in.u16();
        Vertex centre = Vertex.read(in, attributes);
        long radius = in.u32();
        AreaWindow window = (attributes & AreaAttributes.TIME) != 0 ? AreaWindow.read(in) : null;
        SpeedLimit speed = (attributes & AreaAttributes.SPEED) != 0 ? SpeedLimit.read(in) : null;
        if (speed != null && edition == Edition.V2019) {
            speed = speed.withNight(in.u16());
        }
        return new Circle(id, attributes, centre, radius, window, speed, AreaName.read(edition, in));
    }

    void put(Edition edition, FrameWriter writer) {
        writer.putU32(Range.u32("id", id))
                .putU16(AreaAttributes.wire(edition, attributes, window, speed, List.of(centre)));
        centre.put(writer).putU32(Range.u32("radiusMetres", radiusMetres));
        AreaWindow.put(window, writer);
        SpeedLimit.put(speed, writer);
        SpeedLimit.putNight(edition, speed, writer);
        AreaName.put(edition, name, writer);
    }

    void describe(Tree tree) {
        tree.put("id", id);
        AreaAttributes.describe(attributes, tree);
        centre.describe(tree);
        tree.put("radius_m", radiusMetres);
        AreaWindow.describe(window, tree);
        SpeedLimit.describe(speed, tree);
        AreaName.describe(name, tree);
    }
}
