package io.haulwatch.gateway.link;

import io.haulwatch.gateway.command.CommandChange.Held;
import io.haulwatch.gateway.command.CommandChange.Zones;
import io.haulwatch.gateway.command.TerminalCommand;
import io.haulwatch.gateway.command.TerminalCommand.SetZone;
import io.haulwatch.gateway.command.ZoneKind;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.AreaAnswer;
import io.haulwatch.jt808.area.AreaAttributes;
import io.haulwatch.jt808.area.AreaBody;
import io.haulwatch.jt808.area.AreaWindow;
import io.haulwatch.jt808.area.Circle;
import io.haulwatch.jt808.area.Polygon;
import io.haulwatch.jt808.area.Rectangle;
import io.haulwatch.jt808.area.Route;
import io.haulwatch.jt808.area.RoutePoint;
import io.haulwatch.jt808.area.SetCircles;
import io.haulwatch.jt808.area.SetRectangles;
import io.haulwatch.jt808.area.SpeedLimit;
import io.haulwatch.jt808.area.Vertex;
import io.haulwatch.jt808.field.BcdTime;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Zones as 0x8600 to 0x8606 carry them, and back from 0x0608 (section 10). The driver is told when he enters a zone, and when he leaves a route;
 * what the platform makes of it, it finds by itself. Stateless.
 */
final class ZoneBodies {
    /** Of 0x8600 and 0x8602: beside those that the terminal has. */
    private static final int APPEND = 1;

    private static final int SPEEDING_SECONDS = 10;
    private static final int ROUTE_ATTRIBUTES = AreaAttributes.ENTRY_DRIVER | AreaAttributes.EXIT_DRIVER;
    /** Attribute bits that follow from other fields. */
    private static final int FOLLOWS =
            AreaAttributes.TIME | AreaAttributes.SPEED | AreaAttributes.SOUTH | AreaAttributes.WEST;

    private static final int SECTION_FOLLOWS = 0x0F;

    private ZoneBodies() {}

    static AreaBody body(boolean is2019, SetZone zone) {
        TerminalCommand.Hours hours = zone.hours();
        AreaWindow window = hours == null ? null : new AreaWindow(daily(hours.startMinute()), daily(hours.endMinute()));
        SpeedLimit speed = speed(is2019, zone.limitKmh());
        String name = is2019 ? zone.name() : "";
        int attributes = AreaAttributes.ENTRY_DRIVER;
        return switch (zone.shape()) {
            case TerminalCommand.Round(Vertex centre, long radius) ->
                new SetCircles(APPEND, List.of(new Circle(zone.id(), attributes, centre, radius, window, speed, name)));
            case TerminalCommand.Box(Vertex upperLeft, Vertex lowerRight) ->
                new SetRectangles(
                        APPEND,
                        List.of(new Rectangle(zone.id(), attributes, upperLeft, lowerRight, window, speed, name)));
            case TerminalCommand.Corners(List<Vertex> corners) ->
                new Polygon(zone.id(), attributes, window, speed, corners, name);
            case TerminalCommand.Way way -> new Route(zone.id(), ROUTE_ATTRIBUTES, window, points(is2019, way), name);
        };
    }

    /** Packages that a zone takes. */
    static int packages(boolean is2019, SetZone zone) {
        return body(is2019, zone)
                .put(
                        Edition.ofHeader(is2019),
                        new FrameWriter().begin(TerminalAddress.of("1", is2019), zone.messageId(), 0))
                .packages();
    }

    /** What an answer says; null for a kind that does not exist. */
    static @Nullable Zones held(boolean is2019, AreaAnswer answer) {
        ZoneKind kind = ZoneKind.ofNumber(answer.kind());
        if (kind == null) {
            return null;
        }
        List<Held> held = new ArrayList<>();
        for (AreaBody body : answer.bodies()) {
            switch (body) {
                case SetCircles circles ->
                    circles.circles().forEach(each -> held.add(held(is2019, new SetCircles(APPEND, List.of(each)))));
                case SetRectangles rectangles ->
                    rectangles
                            .rectangles()
                            .forEach(each -> held.add(held(is2019, new SetRectangles(APPEND, List.of(each)))));
                case Polygon polygon -> held.add(held(is2019, polygon));
                case Route route -> held.add(held(is2019, route));
            }
        }
        return new Zones(kind, held);
    }

    /** One zone; whether there is more to it shows in what would be sent for what was understood of it. */
    private static Held held(boolean is2019, AreaBody one) {
        SetZone zone = zone(one);
        return new Held(zone, !body(is2019, zone).equals(plain(one)));
    }

