package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.BcdTime;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import java.util.List;

/**
 * An active-safety alarm (主动安全) that travels in a position report as item 0x64 to 0x67, T/JSATL 12-2017, and with the longer mark of T/GDRTA 002-2020 (粤标).
 * The dialect shows in the item's length alone, never in the header's edition (sections 7.5 and 13); trackers that use these ids for something else fit
 * neither and stay raw.
 */
public sealed interface SafetyAlarm extends AdditionalItem
        permits SafetyAlarm.Adas, SafetyAlarm.Dsm, SafetyAlarm.Tyres, SafetyAlarm.BlindSpot {

    /** What all four begin with. */
    Head head();

    /** Where, when and how fast. */
    Scene scene();

    /** Key of the attachments. */
    AlarmMark mark();

    /** The item with this id whose value is all that is left; raw if the length fits no dialect. */
    static AdditionalItem of(int id, BodyReader in) {
        int size = in.left();
        return switch (id) {
            case ItemId.ADAS ->
                switch (size) {
                    case Adas.BEFORE_MARK + AlarmMark.LENGTH -> Adas.read(false, in);
                    case Adas.BEFORE_MARK + AlarmMark.LENGTH_GUANGDONG -> Adas.read(true, in);
                    default -> new Raw(id, in.rest());
                };
            case ItemId.DSM ->
                switch (size) {
                    case Dsm.BEFORE_MARK + AlarmMark.LENGTH -> Dsm.read(false, in);
                    case Dsm.BEFORE_MARK + AlarmMark.LENGTH_GUANGDONG -> Dsm.read(true, in);
                    default -> new Raw(id, in.rest());
                };
            case ItemId.BSD ->
                switch (size) {
                    case BlindSpot.BEFORE_MARK + AlarmMark.LENGTH -> BlindSpot.read(false, in);
                    case BlindSpot.BEFORE_MARK + AlarmMark.LENGTH_GUANGDONG -> BlindSpot.read(true, in);
                    default -> new Raw(id, in.rest());
                };
            default -> Tyres.of(in);
        };
    }

    private static void begin(SafetyAlarm alarm, Tree tree) {
        tree.put("alarm_id", alarm.head().alarmId()).code("flag", alarm.head().flag(), "not_used", "start", "end");
    }

    private static void end(SafetyAlarm alarm, Tree tree) {
        alarm.scene().describe(tree);
        tree.branch("mark", alarm.mark(), AlarmMark::describe);
    }

    /**
     * What all four alarms begin with.
     *
     * @param alarmId counts up by one for each alarm of the terminal, whatever its type
     * @param flag 0 not used (an event), 1 start, 2 end
     */
    record Head(long alarmId, int flag) {
        private static Head read(BodyReader in) {
            return new Head(in.u32(), in.u8());
        }

        private FrameWriter put(FrameWriter writer) {
            return writer.putU32(Range.u32("alarmId", alarmId)).putU8(Range.u8("flag", flag));
        }
    }

    /**
     * Where, when and how fast. The hemisphere is in the status of the report that carries the alarm.
     *
     * @param speedKmh whole km/h, 0..255
     * @param altitudeMetres −32768..32767
     * @param latitudeMicrodeg 10⁻⁶ degree, unsigned
     * @param longitudeMicrodeg 10⁻⁶ degree, unsigned
     * @param time terminal's clock
     * @param vehicleState bits 0 ACC, 1 left turn, 2 right turn, 3 wiper, 4 brake, 5 card inserted, 10 fixed
     */
    record Scene(
            int speedKmh,
            int altitudeMetres,
            long latitudeMicrodeg,
            long longitudeMicrodeg,
            BcdTime time,
            int vehicleState) {
        private static Scene read(BodyReader in) {
            return new Scene(in.u8(), (short) in.u16(), in.u32(), in.u32(), BcdTime.read(in), in.u16());
        }

        private FrameWriter put(FrameWriter writer) {
            return writer.putU8(Range.u8("speedKmh", speedKmh))
                    .putU16(Range.of("altitudeMetres", altitudeMetres, Short.MIN_VALUE, Short.MAX_VALUE))
                    .putU32(Range.u32("latitudeMicrodeg", latitudeMicrodeg))
                    .putU32(Range.u32("longitudeMicrodeg", longitudeMicrodeg))
                    .putBytes(time.bytes())
                    .putU16(Range.u16("vehicleState", vehicleState));
        }

        private void describe(Tree tree) {
            tree.put("speed_kmh", speedKmh)
                    .put("altitude_m", altitudeMetres)
                    .degrees("lat", latitudeMicrodeg)
                    .degrees("lon", longitudeMicrodeg)
                    .put("time", time.digits())
                    .put("vehicle_state", vehicleState);
        }
    }

    /**
     * Forward view (高级驾驶辅助, 0x64).
     *
     * @param head id and flag
     * @param type 1 forward collision, 2 lane departure, 3 too close, 4 pedestrian collision, 5 frequent lane change, 6 road sign exceeded, 7
     *     obstacle, 16 sign recognised, 17 active snapshot
     * @param level 1 or 2
     * @param frontSpeedKmh speed of the vehicle ahead, types 1 and 2
     * @param frontDistance100ms distance in tenths of a second, types 1, 2 and 4
     * @param departureSide 1 left, 2 right, type 2
     * @param signType 1 speed, 2 height, 3 weight, types 6 and 16
     * @param signValue what the sign says
     * @param scene where and when
     * @param mark key of the attachments
     */
    record Adas(
            Head head,
            int type,
            int level,
            int frontSpeedKmh,
            int frontDistance100ms,
            int departureSide,
            int signType,
            int signValue,
            Scene scene,
            AlarmMark mark)
            implements SafetyAlarm {
        static final int BEFORE_MARK = 31;

        private static Adas read(boolean guangdong, BodyReader in) {
            return new Adas(
                    Head.read(in),
                    in.u8(),
                    in.u8(),
                    in.u8(),
                    in.u8(),
                    in.u8(),
                    in.u8(),
                    in.u8(),
                    Scene.read(in),
                    AlarmMark.read(guangdong, in));
        }

        @Override
        public int id() {
            return ItemId.ADAS;
        }

        @Override
        public String name() {
            return "adas";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            head.put(writer)
                    .putU8(Range.u8("type", type))
                    .putU8(Range.u8("level", level))
                    .putU8(Range.u8("frontSpeedKmh", frontSpeedKmh))
                    .putU8(Range.u8("frontDistance100ms", frontDistance100ms))
                    .putU8(Range.u8("departureSide", departureSide))
                    .putU8(Range.u8("signType", signType))
                    .putU8(Range.u8("signValue", signValue));
            return mark.put(scene.put(writer));
        }

        @Override
        public void describe(Tree tree) {
            tree.branch("value", this, (adas, inner) -> {
                SafetyAlarm.begin(adas, inner);
                inner.put("type", adas.type)
                        .put("type_name", typeName(adas.type))
                        .put("level", adas.level)
                        .put("front_speed_kmh", adas.frontSpeedKmh)
                        .put("front_distance_100ms", adas.frontDistance100ms)
                        .put("departure_side", adas.departureSide)
                        .put("sign_type", adas.signType)
                        .put("sign_value", adas.signValue);
                SafetyAlarm.end(adas, inner);
            });
        }

        private static String typeName(int type) {
            return switch (type) {
                case 0x01 -> "forward_collision (前向碰撞)";
                case 0x02 -> "lane_departure (车道偏离)";
                case 0x03 -> "too_close (车距过近)";
                case 0x04 -> "pedestrian_collision (行人碰撞)";
                case 0x05 -> "frequent_lane_change (频繁变道)";
                case 0x06 -> "road_sign_exceeded (道路标识超限)";
                case 0x07 -> "obstacle (障碍物)";
                case 0x10 -> "sign_recognised (道路标志识别事件)";
                case 0x11 -> "active_snapshot (主动抓拍事件)";
                default -> "code_" + type;
            };
        }
    }

    /**
     * Driver's state (驾驶员状态监测, 0x65).
     *
     * @param head id and flag
     * @param type 1 fatigue, 2 phone, 3 smoking, 4 distracted, 5 driver abnormal, 16 automatic snapshot, 17 driver changed
     * @param level 1 or 2
     * @param fatigueDegree 1..10, type 1
     * @param reserved four bytes
     * @param scene where and when
     * @param mark key of the attachments
     */
    record Dsm(Head head, int type, int level, int fatigueDegree, long reserved, Scene scene, AlarmMark mark)
            implements SafetyAlarm {
        static final int BEFORE_MARK = 31;

        private static Dsm read(boolean guangdong, BodyReader in) {
            return new Dsm(
                    Head.read(in), in.u8(), in.u8(), in.u8(), in.u32(), Scene.read(in), AlarmMark.read(guangdong, in));
        }

        @Override
        public int id() {
            return ItemId.DSM;
        }

        @Override
        public String name() {
            return "dsm";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            head.put(writer)
                    .putU8(Range.u8("type", type))
                    .putU8(Range.u8("level", level))
                    .putU8(Range.u8("fatigueDegree", fatigueDegree))
                    .putU32(Range.u32("reserved", reserved));
            return mark.put(scene.put(writer));
        }

        @Override
        public void describe(Tree tree) {
            tree.branch("value", this, (dsm, inner) -> {
                SafetyAlarm.begin(dsm, inner);
                inner.put("type", dsm.type)
                        .put("type_name", typeName(dsm.type))
                        .put("level", dsm.level)
                        .put("fatigue_degree", dsm.fatigueDegree);
                if (dsm.reserved != 0) {
                    inner.put("reserved", dsm.reserved);
                }
                SafetyAlarm.end(dsm, inner);
            });
        }

        private static String typeName(int type) {
            return switch (type) {
                case 0x01 -> "fatigue (疲劳)";
                case 0x02 -> "phone (接打电话)";
                case 0x03 -> "smoking (抽烟)";
                case 0x04 -> "distracted (分神)";
                case 0x05 -> "driver_abnormal (驾驶员异常)";
                case 0x10 -> "automatic_snapshot (自动抓拍事件)";
                case 0x11 -> "driver_changed (驾驶员变更事件)";
                default -> "code_" + type;
            };
        }
    }

    /**
     * Tyre pressures (胎压监测, 0x66). The printed offsets 39/40 of the count and 2/4/6/8 inside an entry are misprints (section 13): the mark ends at 40 and
     * an entry has 9 bytes. In the long dialect the sheet has entries of 10, one codec 9: the rest divided by the count says which.
     *
     * @param head id and flag
     * @param scene where and when
     * @param mark key of the attachments
     * @param wheelBytes bytes of the wheel's number, 1 or 2
     * @param wheels at most 255
     */
    record Tyres(Head head, Scene scene, AlarmMark mark, int wheelBytes, List<Wheel> wheels) implements SafetyAlarm {
        private static final int BEFORE_MARK = 24;
        private static final int ENTRY = 9;

        /** Copies the wheels; refuses other widths. */
        public Tyres {
            wheels = List.copyOf(wheels);
            Range.of("wheelBytes", wheelBytes, 1, 2);
        }

        private static AdditionalItem of(BodyReader in) {
            int size = in.left();
            int head = BEFORE_MARK + AlarmMark.LENGTH;
            if (size > head && size == head + 1 + ENTRY * in.peekU8(head)) {
                return read(false, 1, in);
            }
            int longHead = BEFORE_MARK + AlarmMark.LENGTH_GUANGDONG;
            int count = in.peekU8(longHead);
            if (size > longHead && size == longHead + 1 + (ENTRY + 1) * count) {
                return read(true, 2, in);
            }
            if (size > longHead && size == longHead + 1 + ENTRY * count) {
                return read(true, 1, in);
            }
            return new Raw(ItemId.TPMS, in.rest());
        }

        private static Tyres read(boolean guangdong, int wheelBytes, BodyReader in) {
            return new Tyres(
                    Head.read(in),
                    Scene.read(in),
                    AlarmMark.read(guangdong, in),
                    wheelBytes,
                    in.list(in.u8(), wheel -> Wheel.read(wheelBytes, wheel)));
        }

        @Override
        public int id() {
            return ItemId.TPMS;
        }

        @Override
        public String name() {
            return "tpms";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            mark.put(scene.put(head.put(writer)));
            writer.putU8(Range.u8("wheels", wheels.size()));
            for (Wheel wheel : wheels) {
                wheel.put(wheelBytes, writer);
            }
            return writer;
        }

        @Override
        public void describe(Tree tree) {
            tree.branch("value", this, (tyres, inner) -> {
                SafetyAlarm.begin(tyres, inner);
                SafetyAlarm.end(tyres, inner);
                inner.list("wheels", tyres.wheels, Wheel::describe);
            });
        }
    }

    /**
     * One wheel.
     *
     * @param position from 0, front left, zigzag
     * @param kinds bits 0 periodic, 1 high, 2 low, 3 hot, 4 sensor fault, 5 imbalance, 6 slow leak, 7 battery low
     * @param pressureKpa kPa
     * @param temperatureC °C
     * @param batteryPercent %
     */
    record Wheel(int position, int kinds, int pressureKpa, int temperatureC, int batteryPercent) {
        private static Wheel read(int wheelBytes, BodyReader in) {
            return new Wheel(wheelBytes == 2 ? in.u16() : in.u8(), in.u16(), in.u16(), in.u16(), in.u16());
        }

        private void put(int wheelBytes, FrameWriter writer) {
            if (wheelBytes == 2) {
                writer.putU16(Range.u16("position", position));
            } else {
                writer.putU8(Range.u8("position", position));
            }
            writer.putU16(Range.u16("kinds", kinds))
                    .putU16(Range.u16("pressureKpa", pressureKpa))
                    .putU16(Range.u16("temperatureC", temperatureC))
                    .putU16(Range.u16("batteryPercent", batteryPercent));
        }

        private void describe(Tree tree) {
            tree.put("position", position)
                    .bits(
                            "kinds",
                            kinds,
                            "periodic",
                            "high",
                            "low",
                            "hot",
                            "sensor_fault",
                            "imbalance",
                            "slow_leak",
                            "battery_low")
                    .put("pressure_kpa", pressureKpa)
                    .put("temperature_c", temperatureC)
                    .put("battery_percent", batteryPercent);
        }
    }

    /**
     * Blind spots (盲区监测, 0x67).
     *
     * @param head id and flag
     * @param type approach from 1 the rear, 2 the left rear, 3 the right rear
     * @param scene where and when
     * @param mark key of the attachments
     */
    record BlindSpot(Head head, int type, Scene scene, AlarmMark mark) implements SafetyAlarm {
        static final int BEFORE_MARK = 25;

        private static BlindSpot read(boolean guangdong, BodyReader in) {
            return new BlindSpot(Head.read(in), in.u8(), Scene.read(in), AlarmMark.read(guangdong, in));
        }

        @Override
        public int id() {
            return ItemId.BSD;
        }

        @Override
        public String name() {
            return "bsd";
        }

        @Override
        public FrameWriter putValue(FrameWriter writer) {
            return mark.put(scene.put(head.put(writer).putU8(Range.u8("type", type))));
        }

        @Override
        public void describe(Tree tree) {
            tree.branch("value", this, (spot, inner) -> {
                SafetyAlarm.begin(spot, inner);
                inner.put("type", spot.type)
                        .code("type_name", spot.type, null, "rear (后方接近)", "left_rear (左侧后方接近)", "right_rear (右侧后方接近)");
                SafetyAlarm.end(spot, inner);
            });
        }
    }
}
