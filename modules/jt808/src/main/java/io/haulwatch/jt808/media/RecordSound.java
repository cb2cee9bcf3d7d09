package io.haulwatch.jt808.media;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Record sound (录音开始命令, 0x8804).
 *
 * @param start 0 stop, 1 start
 * @param seconds s, 0 until stopped
 * @param save 1 store in the terminal, 0 upload at once
 * @param rate 0 8 kHz, 1 11 kHz, 2 23 kHz, 3 32 kHz
 */
public record RecordSound(int start, int seconds, int save, int rate) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable RecordSound read(BodyReader in) {
        return in.has(5) ? new RecordSound(in.u8(), in.u16(), in.u8(), in.u8()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("start", start))
                .putU16(Range.u16("seconds", seconds))
                .putU8(Range.u8("save", save))
                .putU8(Range.u8("rate", rate));
    }

    @Override
    public void describe(Tree tree) {
        tree.code("command", start, "stop", "start")
                .put("seconds", seconds)
                .code("save", save, "upload", "store")
                .code("rate", rate, "8_khz", "11_khz", "23_khz", "32_khz");
    }
}