    private static SetZone zone(AreaBody one) {
        return switch (one) {
            case SetCircles circles -> {
                Circle it = circles.circles().getFirst();
                yield new SetZone(
                        it.id(),
                        it.name(),
                        limit(it.speed()),
                        hours(it.window()),
                        new TerminalCommand.Round(it.centre(), it.radiusMetres()));
            }
            case SetRectangles rectangles -> {
                Rectangle it = rectangles.rectangles().getFirst();
                yield new SetZone(
                        it.id(),
                        it.name(),
                        limit(it.speed()),
                        hours(it.window()),
                        new TerminalCommand.Box(it.upperLeft(), it.lowerRight()));
            }
            case Polygon it ->
                new SetZone(
                        it.id(),
                        it.name(),
                        limit(it.speed()),
                        hours(it.window()),
                        new TerminalCommand.Corners(it.vertices()));
            case Route it -> new SetZone(it.id(), it.name(), 0, hours(it.window()), way(it.points()));
        };
    }

    private static TerminalCommand.Way way(List<RoutePoint> points) {
        List<TerminalCommand.Section> sections = new ArrayList<>();
        for (RoutePoint each : points.subList(0, Math.max(0, points.size() - 1))) {
            sections.add(
                    new TerminalCommand.Section(each.place(), each.widthMetres(), limit(each.speed()), each.times()));
        }
        return new TerminalCommand.Way(
                sections, points.isEmpty() ? new Vertex(0, 0) : points.getLast().place());
    }

    /** The same without the attribute bits that follow from other fields, as {@link #body} makes it. */
    private static AreaBody plain(AreaBody one) {
        return switch (one) {
            case SetCircles(int action, List<Circle> circles) ->
                new SetCircles(
                        action,
                        circles.stream()
                                .map(it -> new Circle(
                                        it.id(),
                                        it.attributes() & ~FOLLOWS,
                                        it.centre(),
                                        it.radiusMetres(),
                                        it.window(),
                                        it.speed(),
                                        it.name()))
                                .toList());
            case SetRectangles(int action, List<Rectangle> rectangles) ->
                new SetRectangles(
                        action,
                        rectangles.stream()
                                .map(it -> new Rectangle(
                                        it.id(),
                                        it.attributes() & ~FOLLOWS,
                                        it.upperLeft(),
                                        it.lowerRight(),
                                        it.window(),
                                        it.speed(),
                                        it.name()))
                                .toList());
            case Polygon it ->
                new Polygon(it.id(), it.attributes() & ~FOLLOWS, it.window(), it.speed(), it.vertices(), it.name());
            case Route it ->
                new Route(
                        it.id(),
                        it.attributes() & ~AreaAttributes.TIME,
                        it.window(),
                        it.points().stream()
                                .map(point -> new RoutePoint(
                                        point.pointId(),
                                        point.sectionId(),
                                        point.place(),
                                        point.widthMetres(),
                                        point.attributes() & ~SECTION_FOLLOWS,
                                        point.times(),
                                        point.speed()))
                                .toList(),
                        it.name());
        };
    }

    /** Points and sections are counted from 1; behind the last point lies no section, so it has neither times nor a speed. */
    private static List<RoutePoint> points(boolean is2019, TerminalCommand.Way way) {
        List<RoutePoint> points = new ArrayList<>();
        int width = 0;
        for (TerminalCommand.Section each : way.sections()) {
            int number = points.size() + 1;
            width = each.widthMetres();
            points.add(
                    new RoutePoint(number, number, each.from(), width, 0, each.time(), speed(is2019, each.limitKmh())));
        }
        int number = points.size() + 1;
        points.add(new RoutePoint(number, number, way.end(), width, 0, null, null));
        return points;
    }

    /** 2019 cannot leave the night's speed out: it is the same here. */
    private static @Nullable SpeedLimit speed(boolean is2019, int limitKmh) {
        return limitKmh == 0 ? null : new SpeedLimit(limitKmh, SPEEDING_SECONDS, is2019 ? limitKmh : -1);
    }

    private static int limit(@Nullable SpeedLimit speed) {
        return speed == null ? 0 : speed.maxKmh();
    }

    private static BcdTime daily(int minute) {
        return BcdTime.daily(minute / 60, minute % 60, 0);
    }

    /** Whole minutes of every day; null for anything else. */
    private static TerminalCommand.@Nullable Hours hours(@Nullable AreaWindow window) {
        int start = window == null ? -1 : window.start().dailyMinute();
        int end = window == null ? -1 : window.end().dailyMinute();
        return start < 0 || end < 0 ? null : new TerminalCommand.Hours(start, end);
    }
}
