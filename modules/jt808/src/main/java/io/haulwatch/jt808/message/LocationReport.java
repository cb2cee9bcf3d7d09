package io.haulwatch.jt808.message;

import io.haulwatch.jt808.frame.FrameWriter;
import java.util.List;

/**
 * A position report as a terminal composes it: 0x0200, one item of a 0x0704, or the rest of a 0x0201. The same form in all editions.
 *
 * @param alarms alarm flags (报警标志)
 * @param status status bits (状态); the hemisphere bits 2 and 3 are set here from the signs
 * @param latitudeMicrodeg 10⁻⁶ degree, south negative
 * @param longitudeMicrodeg 10⁻⁶ degree, west negative
 * @param altitudeMetres −32768..32767
 * @param speedDeciKmh 0.1 km/h, 0..65535
 * @param headingDeg 0..359
 * @param deviceMillis terminal's clock, ms since 1970 UTC, years 2000 to 2099
 * @param items additional items in the order sent
 */
public record LocationReport(
        int alarms,
        int status,
        int latitudeMicrodeg,
        int longitudeMicrodeg,
        int altitudeMetres,
        int speedDeciKmh,
        int headingDeg,
        long deviceMillis,
        List<Item> items) {

    private static final int BIT_SOUTH = 1 << 2;
    private static final int BIT_WEST = 1 << 3;

    /** Copies the items. */
    public LocationReport {
        items = List.copyOf(items);
    }

    /**
     * An additional item (位置附加信息) with a number in it.
     *
     * @param id 0..255
     * @param width bytes of the value, 1, 2 or 4
     * @param value low bytes are sent
     */
    public record Item(int id, int width, long value) {
        /** Refuses other widths. */
        public Item {
            if (width != 1 && width != 2 && width != 4) {
                throw new IllegalArgumentException("an item's number has 1, 2 or 4 bytes: width=" + width);
            }
        }

        /** Mileage, 0.1 km. */
        public static Item mileage(long deciKm) {
            return new Item(ItemId.MILEAGE, 4, deciKm);
        }

        /** Recorder speed, 0.1 km/h. */
        public static Item recorderSpeed(int deciKmh) {
            return new Item(ItemId.RECORDER_SPEED, 2, deciKmh);
        }

        /** Network signal strength. */
        public static Item signal(int strength) {
            return new Item(ItemId.SIGNAL, 1, strength);
        }

        /** Satellites used. */
        public static Item satellites(int count) {
            return new Item(ItemId.SATELLITES, 1, count);
        }

        private void put(FrameWriter writer) {
            writer.putU8(id).putU8(width);
            switch (width) {
                case 1 -> writer.putU8((int) value);
                case 2 -> writer.putU16((int) value);
                default -> writer.putU32(value);
            }
        }
    }

    /** Writes the body of a 0x0200. */
    public FrameWriter put(FrameWriter writer) {
        putBase(
                writer,
                alarms,
                status,
                latitudeMicrodeg,
                longitudeMicrodeg,
                altitudeMetres,
                speedDeciKmh,
                headingDeg,
                deviceMillis);
        for (Item item : items) {
            item.put(writer);
        }
        return writer;
    }

    /** Writes the body of a 0x0201, the answer to the query with this serial. */
    public FrameWriter putAnswer(FrameWriter writer, int querySerial) {
        return put(writer.putU16(querySerial));
    }

    /** Writes the body of a 0x0704; type 1 is blind-area backfill. */
    public static FrameWriter putBatch(FrameWriter writer, int type, List<LocationReport> reports) {
        writer.putU16(reports.size()).putU8(type);
        for (LocationReport report : reports) {
            int mark = writer.size();
            writer.putU16(0);
            report.put(writer);
            writer.setU16(mark, writer.size() - mark - 2);
        }
        return writer;
    }

    /** Writes the 28 bytes of the base without making a report; parameters as in the record. */
    public static FrameWriter putBase(
            FrameWriter writer,
            int alarms,
            int status,
            int latitudeMicrodeg,
            int longitudeMicrodeg,
            int altitudeMetres,
            int speedDeciKmh,
            int headingDeg,
            long deviceMillis) {
        int hemispheres = (latitudeMicrodeg < 0 ? BIT_SOUTH : 0) | (longitudeMicrodeg < 0 ? BIT_WEST : 0);
        return writer.putU32(alarms)
                .putU32((status & ~(BIT_SOUTH | BIT_WEST)) | hemispheres)
                .putU32(Math.abs(latitudeMicrodeg))
                .putU32(Math.abs(longitudeMicrodeg))
                .putU16(altitudeMetres)
                .putU16(speedDeciKmh)
                .putU16(headingDeg)
                .putTime(deviceMillis);
    }
}
