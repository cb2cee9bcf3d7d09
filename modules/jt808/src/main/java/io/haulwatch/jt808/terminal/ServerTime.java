package io.haulwatch.jt808.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.DeviceTime;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import io.haulwatch.model.report.PositionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Server time (查询服务器时间应答, 0x8004, 2019). The one time of the protocol that is UTC and not GMT+8.
 *
 * @param utcMillis ms since 1970 UTC, whole seconds on the wire, or {@link PositionRecord#UNREADABLE_TIME} when read so
 */
public record ServerTime(long utcMillis) implements MessageBody {
    private static final long GMT8_MILLIS = 8 * 3_600_000L;

    /** Reads a body; null if the time is not all there. */
    public static @Nullable ServerTime read(BodyReader in) {
        if (!in.has(DeviceTime.LENGTH)) {
            return null;
        }
        long asGmt8 = in.time();
        return new ServerTime(asGmt8 == PositionRecord.UNREADABLE_TIME ? asGmt8 : asGmt8 + GMT8_MILLIS);
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putTime(utcMillis - GMT8_MILLIS);
    }

    @Override
    public void describe(Tree tree) {
        tree.time("server_time", utcMillis);
    }
}
