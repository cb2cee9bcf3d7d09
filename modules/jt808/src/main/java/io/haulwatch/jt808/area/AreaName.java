package io.haulwatch.jt808.area;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;

/** Names of areas and routes, 2019: length WORD and text at the end; the older editions have none. */
final class AreaName {
    private AreaName() {}

    static String read(Edition edition, BodyReader in) {
        return edition == Edition.V2019 ? in.longText() : "";
    }

    static FrameWriter put(Edition edition, String name, FrameWriter writer) {
        if (edition == Edition.V2019) {
            return writer.putLongText(name);
        }
        if (!name.isEmpty()) {
            throw new IllegalArgumentException("only 2019 names areas: name=" + name);
        }
        return writer;
    }

    static void describe(String name, Tree tree) {
        if (tree.edition() == Edition.V2019) {
            tree.put("name", name);
        }
    }
}
