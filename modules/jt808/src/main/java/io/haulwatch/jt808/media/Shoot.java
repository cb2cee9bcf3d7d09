package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Shoot now (摄像头立即拍摄命令, 0x8801).
 *
 * @param channel camera, above 0
 * @param command 0 stop, 0xFFFF video, else the number of pictures
 * @param seconds interval between pictures or length of the video, s; 0 as short as possible, or until stopped
 * @param save 1 store in the terminal, 0 upload at once
 * @param resolution 1 320×240, 2 640×480, 3 800×600, 4 1024×768, 5 QCIF, 6 CIF, 7 half D1, 8 D1; 2019: 0 lowest to 0xFF highest
 * @param quality 1 best to 10
 * @param brightness 0..255
 * @param contrast 0..127
 * @param saturation 0..127
 * @param chroma 0..255
 */
public record Shoot(
        int channel,
        int command,
        int seconds,
        int save,
        int resolution,
        int quality,
        int brightness,
        int contrast,
        int saturation,
        int chroma)
        implements MessageBody {
    /** Command that stops. */
    public static final int STOP = 0;
    /** Command for a video. */
    public static final int VIDEO = 0xFFFF;

    private static final int LENGTH = 12;

    /** Reads a body; null if it is too short. */
    public static @Nullable Shoot read(BodyReader in) {
        return in.has(LENGTH)
                ? new Shoot(in.u8(), in.u16(), in.u16(), in.u8(), in.u8(), in.u8(), in.u8(), in.u8(), in.u8(), in.u8())
                : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("channel", channel))
                .putU16(Range.u16("command", command))
                .putU16(Range.u16("seconds", seconds))
                .putU8(Range.u8("save", save))
                .putU8(Range.u8("resolution", resolution))
                .putU8(Range.u8("quality", quality))
                .putU8(Range.u8("brightness", brightness))
                .putU8(Range.u8("contrast", contrast))
                .putU8(Range.u8("saturation", saturation))
                .putU8(Range.u8("chroma", chroma));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("channel", channel)
                .put("command", command == STOP ? "stop" : command == VIDEO ? "video" : "pictures")
                .put("pictures", command == VIDEO ? 0 : command)
                .put("seconds", seconds)
                .code("save", save, "upload", "store");
        if (tree.edition() == Edition.V2019) {
            tree.put("resolution", resolution);
        } else {
            tree.code(
                    "resolution",
                    resolution,
                    null,
                    "320x240",
                    "640x480",
                    "800x600",
                    "1024x768",
                    "qcif",
                    "cif",
                    "half_d1",
                    "d1");
        }
        tree.put("quality", quality)
                .put("brightness", brightness)
                .put("contrast", contrast)
                .put("saturation", saturation)
                .put("chroma", chroma);
    }
}
