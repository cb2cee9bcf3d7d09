package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.DeviceTime;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import io.haulwatch.model.report.PositionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Multimedia data (多媒体数据上传, 0x0801). 2011 has no position; one of its texts has total and number fields, the printed one has none (section 13).
 *
 * @param head what it is
 * @param position where it was taken, without items; null in 2011, and where the body ends before
 * @param data the medium
 */
public record MediaData(MediaHead head, @Nullable LocationReport position, Bytes data) implements MessageBody {
    /** Reads a body; null if even the head is missing. */
    public static @Nullable MediaData read(Edition edition, BodyReader in) {
        MediaHead head = MediaHead.read(in);
        if (head == null) {
            return null;
        }
        LocationReport position = edition == Edition.V2011 ? null : LocationReport.readBase(in);
        if (edition != Edition.V2011 && position == null) {
            in.missing();
        }
        return new MediaData(head, position, in.rest());
    }

    /**
     * Nothing in a header tells 2011 from 2013: where the 28 bytes of the position have no time and the data begin like a file, there is no position.
     *
     * @param header2019 the header is of 2019
     */
    public static Edition edition(boolean header2019, BodyReader in) {
        if (header2019) {
            return Edition.V2019;
        }
        int time = MediaHead.LENGTH + 22;
        boolean position = in.has(MediaHead.LENGTH + LocationView.BASE)
                && DeviceTime.millis(in.array(), in.position() + time) != PositionRecord.UNREADABLE_TIME;
        boolean jpeg = in.peekU16(MediaHead.LENGTH) == 0xFFD8;
        return jpeg && !position ? Edition.V2011 : Edition.V2013;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        head.put(edition, writer);
        if ((position == null) != (edition == Edition.V2011)) {
            throw new IllegalArgumentException(
                    "a position belongs to 2013 and 2019: edition=" + edition.year() + " position=" + position);
        }
        if (position != null) {
            if (!position.items().isEmpty()) {
                throw new IllegalArgumentException("a medium carries no items: items=" + position.items());
            }
            position.put(writer);
        }
        return writer.putBytes(data.toArray());
    }

    @Override
    public void describe(Tree tree) {
        head.describe(tree);
        if (position != null) {
            tree.branch("location", position, LocationReport::describe);
        }
        tree.put("media_bytes", data.size());
    }
}
