package io.haulwatch.gateway.command;

import io.haulwatch.jt808.area.RoutePoint;
import io.haulwatch.jt808.area.Vertex;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.parameter.Parameter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command that is not finished.
 *
 * @param state QUEUED or SENT
 * @param attempts times written to a connection so far
 * @param expiresMillis ms since 1970 after which it is not sent any more
 */
public record TerminalCommand(
        UUID commandId, int vehicleId, Content content, CommandState state, int attempts, long expiresMillis) {
    public TerminalCommand {
        if (state.isFinal()) {
            throw new IllegalArgumentException(
                    "a pending command is queued or sent: commandId=" + commandId + " state=" + state);
        }
    }

    /** What the terminal is asked to do. */
    public sealed interface Content {
        /** Message id on the wire. */
        int messageId();
    }

    /**
     * 0x8300 text (文本信息下发).
     *
     * @param urgent shown as urgent (紧急)
     * @param display on the terminal's display
     * @param speak read aloud (TTS)
     */
    public record Text(String text, boolean urgent, boolean display, boolean speak) implements Content {
        @Override
        public int messageId() {
            return 0x8300;
        }
    }

    /** 0x8201 position query (位置信息查询). */
    public record Locate() implements Content {
        @Override
        public int messageId() {
            return 0x8201;
        }
    }

    /**
     * 0x8106 query of given parameters (查询指定终端参数), or 0x8104 of all (查询终端参数).
     *
     * @param ids none asks for all
     */
    public record ReadParameters(List<Long> ids) implements Content {
        /** Copies the ids. */
        public ReadParameters {
            ids = List.copyOf(ids);
        }

        @Override
        public int messageId() {
            return ids.isEmpty() ? MessageId.QUERY_PARAMETERS : MessageId.QUERY_GIVEN_PARAMETERS;
        }
    }

    /** 0x8103 set parameters (设置终端参数). */
    public record SetParameters(List<Parameter> parameters) implements Content {
        /** Copies the parameters. */
        public SetParameters {
            parameters = List.copyOf(parameters);
        }

        @Override
        public int messageId() {
            return MessageId.SET_PARAMETERS;
        }
    }

    /**
     * 0x8105 terminal control (终端控制) without parameters.
     *
     * @param command as in {@link io.haulwatch.jt808.terminal.TerminalControl}
     */
    public record Control(int command) implements Content {
        @Override
        public int messageId() {
            return MessageId.CONTROL;
        }
    }

    /**
     * 0x8801 shoot now (摄像头立即拍摄命令): pictures that are sent at once.
     *
     * @param channel camera, 1..255
     * @param pictures how many, 1..10
     * @param size 0 small, 1 medium, 2 large
     */
    public record Photo(int channel, int pictures, int size) implements Content {
        /** Refuses what the message cannot say. */
        public Photo {
            if (channel < 1 || channel > 255 || pictures < 1 || pictures > 10 || size < 0 || size > 2) {
                throw new IllegalArgumentException("channel is 1 to 255, pictures 1 to 10, size 0 to 2: channel="
                        + channel + " pictures=" + pictures + " size=" + size);
            }
        }

        @Override
        public int messageId() {
            return MessageId.SHOOT;
        }
    }

    /**
     * 0x8202 temporary tracking (临时位置跟踪控制).
     *
     * @param intervalSeconds between reports; 0 ends it
     * @param seconds how long it lasts
     */
    public record Track(int intervalSeconds, long seconds) implements Content {
        @Override
        public int messageId() {
            return MessageId.TRACKING;
        }
    }

    /**
     * 0x8203 manual confirmation of alarms (人工确认报警消息), 2013 and later.
     *
     * @param alarms bits of the alarm flags; every alarm of these kinds is confirmed
     */
    public record ConfirmAlarms(long alarms) implements Content {
        @Override
        public int messageId() {
            return MessageId.CONFIRM_ALARM;
        }
    }

    /**
     * 0x8400 call back (电话回拨): the terminal calls a telephone.
     *
     * @param listen the cab hears nothing of it
     */
    public record Call(boolean listen, String phone) implements Content {
        @Override
        public int messageId() {
            return MessageId.CALL_BACK;
        }
    }

    /**
     * 0x8700 collect recorder data (行驶记录数据采集命令); the block itself is kept like everything that a terminal sends.
     *
     * @param command command word of GB/T 19056 that needs no parameters, 0x00..0x07
     */
    public record ReadRecorder(int command) implements Content {
        @Override
        public int messageId() {
            return MessageId.COLLECT_RECORDER;
        }
    }

    /**
     * A zone that the terminal shall watch by itself: 0x8600 for a circle (设置圆形区域), 0x8602 for a rectangle (设置矩形区域), 0x8604 for a polygon
     * (设置多边形区域), 0x8606 for a route (设置路线). An id of the same kind that it knows is replaced.
     *
     * @param id 1..2³²−1
     * @param limitKmh highest speed inside; 0 for none, and for a route, whose sections have their own
     * @param hours when it applies; null for always
     */
    public record SetZone(
            long id, String name, int limitKmh, @Nullable Hours hours, Shape shape) implements Content {
        @Override
        public int messageId() {
            return shape.kind().setMessage();
        }
    }

    /** A time of every day, minutes after midnight, GMT+8; the end may lie before the start. */
    public record Hours(int startMinute, int endMinute) {}

    /** The form of a zone. */
    public sealed interface Shape permits Round, Box, Corners, Way {
        /** Which messages speak of it. */
        ZoneKind kind();
    }

    /** A circle. */
    public record Round(Vertex centre, long radiusMetres) implements Shape {
        @Override
        public ZoneKind kind() {
            return ZoneKind.CIRCLE;
        }
    }

    /** A rectangle along parallels and meridians. */
    public record Box(Vertex upperLeft, Vertex lowerRight) implements Shape {
        @Override
        public ZoneKind kind() {
            return ZoneKind.RECTANGLE;
        }
    }

    /** A polygon; the last corner is not the first again. */
    public record Corners(List<Vertex> corners) implements Shape {
        /** Copies the corners. */
        public Corners {
            corners = List.copyOf(corners);
        }

        @Override
        public ZoneKind kind() {
            return ZoneKind.POLYGON;
        }
    }

    /**
     * A route.
     *
     * @param sections in driving order; each begins where the one before it ends
     * @param end where the last one ends
     */
    public record Way(List<Section> sections, Vertex end) implements Shape {
        /** Copies the sections. */
        public Way {
            sections = List.copyOf(sections);
        }

        @Override
        public ZoneKind kind() {
            return ZoneKind.ROUTE;
        }
    }

    /**
     * A section of a route.
     *
     * @param from where it begins
     * @param widthMetres m, 0..255
     * @param limitKmh highest speed on it; 0 for none
     * @param time how long driving it may take; null for any
     */
    public record Section(Vertex from, int widthMetres, int limitKmh, RoutePoint.@Nullable DrivingTime time) {}

    /** 0x8601, 0x8603, 0x8605 or 0x8607: the terminal forgets a zone. */
    public record DeleteZone(long id, ZoneKind kind) implements Content {
        @Override
        public int messageId() {
            return kind.deleteMessage();
        }
    }

    /** 0x8608 query of zones (查询区域或线路数据), 2019: all of one kind that the terminal holds. */
    public record ReadZones(ZoneKind kind) implements Content {
        @Override
        public int messageId() {
            return MessageId.QUERY_AREAS;
        }
    }

    /** 0x8500 vehicle control (车辆控制) of the doors. */
    public record Doors(boolean lock) implements Content {
        @Override
        public int messageId() {
            return MessageId.VEHICLE_CONTROL;
        }
    }
}
