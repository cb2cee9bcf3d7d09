package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rectangle (矩形区域).
 *
 * @param id 1..2³²−1
 * @param attributes bits of {@link AreaAttributes}
 * @param upperLeft corner
 * @param lowerRight corner
 * @param window when it applies; null for always
 * @param speed speed inside; null for none
 * @param name 2019, else empty
 */
public record Rectangle(
        long id,
        int attributes,
        Vertex upperLeft,
        Vertex lowerRight,
        @Nullable AreaWindow window,
        @Nullable SpeedLimit speed,
        String name) {
    private static final int HEAD = 22;

    static @Nullable Rectangle read(Edition edition, BodyReader in) {
        if (!in.has(HEAD)) {
            return null;
        }
        long id = in.u32();
        int attributes = in.u16();
        Vertex upperLeft = Vertex.read(in, attributes);
        Vertex lowerRight = Vertex.read(in, attributes);
        AreaWindow window = (attributes & AreaAttributes.TIME) != 0 ? AreaWindow.read(in) : null;
        SpeedLimit speed = (attributes & AreaAttributes.SPEED) != 0 ? SpeedLimit.read(in) : null;
        if (speed != null && edition == Edition.V2019) {
            speed = speed.withNight(in.u16());
        }
        return new Rectangle(id, attributes, upperLeft, lowerRight, window, speed, AreaName.read(edition, in));
    }

    void put(Edition edition, FrameWriter writer) {
        writer.putU32(Range.u32("id", id))
                .putU16(AreaAttributes.wire(edition, attributes, window, speed, List.of(upperLeft, lowerRight)));
        lowerRight.put(upperLeft.put(writer));
        AreaWindow.put(window, writer);
        SpeedLimit.put(speed, writer);
        SpeedLimit.putNight(edition, speed, writer);
        AreaName.put(edition, name, writer);
    }

    void describe(Tree tree) {
        tree.put("id", id);
        AreaAttributes.describe(attributes, tree);
        tree.branch("upper_left", upperLeft, Vertex::describe).branch("lower_right", lowerRight, Vertex::describe);
        AreaWindow.describe(window, tree);
        SpeedLimit.describe(speed, tree);
        AreaName.describe(name, tree);
    }
}
