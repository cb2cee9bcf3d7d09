package io.haulwatch.jt808.passage;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Recorder data (行驶记录数据上传, 0x0700). A pre-print of 2011 has two more lengths; the printed standard has not (section 13).
 *
 * @param serial serial of the 0x8700
 * @param command command word of GB/T 19056
 * @param data data block
 */
public record RecorderData(int serial, int command, Bytes data) implements MessageBody {
    /** Reads a body; null if it is too short. */
    public static @Nullable RecorderData read(BodyReader in) {
        return in.has(3) ? new RecorderData(in.u16(), in.u8(), in.rest()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU16(Range.u16("serial", serial))
                .putU8(Range.u8("command", command))
                .putBytes(data.toArray());
    }

    @Override
    public void describe(Tree tree) {
        tree.put("answered_serial", serial).put("command", Tree.hex(command, 2)).raw("data", data);
    }
}
