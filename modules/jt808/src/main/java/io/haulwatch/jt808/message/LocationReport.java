package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A position report as a terminal composes it: 0x0200, one item of a 0x0704, or the rest of a 0x0201. The same form in all editions.
 *
 * @param alarms alarm flags (报警标志)
 * @param status status bits (状态); the hemisphere bits 2 and 3 are written from the signs
 * @param latitudeMicrodeg 10⁻⁶ degree, south negative
 * @param longitudeMicrodeg 10⁻⁶ degree, west negative
 * @param altitudeMetres −32768..32767
 * @param speedDeciKmh 0.1 km/h, 0..65535
 * @param headingDeg 0..359
 * @param deviceMillis terminal's clock, ms since 1970 UTC, years 2000 to 2099; unreadable when read so, and then it cannot be written
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
        List<? extends AdditionalItem> items)
        implements MessageBody {

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
    public record Item(int id, int width, long value) implements AdditionalItem {
        private static final String[] SIGNALS = {
            "low_beam",
            "high_beam",
            "right_turn",
            "left_turn",
            "brake",
            "reverse",
            "fog_lamp",
            "clearance_lamp",
            "horn",
            "air_conditioning",
            "neutral",
            "retarder",
            "abs",
            "heater",
            "clutch"
        };
        private static final String[] VIDEO_ALARMS = {
            "signal_lost",
            "signal_covered",
            "storage_fault",
            "other_video_fault",
            "overcrowded",
            "abnormal_driving",
            "special_recording_storage_full"
        };

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

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            return switch (width) {
                case 1 -> writer.putU8((int) value);
                case 2 -> writer.putU16((int) value);
                default -> writer.putU32(value);
            };
        }

        @Override
        public String name() {
            return switch (id) {
                case ItemId.MILEAGE -> "mileage_km";
                case ItemId.FUEL -> "fuel_l";
                case ItemId.RECORDER_SPEED -> "recorder_speed_kmh";
                case ItemId.CONFIRM_ALARM -> "alarm_to_confirm";
                case ItemId.TEMPERATURE -> "compartment_temperature_c";
                case ItemId.VIDEO_ALARM -> "video_alarms";
                case ItemId.VIDEO_LOST -> "video_signal_lost_channels";
                case ItemId.VIDEO_COVERED -> "video_signal_covered_channels";
                case ItemId.STORAGE_FAULT -> "storage_fault";
                case ItemId.VEHICLE_SIGNALS -> "vehicle_signals";
                case ItemId.IO -> "io";
                case ItemId.ANALOG -> "analog";
                case ItemId.SIGNAL -> "signal_strength";
                case ItemId.SATELLITES -> "satellites";
                default -> "number";
            };
        }

        @Override
        public void describe(Tree tree) {
            switch (id) {
                case ItemId.MILEAGE, ItemId.FUEL, ItemId.RECORDER_SPEED -> tree.tenths("value", value);
                case ItemId.TEMPERATURE -> tree.put("value", celsius((int) value));
                case ItemId.VIDEO_ALARM -> tree.bits("value", value, VIDEO_ALARMS);
                case ItemId.VIDEO_LOST, ItemId.VIDEO_COVERED -> tree.put("value", channels(value));
                case ItemId.STORAGE_FAULT ->
                    tree.branch(
                            "value",
                            value,
                            (word, inner) ->
                                    inner.put("main", channels(word & 0xFFF)).put("backup", channels(word >>> 12)));
                case ItemId.VEHICLE_SIGNALS -> tree.bits("value", value, SIGNALS);
                case ItemId.IO -> tree.bits("value", value, "deep_sleep", "sleep");
                case ItemId.ANALOG ->
                    tree.branch(
                            "value",
                            value,
                            (word, inner) -> inner.put("ad0", word & 0xFFFF).put("ad1", word >>> 16));
                default -> tree.put("value", value);
            }
        }

        /**
         * Compartment temperature (0x06), °C. Sign and magnitude by the standard, two's complement from some terminals; they meet only far below any
         * compartment, so 0xC000 and above is two's complement (section 13).
         */
        public static int celsius(int word) {
            if (word >= 0xC000) {
                return (short) word;
            }
            return word >= 0x8000 ? -(word & 0x7FFF) : word;
        }

        private static List<Integer> channels(long bits) {
            List<Integer> channels = new ArrayList<>();
            for (int bit = 0; bit < 32; bit++) {
                if ((bits >>> bit & 1) != 0) {
                    channels.add(bit + 1);
                }
            }
            return channels;
        }
    }

    /** Reads a report whose items go to the end; null if the base is not all there. An item cut at the end is left out. */
    public static @Nullable LocationReport read(BodyReader in) {
        LocationView view = new LocationView();
        if (!view.wrap(in.array(), in.position(), in.left())) {
            return null;
        }
        in.skip(LocationView.BASE);
        AdditionalItems items = AdditionalItems.read(in);
        if (items.partial()) {
            in.missing();
        }
        return of(view, items.items());
    }

    /** Reads a report without items, as media carry it; null if it is not all there. */
    public static @Nullable LocationReport readBase(BodyReader in) {
        return in.has(LocationView.BASE) ? read(in.part(LocationView.BASE)) : null;
    }

    /** What a view shows, with these items. */
    public static LocationReport of(LocationView view, List<? extends AdditionalItem> items) {
        return new LocationReport(
                view.alarms(),
                view.status(),
                view.latitudeMicrodeg(),
                view.longitudeMicrodeg(),
                view.altitudeMetres(),
                view.speedDeciKmh(),
                view.headingDeg(),
                view.deviceMillis(),
                items);
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return put(writer);
    }

    @Override
    public void describe(Tree tree) {
        describeBase(tree);
        tree.list("items", items, (item, inner) -> {
            inner.put("id", String.format(Locale.ROOT, "0x%02X", item.id())).put("name", item.name());
            item.describe(inner);
        });
    }

    /** Says the fixed part alone. */
    public void describeBase(Tree tree) {
        tree.degrees("lat", latitudeMicrodeg)
                .degrees("lon", longitudeMicrodeg)
                .put("altitude_m", altitudeMetres)
                .tenths("speed_kmh", speedDeciKmh)
                .put("heading_deg", headingDeg)
                .time("device_time", deviceMillis)
                .put("alarms", AlarmFlag.names(alarms, tree.edition()))
                .put("status", StatusFlag.names(status));
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
        for (AdditionalItem item : items) {
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
        // At 0 the sign says nothing and the caller's bit stays.
        int south = latitudeMicrodeg == 0 ? status & BIT_SOUTH : latitudeMicrodeg < 0 ? BIT_SOUTH : 0;
        int west = longitudeMicrodeg == 0 ? status & BIT_WEST : longitudeMicrodeg < 0 ? BIT_WEST : 0;
        return writer.putU32(alarms)
                .putU32((status & ~(BIT_SOUTH | BIT_WEST)) | south | west)
                .putU32(Math.abs(latitudeMicrodeg))
                .putU32(Math.abs(longitudeMicrodeg))
                .putU16(altitudeMetres)
                .putU16(speedDeciKmh)
                .putU16(headingDeg)
                .putTime(deviceMillis);
    }
}
