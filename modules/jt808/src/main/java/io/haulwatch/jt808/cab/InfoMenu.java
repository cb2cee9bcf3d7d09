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
 * Menu of information (信息点播菜单设置, 0x8303).
 *
 * @param action 0 delete all, 1 replace, 2 add, 3 change
 * @param entries at most 255
 */
public record InfoMenu(int action, List<Entry> entries) implements MessageBody {
    /** Copies the entries. */
    public InfoMenu {
        entries = List.copyOf(entries);
    }

    /**
     * One kind of information.
     *
     * @param type what the terminal sends back in 0x0303
     * @param name what the driver reads
     */
    public record Entry(int type, String name) {
        private static @Nullable Entry read(BodyReader in) {
            return in.has(3) ? new Entry(in.u8(), in.longText()) : null;
        }

        private void describe(Tree tree) {
            tree.put("type", type).put("name", name);
        }
    }

    /** Reads a body; null if it is empty. With action 0 the count may be missing. */
    public static @Nullable InfoMenu read(BodyReader in) {
        if (!in.has(1)) {
            return null;
        }
        int action = in.u8();
        boolean alone = action == 0 && in.left() == 0;
        return new InfoMenu(action, alone ? List.of() : in.list(in.u8(), Entry::read));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU8(Range.u8("action", action)).putU8(Range.u8("entries", entries.size()));
        for (Entry entry : entries) {
            writer.putU8(Range.u8("type", entry.type)).putLongText(entry.name);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.code("action", action, "delete_all", "replace", "add", "change").list("entries", entries, Entry::describe);
    }
}
