package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a registration (终端注册应答, 0x8100).
 *
 * @param serial serial of the 0x0100
 * @param result one of the constants
 * @param code authentication code (鉴权码), sent and read only with {@link #SUCCESS}; empty otherwise
 */
public record RegistrationAnswer(int serial, int result, String code) implements MessageBody {
    /** Registered. */
    public static final int SUCCESS = 0;
    /** Vehicle already registered. */
    public static final int VEHICLE_REGISTERED = 1;
    /** Vehicle not in the database. */
    public static final int NO_SUCH_VEHICLE = 2;
    /** Terminal already registered. */
    public static final int TERMINAL_REGISTERED = 3;
    /** Terminal not in the database. */
    public static final int NO_SUCH_TERMINAL = 4;

    /** Reads a body; null if it is too short. */
    public static @Nullable RegistrationAnswer read(byte[] bytes, int offset, int length) {
        if (length < 3) {
            return null;
        }
        int result = bytes[offset + 2] & 0xFF;
        String code = result == SUCCESS ? Gbk.text(bytes, offset + 3, length - 3) : "";
        return new RegistrationAnswer(BigEndian.u16(bytes, offset), result, code);
    }

    /** Reads a body; null if it is too short. */
    public static @Nullable RegistrationAnswer read(BodyReader in) {
        if (!in.has(3)) {
            return null;
        }
        int serial = in.u16();
        int result = in.u8();
        return new RegistrationAnswer(serial, result, result == SUCCESS ? in.restText() : "");
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return put(writer);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("answered_serial", serial)
                .code(
                        "result",
                        result,
                        "success",
                        "vehicle_already_registered",
                        "no_such_vehicle",
                        "terminal_already_registered",
                        "no_such_terminal")
                .put("code", result == SUCCESS ? code : null);
    }

    /** Writes the body. */
    public FrameWriter put(FrameWriter writer) {
        writer.putU16(serial).putU8(result);
        return result == SUCCESS ? writer.putText(code) : writer;
    }
}
