package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * General answer: 0x0001 of the terminal (终端通用应答), 0x8001 of the platform (平台通用应答).
 *
 * @param serial serial of the answered message
 * @param messageId id of the answered message
 * @param result 0 success, 1 failure, 2 message wrong, 3 not supported, 4 alarm handling confirmed (0x8001 only)
 */
public record GeneralAnswer(int serial, int messageId, int result) implements MessageBody {
    /** Success, or confirmed. */
    public static final int SUCCESS = 0;
    /** Failure. */
    public static final int FAILURE = 1;
    /** The message was wrong. */
    public static final int WRONG = 2;
    /** Not supported. */
    public static final int UNSUPPORTED = 3;
    /** Alarm handling confirmed, platform only. */
    public static final int ALARM_CONFIRMED = 4;

    private static final int LENGTH = 5;

    /** Reads a body; null if it is too short. */
    public static @Nullable GeneralAnswer read(byte[] bytes, int offset, int length) {
        return length < LENGTH
                ? null
                : new GeneralAnswer(
                        BigEndian.u16(bytes, offset), BigEndian.u16(bytes, offset + 2), bytes[offset + 4] & 0xFF);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable GeneralAnswer read(BodyReader in) {
        return in.has(LENGTH) ? new GeneralAnswer(in.u16(), in.u16(), in.u8()) : null;
    }

    /** Writes the body of an answer without making one. */
    public static FrameWriter put(FrameWriter writer, int serial, int messageId, int result) {
        return writer.putU16(serial).putU16(messageId).putU8(result);
    }

    /** Writes the body. */
    public FrameWriter put(FrameWriter writer) {
        return put(writer, serial, messageId, result);
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return put(writer);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("answered_serial", serial)
                .put("answered_id", MessageId.text(messageId))
                .code("result", result, "success", "failure", "message_wrong", "not_supported", "alarm_confirmed");
    }
}
