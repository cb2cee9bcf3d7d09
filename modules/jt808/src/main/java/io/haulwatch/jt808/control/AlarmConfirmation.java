package io.haulwatch.jt808.control;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.AlarmFlag;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import org.jspecify.annotations.Nullable;

/**
 * Manual confirmation of alarms (人工确认报警消息, 0x8203), 2013 and 2019.
 *
 * @param serial serial of the report with the alarm; 0 confirms all alarms of these types
 * @param alarms bits as in the alarm flags, of 0, 3, 20, 21, 22, 27 and 28
 */
public record AlarmConfirmation(int serial, long alarms) implements MessageBody {
    /** The alarm flags that can be confirmed by hand. */
    public static final long CONFIRMABLE = 0x1870_0009L;

    /** Reads a body; null if it is too short. */
    public static @Nullable AlarmConfirmation read(BodyReader in) {
        return in.has(6) ? new AlarmConfirmation(in.u16(), in.u32()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        if ((alarms & ~CONFIRMABLE) != 0) {
            throw new IllegalArgumentException("these flags cannot be confirmed: alarms=" + Tree.hex(alarms, 8));
        }
        return writer.putU16(Range.u16("serial", serial)).putU32(alarms);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("alarm_serial", serial).put("alarms", AlarmFlag.names((int) alarms, tree.edition()));
    }
}
