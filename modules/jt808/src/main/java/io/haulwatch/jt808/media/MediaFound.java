package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stored media found (存储多媒体数据检索应答, 0x0802).
 *
 * @param serial serial of the 0x8802
 * @param total items that fit, as announced
 * @param items those in this message
 */
public record MediaFound(int serial, int total, List<Item> items) implements MessageBody {
    private static final int HEAD = 4;
    private static final int ITEM_2011 = 31;

    /** Copies the items. */
    public MediaFound {
        items = List.copyOf(items);
    }

    /**
     * One stored medium.
     *
     * @param mediaId id in the terminal, since 2013; −1 in 2011
     * @param type 0 image, 1 audio, 2 video
     * @param channel camera or microphone
     * @param event as in {@link MediaHead}
     * @param position where it was taken, without items
     */
    public record Item(long mediaId, int type, int channel, int event, LocationReport position) {
        private static @Nullable Item read(boolean ids, BodyReader in) {
            if (!in.has((ids ? 4 : 0) + ITEM_2011)) {
                return null;
            }
            long id = ids ? in.u32() : -1;
            int type = in.u8();
            int channel = in.u8();
            int event = in.u8();
            LocationReport position = LocationReport.readBase(in);
            return position == null ? null : new Item(id, type, channel, event, position);
        }

        private void describe(Tree tree) {
            if (mediaId >= 0) {
                tree.put("media_id", mediaId);
            }
            MediaHead.putType(type, tree);
            tree.put("channel", channel);
            MediaHead.putEvent(event, tree);
            tree.branch("location", position, LocationReport::describe);
        }
    }

    /** Reads a body to its end; null if it is too short. */
    public static @Nullable MediaFound read(Edition edition, BodyReader in) {
        return in.has(HEAD)
                ? new MediaFound(in.u16(), in.u16(), in.restList(item -> Item.read(edition != Edition.V2011, item)))
                : null;
    }

    /** Nothing in a header tells 2011 from 2013: a body that holds the announced items only without ids is of 2011. */
    public static Edition edition(boolean header2019, BodyReader in) {
        if (header2019) {
            return Edition.V2019;
        }
        boolean without = in.length() == HEAD + ITEM_2011 * in.peekU16(2) && in.length() > HEAD;
        return without ? Edition.V2011 : Edition.V2013;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU16(Range.u16("serial", serial)).putU16(Range.u16("total", total));
        for (Item item : items) {
            if (edition != Edition.V2011) {
                writer.putU32(Range.u32("mediaId", item.mediaId));
            }
            writer.putU8(Range.u8("type", item.type))
                    .putU8(Range.u8("channel", item.channel))
                    .putU8(Range.u8("event", item.event));
            item.position.put(writer);
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.put("answered_serial", serial).put("total", total).list("items", items, Item::describe);
    }
}
