package io.haulwatch.jt808.cab;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Event list (事件设置, 0x8301).
 *
 * @param action 0 delete all, 1 replace, 2 add, 3 change, 4 delete the given ones
 * @param events at most 255
 */
public record EventList(int action, List<Event> events) implements MessageBody {
    /** Copies the events. */
    public EventList {
        events = List.copyOf(events);
    }

    /**
     * One event.
     *
     * @param id what the terminal sends back in 0x0301
     * @param text what the driver reads
     */
    public record Event(int id, String text) {
        private static @Nullable Event read(BodyReader in) {
            return in.has(2) ? new Event(in.u8(), in.shortText()) : null;
        }

        private void describe(Tree tree) {
            tree.put("id", id).put("text", text);
        }
    }

    /** Reads a body; null if it is empty. With action 0 the count may be missing. */
    public static @Nullable EventList read(BodyReader in) {
        if (!in.has(1)) {
            return null;
        }
        int action = in.u8();
        boolean alone = action == 0 && in.left() == 0;
        return new EventList(action, alone ? List.of() : in.list(in.u8(), Event::read));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("action", action)).putU8(Range.u8("events", events.size()));
        for (Event event : events) {
            writer.putU8(Range.u8("id", event.id)).putShortText(event.text);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.code("action", action, "delete_all", "replace", "add", "change", "delete_given")
                .list("events", events, Event::describe);
    }
}
