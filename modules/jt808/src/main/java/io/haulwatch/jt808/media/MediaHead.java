package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * What is said of every medium; the eight bytes of a 0x0800 and the first of a 0x0801.
 *
 * @param mediaId id in the terminal
 * @param type 0 image, 1 audio, 2 video
 * @param format 0 JPEG, 1 TIF, 2 MP3, 3 WAV, 4 WMV
 * @param event 0 platform command, 1 timer, 2 robbery alarm, 3 collision or rollover, 4 door open, 5 door close, 6 door closed and speed passes
 *     20 km/h, 7 distance
 * @param channel camera or microphone
 */
public record MediaHead(long mediaId, int type, int format, int event, int channel) implements MessageBody {
    /** Bytes on the wire. */
    public static final int LENGTH = 8;

    /** Reads a body of 0x0800 (多媒体事件信息上传); null if it is too short. */
    public static @Nullable MediaHead read(BodyReader in) {
        return in.has(LENGTH) ? new MediaHead(in.u32(), in.u8(), in.u8(), in.u8(), in.u8()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU32(Range.u32("mediaId", mediaId))
                .putU8(Range.u8("type", type))
                .putU8(Range.u8("format", format))
                .putU8(Range.u8("event", event))
                .putU8(Range.u8("channel", channel));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("media_id", mediaId);
        putType(type, tree);
        tree.code("format", format, "jpeg", "tif", "mp3", "wav", "wmv");
        putEvent(event, tree);
        tree.put("channel", channel);
    }

    static void putType(int type, Tree tree) {
        tree.code("type", type, "image", "audio", "video");
    }

    static void putEvent(int event, Tree tree) {
        tree.code(
                "event",
                event,
                "platform_command",
                "timer",
                "robbery_alarm",
                "collision_or_rollover",
                "door_open",
                "door_close",
                "door_closed_and_20_kmh",
                "distance");
    }
}
