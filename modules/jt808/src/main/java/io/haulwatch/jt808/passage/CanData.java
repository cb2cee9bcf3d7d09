package io.haulwatch.jt808.passage;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CAN data (CAN总线数据上传, 0x0705), 2013 and 2019.
 *
 * @param time ten digits hhmmss and four of milliseconds, as sent
 * @param frames at most 65,535
 */
public record CanData(String time, List<CanFrame> frames) implements MessageBody {
    private static final int TIME = 5;

    /** Copies the frames. */
    public CanData {
        frames = List.copyOf(frames);
    }

    /**
     * One frame.
     *
     * @param id bit 31 channel: 0 CAN 1, 1 CAN 2; bit 30 0 standard, 1 extended; bit 29 0 raw, 1 average; bits 28 to 0 the CAN id
     * @param data 8 bytes
     */
    public record CanFrame(long id, Bytes data) {
        private static final int DATA = 8;

        private static @Nullable CanFrame read(BodyReader in) {
            return in.has(4 + DATA) ? new CanFrame(in.u32(), in.bytes(DATA)) : null;
        }

        private void describe(Tree tree) {
            tree.put("channel", (id >>> 31) + 1)
                    .put("frame", (id >>> 30 & 1) == 0 ? "standard" : "extended")
                    .put("sampling", (id >>> 29 & 1) == 0 ? "raw" : "average")
                    .put("can_id", Tree.hex(id & 0x1FFF_FFFF, 8))
                    .raw("data", data);
        }
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable CanData read(BodyReader in) {
        if (!in.has(2 + TIME)) {
            return null;
        }
        int count = in.u16();
        return new CanData(in.bcd(TIME), in.list(count, CanFrame::read));
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        writer.putU16(Range.u16("frames", frames.size())).putBcd(time, TIME);
        for (CanFrame frame : frames) {
            if (frame.data.size() != CanFrame.DATA) {
                throw new IllegalArgumentException("a CAN frame has 8 bytes: data=" + frame.data);
            }
            writer.putU32(Range.u32("id", frame.id)).putBytes(frame.data.toArray());
        }
        return writer;
    }

    @Override
    public void describe(Tree tree) {
        tree.put("count", frames.size())
                .put(
                        "time",
                        time.substring(0, 2) + ":" + time.substring(2, 4) + ":" + time.substring(4, 6) + "."
                                + time.substring(6))
                .list("frames", frames, CanFrame::describe);
    }
}
