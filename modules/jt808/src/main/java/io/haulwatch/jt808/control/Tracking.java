package io.haulwatch.jt808.control;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Temporary tracking (临时位置跟踪控制, 0x8202).
 *
 * @param intervalSeconds s between reports, 0 stops the tracking
 * @param validitySeconds s that it lasts; not sent with interval 0
 */
public record Tracking(int intervalSeconds, long validitySeconds) implements MessageBody {
    /** Reads a body; null if even the interval is missing. */
    public static @Nullable Tracking read(BodyReader in) {
        if (!in.has(2)) {
            return null;
        }
        int interval = in.u16();
        return new Tracking(interval, interval == 0 && in.left() == 0 ? 0 : in.u32());
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU16(Range.u16("intervalSeconds", intervalSeconds));
        return intervalSeconds == 0 ? writer : writer.putU32(Range.u32("validitySeconds", validitySeconds));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("interval_s", intervalSeconds);
        if (intervalSeconds != 0) {
            tree.put("validity_s", validitySeconds);
        }
    }
}
