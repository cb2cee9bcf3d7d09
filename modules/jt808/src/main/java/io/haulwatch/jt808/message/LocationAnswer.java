package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * A position that answers: 0x0201 to a position query (位置信息查询应答), 0x0500 to vehicle control (车辆控制应答), where status bit 12 says whether the doors obeyed.
 *
 * @param serial serial of the 0x8201 or 0x8500
 * @param report where the truck is
 */
public record LocationAnswer(int serial, LocationReport report) implements MessageBody {
    /** Reads a body; null if the base of the position is not all there. */
    public static @Nullable LocationAnswer read(BodyReader in) {
        int serial = in.u16();
        LocationReport report = LocationReport.read(in);
        return report == null ? null : new LocationAnswer(serial, report);
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return report.put(writer.putU16(Range.u16("serial", serial)));
    }

    @Override
    public void describe(Tree tree) {
        tree.put("answered_serial", serial);
        report.describe(tree);
    }
}
