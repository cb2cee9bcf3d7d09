package io.haulwatch.jt808.control;

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
 * Vehicle control (车辆控制, 0x8500): one byte of flags in 2011 and 2013, a list of controls in 2019. The terminal answers 0x0001 at once and 0x0500 when it is done.
 */
public sealed interface VehicleControl extends MessageBody permits VehicleControl.Flags, VehicleControl.Controls {
    /** Type of the door control, 2019. */
    int DOOR = 0x0001;
    /** First type that belongs to vendors, 2019. */
    int FIRST_VENDOR = 0xF001;

    /** Reads a body; null if it is too short. */
    static @Nullable VehicleControl read(Edition edition, BodyReader in) {
        return edition == Edition.V2019 ? Controls.read(in) : Flags.read(in);
    }

    /**
     * Locks or unlocks the doors. The 2019 text says 0 = lock and 1 = open, the opposite of the older flag, and one codec keeps the older meaning
     * (section 13): what a terminal does with it is a setting of its model.
     *
     * @param lockIsOne 2019 only: this model locks with 1, against the text
     */
    static VehicleControl doors(Edition edition, boolean lock, boolean lockIsOne) {
        if (edition != Edition.V2019) {
            return new Flags(lock ? 1 : 0);
        }
        return new Controls(List.of(new Door(lock == lockIsOne ? 1 : 0)));
    }

    /**
     * The form of 2011 and 2013.
     *
     * @param flags bit 0: 0 unlock, 1 lock the doors
     */
    record Flags(int flags) implements VehicleControl {
        private static @Nullable Flags read(BodyReader in) {
            return in.has(1) ? new Flags(in.u8()) : null;
        }

        @Override
        public FrameWriter put(Edition edition, FrameWriter writer) {
            if (edition == Edition.V2019) {
                throw new IllegalArgumentException("2019 has a list of controls: flags=" + flags);
            }
            return writer.putU8(Range.u8("flags", flags));
        }

        @Override
        public void describe(Tree tree) {
            tree.code("doors", flags & 1, "unlock", "lock");
            if (flags > 1) {
                tree.put("flags", Tree.hex(flags, 2));
            }
        }
    }

    /**
     * The form of 2019. One codec leaves the count out; the standard has it (section 13).
     *
     * @param controls in the order sent
     */
    record Controls(List<Control> controls) implements VehicleControl {
        /** Copies the controls; only the last can be a vendor's, whose length nothing says. */
        public Controls {
            controls = List.copyOf(controls);
            for (int i = 0; i < controls.size() - 1; i++) {
                if (controls.get(i) instanceof Vendor) {
                    throw new IllegalArgumentException("a vendor's control ends the list: controls=" + controls);
                }
            }
        }

        private static @Nullable Controls read(BodyReader in) {
            return in.has(2) ? new Controls(in.list(in.u16(), Controls::control)) : null;
        }

        private static @Nullable Control control(BodyReader in) {
            if (!in.has(3)) {
                return null;
            }
            int type = in.u16();
            return type == DOOR ? new Door(in.u8()) : new Vendor(type, in.rest());
        }

        @Override
        public FrameWriter put(Edition edition, FrameWriter writer) {
            if (edition != Edition.V2019) {
                throw new IllegalArgumentException("a list of controls is for 2019: edition=" + edition.year());
            }
            writer.putU16(Range.u16("controls", controls.size()));
            for (Control control : controls) {
                switch (control) {
                    case Door door -> writer.putU16(DOOR).putU8(Range.u8("door", door.value()));
                    case Vendor vendor ->
                        writer.putU16(Range.of("type", vendor.type(), FIRST_VENDOR, 0xFFFF))
                                .putBytes(vendor.value().toArray());
                }
            }
            return writer;
        }

        @Override
        public void describe(Tree tree) {
            tree.list("controls", controls, (control, inner) -> {
                switch (control) {
                    case Door door -> inner.put("type", "doors").code("value", door.value(), "lock", "open");
                    case Vendor vendor ->
                        inner.put("type", Tree.hex(vendor.type(), 4)).raw("raw", vendor.value());
                }
            });
        }
    }

    /** One control of the 2019 form. */
    sealed interface Control permits Door, Vendor {}

    /**
     * The doors.
     *
     * @param value 0 lock, 1 open by the text of 2019
     */
    record Door(int value) implements Control {}

    /**
     * A control that the standard leaves to the vendor, or does not know.
     *
     * @param type 0xF001 to 0xFFFF
     * @param value everything behind it
     */
    record Vendor(int type, Bytes value) implements Control {}
}
