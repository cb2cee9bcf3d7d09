package io.haulwatch.jt808.cab;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Event report (事件报告, 0x0301): the driver chose an event of the list.
 *
 * @param eventId id in the list
 */
public record EventReport(int eventId) implements MessageBody {
    /** Reads a body; null if it is empty. */
    public static @Nullable EventReport read(BodyReader in) {
        return in.has(1) ? new EventReport(in.u8()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("eventId", eventId));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("event_id", eventId);
    }
}
