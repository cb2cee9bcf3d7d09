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
 * A command for the recorder: collect data (行驶记录数据采集命令, 0x8700) or set parameters (行驶记录参数下传命令, 0x8701).
 *
 * @param command command word of GB/T 19056
 * @param data data block; from 2013 the complete GB/T 19056 packet; none in a 0x8700 of 2011
 */
public record RecorderCommand(int command, Bytes data) implements MessageBody {
    /** Reads a body; null if it is empty. */
    public static @Nullable RecorderCommand read(BodyReader in) {
        return in.has(1) ? new RecorderCommand(in.u8(), in.rest()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("command", command)).putBytes(data.toArray());
    }

    @Override
    public void describe(Tree tree) {
        tree.put("command", Tree.hex(command, 2)).raw("data", data);
    }
}
