package io.haulwatch.jt808.area;

import io.haulwatch.jt808.field.BcdTime;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * When an area or route applies.
 *
 * @param start with date 00-00-00 a time of every day
 * @param end with date 00-00-00 a time of every day
 */
public record AreaWindow(BcdTime start, BcdTime end) {
    static AreaWindow read(BodyReader in) {
        return new AreaWindow(BcdTime.read(in), BcdTime.read(in));
    }

    static void put(@Nullable AreaWindow window, FrameWriter writer) {
        if (window != null) {
            writer.putBytes(window.start.bytes()).putBytes(window.end.bytes());
        }
    }

    static void describe(@Nullable AreaWindow window, Tree tree) {
        if (window != null) {
            tree.put("start", window.start.text()).put("end", window.end.text());
        }
    }
}
