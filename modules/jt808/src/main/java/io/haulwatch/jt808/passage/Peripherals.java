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

/** Active-safety devices asked for and answered by pass-through, T/JSATL 12: types 0xF7 (state) and 0xF8 (information). */
public sealed interface Peripherals extends MessageBody permits Peripherals.Query, Peripherals.Answer {
    /** Whether a pass-through of this type may be one of these. */
    static boolean isType(int type) {
        return type == PassThrough.PERIPHERAL_STATE || type == PassThrough.PERIPHERAL_INFO;
    }

    /** Reads a 0x8900; null unless type, count and ids fill the body exactly. */
    static @Nullable Query readQuery(BodyReader in) {
        if (!isType(in.peekU8(0)) || in.length() != 2 + in.peekU8(1)) {
            return null;
        }
        return new Query(in.u8(), in.list(in.u8(), BodyReader::u8));
    }

    /** Reads a 0x0900; null unless type, count and devices fill the body exactly. */
    static @Nullable Answer readAnswer(BodyReader in) {
        if (!isType(in.peekU8(0)) || !in.has(2)) {
            return null;
        }
        Answer answer = new Answer(in.u8(), in.list(in.u8(), Device::read));
        return in.partial() || in.left() > 0 ? null : answer;
    }

    private static String device(int id) {
        return switch (id) {
            case 0x64 -> "adas";
            case 0x65 -> "dsm";
            case 0x66 -> "tpms";
            case 0x67 -> "bsd";
            default -> Tree.hex(id, 2);
        };
    }

    /**
     * The question (0x8900).
     *
     * @param type 0xF7 or 0xF8
     * @param ids 0x64 ADAS, 0x65 DSM, 0x66 TPMS, 0x67 BSD
     */
    record Query(int type, List<Integer> ids) implements Peripherals {
        /** Copies the ids. */
        public Query {
            ids = List.copyOf(ids);
        }

        @Override
        public FrameWriter put(Edition edition, FrameWriter writer) {
            writer.putU8(Range.u8("type", type)).putU8(Range.u8("ids", ids.size()));
            for (int id : ids) {
                writer.putU8(Range.u8("id", id));
            }
            return writer;
        }

        @Override
        public void describe(Tree tree) {
            PassThrough.putType(type, tree);
            tree.put("devices", ids.stream().map(Peripherals::device).toList());
        }
    }

    /**
     * The answer (0x0900).
     *
     * @param type 0xF7 or 0xF8
     * @param devices at most 255
     */
    record Answer(int type, List<Device> devices) implements Peripherals {
        /** Copies the devices. */
        public Answer {
            devices = List.copyOf(devices);
        }

        @Override
        public FrameWriter put(Edition edition, FrameWriter writer) {
            writer.putU8(Range.u8("type", type)).putU8(Range.u8("devices", devices.size()));
            for (Device device : devices) {
                writer.putU8(Range.u8("id", device.id))
                        .putU8(Range.u8("data", device.data.size()))
                        .putBytes(device.data.toArray());
            }
            return writer;
        }

        @Override
        public void describe(Tree tree) {
            PassThrough.putType(type, tree);
            tree.list(
                    "devices",
                    devices,
                    (device, inner) ->
                            inner.put("device", Peripherals.device(device.id)).raw("data", device.data));
        }
    }

    /**
     * What one device says.
     *
     * @param id 0x64 ADAS, 0x65 DSM, 0x66 TPMS, 0x67 BSD
     * @param data at most 255 bytes
     */
    record Device(int id, Bytes data) {
        private static @Nullable Device read(BodyReader in) {
            return in.has(2 + in.peekU8(1)) ? new Device(in.u8(), in.bytes(in.u8())) : null;
        }
    }
}
