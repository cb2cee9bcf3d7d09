package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One additional item (位置附加信息) of a position report, id and value; which form a value has is told by its real length (section 7.4 and the length
 * rows of section 13). A known id in a length that fits none of its forms is {@link Raw}, as unknown ids are.
 */
public sealed interface AdditionalItem
        permits LocationReport.Item,
                AdditionalItem.TyrePressure,
                AdditionalItem.OverspeedPlace,
                AdditionalItem.AreaCrossing,
                AdditionalItem.SectionTime,
                AdditionalItem.AbnormalDriving,
                AdditionalItem.Raw,
                SafetyAlarm {

    /** 0..255. */
    int id();

    /** What it is, the unit last; "unknown" for raw ones. */
    String name();

    /** Writes the value without id and length. */
    FrameWriter putValue(FrameWriter writer);

    /** Says the value under the key "value", or "raw". */
    void describe(Tree tree);

    /** Writes id, length and value. */
    default FrameWriter put(FrameWriter writer) {
        writer.putU8(Range.u8("id", id()));
        int mark = writer.size();
        putValue(writer.putU8(0));
        return writer.setU8(mark, Range.u8("item length", writer.size() - mark - 1));
    }

    /** The item with this id whose value is all that is left. */
    static AdditionalItem read(int id, BodyReader in) {
        int size = in.left();
        return switch (id) {
            case ItemId.MILEAGE,
                    ItemId.VIDEO_ALARM,
                    ItemId.VIDEO_LOST,
                    ItemId.VIDEO_COVERED,
                    ItemId.VEHICLE_SIGNALS,
                    ItemId.ANALOG -> size == 4 ? new LocationReport.Item(id, 4, in.u32()) : new Raw(id, in.rest());
            case ItemId.FUEL, ItemId.RECORDER_SPEED, ItemId.CONFIRM_ALARM, ItemId.TEMPERATURE, ItemId.STORAGE_FAULT ->
                size == 2 ? new LocationReport.Item(id, 2, in.u16()) : new Raw(id, in.rest());
            case ItemId.IO, ItemId.SIGNAL, ItemId.SATELLITES -> byteOrWord(id, in);
            case ItemId.TYRE_PRESSURE ->
                size == TyrePressure.WHEELS ? new TyrePressure(in.rest()) : new Raw(id, in.rest());
            case ItemId.OVERSPEED -> OverspeedPlace.of(in);
            case ItemId.AREA -> size == 6 ? new AreaCrossing(in.u8(), in.u32(), in.u8()) : new Raw(id, in.rest());
            case ItemId.SECTION_TIME ->
                size == 7 ? new SectionTime(in.u32(), in.u16(), in.u8()) : new Raw(id, in.rest());
            case ItemId.ABNORMAL_DRIVING -> AbnormalDriving.of(in);
            case ItemId.ADAS, ItemId.DSM, ItemId.TPMS, ItemId.BSD -> SafetyAlarm.of(id, in);
            default -> new Raw(id, in.rest());
        };
    }

    private static AdditionalItem byteOrWord(int id, BodyReader in) {
        return switch (in.left()) {
            case 1 -> new LocationReport.Item(id, 1, in.u8());
            case 2 -> new LocationReport.Item(id, 2, in.u16());
            default -> new Raw(id, in.rest());
        };
    }

    private static void type(String key, int type, Tree tree) {
        tree.code(key, type, "none", "circle", "rectangle", "polygon", "route");
    }

    /**
     * Tyre pressure (胎压, 0x05, 2019). The unit is printed as Pa, which no byte can hold: the number is the vendor's.
     *
     * @param pressures 30 bytes, a wheel each, front to rear and left to right; 0xFF is no wheel
     */
    record TyrePressure(Bytes pressures) implements AdditionalItem {
        static final int WHEELS = 30;
        private static final int NO_WHEEL = 0xFF;

        /** Refuses another number of wheels. */
        public TyrePressure {
            if (pressures.size() != WHEELS) {
                throw new IllegalArgumentException("there are 30 wheels: pressures=" + pressures);
            }
        }

        @Override
        public int id() {
            return ItemId.TYRE_PRESSURE;
        }

        @Override
        public String name() {
            return "tyre_pressure_raw";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            return writer.putBytes(pressures.toArray());
        }

        @Override
        public void describe(Tree tree) {
            List<@Nullable Integer> wheels = new ArrayList<>();
            for (byte b : pressures.toArray()) {
                int wheel = b & 0xFF;
                wheels.add(wheel == NO_WHEEL ? null : wheel);
            }
            tree.put("value", wheels);
        }
    }

    /**
     * Where the overspeed alarm applies (超速报警附加信息, 0x11).
     *
     * @param type 0 none, 1 circle, 2 rectangle, 3 polygon, 4 section of a route
     * @param placeId area or section; −1 where none was sent, as with type 0
     */
    record OverspeedPlace(int type, long placeId) implements AdditionalItem {
        private static AdditionalItem of(BodyReader in) {
            return switch (in.left()) {
                case 1 -> new OverspeedPlace(in.u8(), -1);
                case 5 -> new OverspeedPlace(in.u8(), in.u32());
                default -> new Raw(ItemId.OVERSPEED, in.rest());
            };
        }

        @Override
        public int id() {
            return ItemId.OVERSPEED;
        }

        @Override
        public String name() {
            return "overspeed_place";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            if (type != 0 && placeId < 0) {
                throw new IllegalArgumentException(
                        "a type other than 0 needs an id: type=" + type + " placeId=" + placeId);
            }
            writer.putU8(Range.u8("type", type));
            return placeId < 0 ? writer : writer.putU32(Range.u32("placeId", placeId));
        }

        @Override
        public void describe(Tree tree) {
            tree.branch("value", this, (place, inner) -> {
                AdditionalItem.type("type", place.type, inner);
                if (place.placeId >= 0) {
                    inner.put("id", place.placeId);
                }
            });
        }
    }

    /**
     * An area or route entered or left (进出区域/路线报警附加信息, 0x12).
     *
     * @param type 1 circle, 2 rectangle, 3 polygon, 4 route
     * @param placeId area or route
     * @param direction 0 in, 1 out
     */
    record AreaCrossing(int type, long placeId, int direction) implements AdditionalItem {
        @Override
        public int id() {
            return ItemId.AREA;
        }

        @Override
        public String name() {
            return "area_in_or_out";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            return writer.putU8(Range.u8("type", type))
                    .putU32(Range.u32("placeId", placeId))
                    .putU8(Range.u8("direction", direction));
        }

        @Override
        public void describe(Tree tree) {
            tree.branch("value", this, (area, inner) -> {
                AdditionalItem.type("type", area.type, inner);
                inner.put("id", area.placeId).code("direction", area.direction, "in", "out");
            });
        }
    }

    /**
     * A section driven too fast or too slowly (路段行驶时间不足/过长, 0x13).
     *
     * @param sectionId section
     * @param seconds time on it
     * @param result 0 too short, 1 too long
     */
    record SectionTime(long sectionId, int seconds, int result) implements AdditionalItem {
        @Override
        public int id() {
            return ItemId.SECTION_TIME;
        }

        @Override
        public String name() {
            return "section_time";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            return writer.putU32(Range.u32("sectionId", sectionId))
                    .putU16(Range.u16("seconds", seconds))
                    .putU8(Range.u8("result", result));
        }

        @Override
        public void describe(Tree tree) {
            tree.branch(
                    "value",
                    this,
                    (section, inner) -> inner.put("id", section.sectionId)
                            .put("seconds", section.seconds)
                            .code("result", section.result, "too_short", "too_long"));
        }
    }

    /**
     * Abnormal driving (异常驾驶行为, 0x18, JT/T 1078). The table says two bytes and the list of fields makes three: both are read (section 13).
     *
     * @param kinds bits 0 fatigue, 1 phone, 2 smoking, 11 to 15 the vendor's
     * @param fatigueDegree 0..100; −1 in the form of two bytes
     */
    record AbnormalDriving(int kinds, int fatigueDegree) implements AdditionalItem {
        private static AdditionalItem of(BodyReader in) {
            return switch (in.left()) {
                case 2 -> new AbnormalDriving(in.u16(), -1);
                case 3 -> new AbnormalDriving(in.u16(), in.u8());
                default -> new Raw(ItemId.ABNORMAL_DRIVING, in.rest());
            };
        }

        @Override
        public int id() {
            return ItemId.ABNORMAL_DRIVING;
        }

        @Override
        public String name() {
            return "abnormal_driving";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            writer.putU16(Range.u16("kinds", kinds));
            return fatigueDegree < 0 ? writer : writer.putU8(Range.u8("fatigueDegree", fatigueDegree));
        }

        @Override
        public void describe(Tree tree) {
            tree.branch("value", this, (abnormal, inner) -> {
                inner.bits("kinds", abnormal.kinds, "fatigue", "phone", "smoking");
                if (abnormal.fatigueDegree >= 0) {
                    inner.put("fatigue_degree", abnormal.fatigueDegree);
                }
            });
        }
    }

    /**
     * An item as sent: vendors' ids, and known ids in a length that is not theirs.
     *
     * @param id 0..255
     * @param value at most 255 bytes
     */
    record Raw(int id, Bytes value) implements AdditionalItem {
        @Override
        public String name() {
            return "unknown";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            return writer.putBytes(value.toArray());
        }

        @Override
        public void describe(Tree tree) {
            tree.raw("raw", value);
        }
    }
}
