package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * Registration (终端注册, 0x0100).
 *
 * @param edition layout the body was in
 * @param province first 2 digits of GB/T 2260 as a number, 0 = platform default
 * @param city last 4 digits of GB/T 2260 as a number, 0 = platform default
 * @param maker maker id (制造商 ID), padding trimmed
 * @param model terminal model (终端型号), padding trimmed
 * @param terminalId terminal id (终端 ID), padding trimmed
 * @param plateColour plate colour (车牌颜色) as sent: 1 blue, 2 yellow …; 0 = no plate, {@code plate} is a VIN
 * @param plate plate (车牌) without padding and separators
 */
public record Registration(
        Edition edition,
        int province,
        int city,
        String maker,
        String model,
        String terminalId,
        int plateColour,
        String plate)
        implements MessageBody {

    private static final int MAKER_AT = 4;

    /**
     * Reads a body. The header decides first, then the length: 76 bytes make a 2019 body, 37 a 2013, 25 a 2011. An old header cannot
     * tell 2011 from 2013, and a 2011 body with a plate of 12 bytes or more is as long as a 2013 one: then the first layout
     * whose colour and plate make sense wins, 2013 before 2011, and 2013 if none does.
     *
     * @return null if the body is shorter than the shortest layout
     */
    public static @Nullable Registration read(boolean header2019, byte[] bytes, int offset, int length) {
        Layout[] order = header2019
                ? new Layout[] {Layout.OF_2019, Layout.OF_2013, Layout.OF_2011}
                : new Layout[] {Layout.OF_2013, Layout.OF_2011, Layout.OF_2019};
        Registration fallback = null;
        for (Layout layout : order) {
            if (length < layout.smallest) {
                continue;
            }
            Registration candidate = read(layout, bytes, offset, length);
            if (candidate.makesSense()) {
                return candidate;
            }
            if (fallback == null) {
                fallback = candidate;
            }
        }
        return fallback;
    }

    /** Reads a body, which is all taken, in the layout of the edition; if it is too short for that, in one that fits; null if none does. */
    public static @Nullable Registration read(Edition edition, BodyReader in) {
        int start = in.position();
        int length = in.left();
        in.skip(length);
        Layout layout = Layout.of(edition);
        return length < layout.smallest
                ? read(edition == Edition.V2019, in.array(), start, length)
                : read(layout, in.array(), start, length);
    }

    @Override
    public FrameWriter put(Edition to, FrameWriter writer) {
        return new Registration(to, province, city, maker, model, terminalId, plateColour, plate).put(writer);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("province", province)
                .put("city", city)
                .put("maker", maker)
                .put("model", model)
                .put("terminal_id", terminalId)
                .put("plate_colour", plateColour)
                .put(plateColour == 0 ? "vin" : "plate", plate);
    }

    /** Writes the body in this edition. */
    public FrameWriter put(FrameWriter writer) {
        Layout layout = Layout.of(edition);
        return writer.putU16(province)
                .putU16(city)
                .putPadded(maker, layout.maker)
                .putPadded(model, layout.model)
                .putPadded(terminalId, layout.terminalId)
                .putU8(plateColour)
                .putText(plate);
    }

    private static Registration read(Layout layout, byte[] bytes, int offset, int length) {
        int maker = offset + MAKER_AT;
        int model = maker + layout.maker;
        int terminalId = model + layout.model;
        int colour = terminalId + layout.terminalId;
        return new Registration(
                layout.edition,
                BigEndian.u16(bytes, offset),
                BigEndian.u16(bytes, offset + 2),
                Gbk.text(bytes, maker, layout.maker),
                Gbk.text(bytes, model, layout.model),
                Gbk.text(bytes, terminalId, layout.terminalId),
                bytes[colour] & 0xFF,
                Plate.read(bytes, colour + 1, offset + length - colour - 1));
    }

    private boolean makesSense() {
        return Plate.isColour(plateColour) && Plate.isText(plate);
    }

    private enum Layout {
        OF_2011(Edition.V2011, 5, 8, 7),
        OF_2013(Edition.V2013, 5, 20, 7),
        OF_2019(Edition.V2019, 11, 30, 30);

        private final Edition edition;
        private final int maker;
        private final int model;
        private final int terminalId;
        private final int smallest;

        Layout(Edition edition, int maker, int model, int terminalId) {
            this.edition = edition;
            this.maker = maker;
            this.model = model;
            this.terminalId = terminalId;
            this.smallest = MAKER_AT + maker + model + terminalId + 1;
        }

        private static Layout of(Edition edition) {
            return switch (edition) {
                case V2011 -> OF_2011;
                case V2013 -> OF_2013;
                case V2019 -> OF_2019;
            };
        }
    }
}
