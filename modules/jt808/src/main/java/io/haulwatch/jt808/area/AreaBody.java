package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.message.MessageBody;
import org.jspecify.annotations.Nullable;

/** A message that sets areas of one kind: what 0x8600, 0x8602, 0x8604 and 0x8606 carry, and what 0x0608 gives back. */
public sealed interface AreaBody extends MessageBody permits SetCircles, SetRectangles, Polygon, Route {
    /** Areas in it. */
    int count();

    /** Reads one body of a kind: 1 circles, 2 rectangles, 3 polygon, 4 route; null for other kinds and where the head is missing. */
    static @Nullable AreaBody read(int kind, Edition edition, BodyReader in) {
        return switch (kind) {
            case 1 -> SetCircles.read(edition, in);
            case 2 -> SetRectangles.read(edition, in);
            case 3 -> Polygon.read(edition, in);
            case 4 -> Route.read(edition, in);
            default -> null;
        };
    }
}
