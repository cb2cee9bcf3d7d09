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
 * Pass-through, down (数据下行透传, 0x8900) or up (数据上行透传, 0x0900).
 *
 * @param type 0x00 GNSS detail, 0x0B IC card, 0x41 and 0x42 serial ports, 0xF0 to 0xFF the user's; 0xF7 and 0xF8 are {@link Peripherals}
 * @param content as it goes to or comes from the device
 */
public record PassThrough(int type, Bytes content) implements MessageBody {
    /** Detailed GNSS data. */
    public static final int GNSS = 0x00;
    /** IC card: 64 bytes up, 24 down, 30 s, no retry. */
    public static final int IC_CARD = 0x0B;
    /** Serial port 1. */
    public static final int SERIAL_1 = 0x41;
    /** Serial port 2. */
    public static final int SERIAL_2 = 0x42;
    /** State of peripherals, T/JSATL 12. */
    public static final int PERIPHERAL_STATE = 0xF7;
    /** Information of peripherals, T/JSATL 12. */
    public static final int PERIPHERAL_INFO = 0xF8;

    /** Reads a body; null if it is empty. */
    public static @Nullable PassThrough read(BodyReader in) {
        return in.has(1) ? new PassThrough(in.u8(), in.rest()) : null;
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return writer.putU8(Range.u8("type", type)).putBytes(content.toArray());
    }

    @Override
    public void describe(Tree tree) {
        putType(type, tree);
        tree.raw("content", content);
    }

    static void putType(int type, Tree tree) {
        tree.put(
                "type",
                switch (type) {
                    case GNSS -> "gnss_detail (GNSS模块详细定位数据)";
                    case IC_CARD -> "ic_card (道路运输证IC卡信息)";
                    case SERIAL_1 -> "serial_port_1 (串口1透传)";
                    case SERIAL_2 -> "serial_port_2 (串口2透传)";
                    case PERIPHERAL_STATE -> "peripheral_state (外设状态信息)";
                    case PERIPHERAL_INFO -> "peripheral_info (外设系统信息)";
                    default -> Tree.hex(type, 2);
                });
    }
}
