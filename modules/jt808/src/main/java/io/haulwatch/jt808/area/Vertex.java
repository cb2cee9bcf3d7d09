package io.haulwatch.jt808.area;

import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;

/**
 * A place. On the wire the degrees are unsigned and bits say the hemisphere.
 *
 * @param latitudeMicrodeg 10⁻⁶ degree, south negative
 * @param longitudeMicrodeg 10⁻⁶ degree, west negative
 */
public record Vertex(int latitudeMicrodeg, int longitudeMicrodeg) {
    /** Reads a place; what is above 2³¹−1 becomes 2³¹−1, which is no degree. */
    static Vertex read(BodyReader in, boolean south, boolean west) {
        int latitude = (int) Math.min(in.u32(), Integer.MAX_VALUE);
        int longitude = (int) Math.min(in.u32(), Integer.MAX_VALUE);
        return new Vertex(south ? -latitude : latitude, west ? -longitude : longitude);
    }

    static Vertex read(BodyReader in, int attributes) {
        return read(in, (attributes & AreaAttributes.SOUTH) != 0, (attributes & AreaAttributes.WEST) != 0);
    }

    FrameWriter put(FrameWriter writer) {
        Range.of("latitudeMicrodeg", latitudeMicrodeg, -90_000_000, 90_000_000);
        Range.of("longitudeMicrodeg", longitudeMicrodeg, -180_000_000, 180_000_000);
        return writer.putU32(Math.abs(latitudeMicrodeg)).putU32(Math.abs(longitudeMicrodeg));
    }

    void describe(Tree tree) {
        tree.degrees("lat", latitudeMicrodeg).degrees("lon", longitudeMicrodeg);
    }
}
