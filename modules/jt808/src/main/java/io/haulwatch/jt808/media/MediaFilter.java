package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BcdTime;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * What a search (存储多媒体数据检索, 0x8802) looks for.
 *
 * @param type 0 image, 1 audio, 2 video
 * @param channel 0 all
 * @param event as in {@link MediaHead}
 * @param start {@link BcdTime#NONE} for no limit
 * @param end {@link BcdTime#NONE} for no limit
 */
public record MediaFilter(int type, int channel, int event, BcdTime start, BcdTime end) implements MessageBody {
    private static final int LENGTH = 15;

    /** Reads a body of 0x8802; null if it is too short. */
    public static @Nullable MediaFilter read(BodyReader in) {
        return in.has(LENGTH) ? new MediaFilter(in.u8(), in.u8(), in.u8(), BcdTime.read(in), BcdTime.read(in)) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("type", type))
                .putU8(Range.u8("channel", channel))
                .putU8(Range.u8("event", event))
                .putBytes(start.bytes())
                .putBytes(end.bytes());
    }

    @Override
    public void describe(Tree tree) {
        MediaHead.putType(type, tree);
        tree.put("channel", channel == 0 ? "all" : channel);
        MediaHead.putEvent(event, tree);
        tree.put("start", BcdTime.NONE.equals(start) ? "no_limit" : start.text())
                .put("end", BcdTime.NONE.equals(end) ? "no_limit" : end.text());
    }
}
