package io.haulwatch.console.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.history.DayHistory.Point;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.vehicles.Track;
import io.haulwatch.rules.vehicle.VehicleHistory;
import io.haulwatch.rules.vehicle.VehicleHistory.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API says of a day. */
final class DayViews {
    /** A shorter way says nothing of how often something happens on 100 km, metres. */
    private static final double SHORTEST_RATED = 10_000;

    private DayViews() {}

    /** The points as columns, each n-th if there are too many. */
    static DayTrack track(List<Point> points) {
        int everyNth = Math.max(1, (points.size() + Track.MOST - 1) / Track.MOST);
        DayTrack track = new DayTrack(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                everyNth);
        for (int i = 0; i < points.size(); i += everyNth) {
            Point point = points.get(i);
            track.tMs.add(point.millis());
            track.lat.add(point.latitudeMicrodeg());
            track.lon.add(point.longitudeMicrodeg());
            track.speed.add(point.speedDeciKmh());
            track.heading.add(point.headingDeg());
            track.limit.add(point.limitDeciKmh());
            track.flags.add(point.flags());
        }
        return track;
    }

    /** @param alarmStarts of the day, in any order */
    static TripView trip(LocalDay day, VehicleHistory.Trip trip, List<Instant> alarmStarts) {
        int alarms = (int) alarmStarts.stream()
                .filter(start -> start.toEpochMilli() >= trip.fromMillis() && start.toEpochMilli() <= trip.toMillis())
                .count();
        return new TripView(
                day.date().toString(),
                Json.time(trip.fromMillis()),
                Json.time(trip.toMillis()),
                trip.beganBefore(),
                trip.goesOn(),
                km(trip.metres()),
                (trip.toMillis() - trip.fromMillis()) / 1000,
                trip.inferredMillis() / 1000,
                trip.peakDeciKmh() / 10.0,
                alarms,
                per100km(alarms, trip.metres()),
                place(trip.start()),
                place(trip.end()));
    }

    static StopView stop(VehicleHistory.Stop stop) {
        return new StopView(
                Json.time(stop.fromMillis()),
                Json.time(stop.toMillis()),
                stop.beganBefore(),
                stop.goesOn(),
                (stop.toMillis() - stop.fromMillis()) / 1000,
                stop.inferred(),
                place(stop.place()));
    }

    static Totals totals(DayHistory history, int alarms) {
        double metres = 0;
        long driving = 0;
        long stopped = 0;
        int peak = 0;
        for (VehicleHistory.Trip trip : history.movements().trips()) {
            metres += trip.metres();
            driving += trip.toMillis() - trip.fromMillis();
            peak = Math.max(peak, trip.peakDeciKmh());
        }
        for (VehicleHistory.Stop stop : history.movements().stops()) {
            stopped += stop.toMillis() - stop.fromMillis();
        }
        int doubtful = (int) history.points().stream().filter(Point::doubtful).count();
        return new Totals(
                km(metres),
                driving / 1000,
                stopped / 1000,
                peak / 10.0,
                alarms,
                per100km(alarms, metres),
                history.points().size(),
                doubtful);
    }

    private static double km(double metres) {
        return Math.round(metres / 100) / 10.0;
    }

    private static @Nullable Double per100km(int alarms, double metres) {
        return metres < SHORTEST_RATED ? null : Math.round(alarms * 1e7 / metres) / 100.0;
    }

    private static PlaceView place(Place place) {
        return new PlaceView(place.latitudeMicrodeg() / 1e6, place.longitudeMicrodeg() / 1e6);
    }

    /**
     * A truck's day.
     *
     * @param from first instant of the day in Shanghai
     * @param to first instant of the next
     * @param cut the positions of the day were more than one answer takes, the last are missing
     */
    record DayView(
            VehicleRef vehicle,
            String day,
            String from,
            String to,
            boolean cut,
            DayTrack track,
            List<TripView> trips,
            List<StopView> stops,
            List<AlarmRow> alarms,
            Totals totals) {}

    /** Whose day it is. */
    record VehicleRef(int id, String plate, int companyId, String companyName) {}

    /**
     * Columns of equal length in the order of time; as {@link Track}, and the limit in force.
     *
     * @param limit 0.1 km/h, 0 where the position was not judged
     */
    record DayTrack(
            @JsonProperty("t_ms") List<Long> tMs,
            List<Integer> lat,
            List<Integer> lon,
            List<Integer> speed,
            List<Integer> heading,
            List<Integer> limit,
            List<Integer> flags,
            int everyNth) {}

    /**
     * A trip, or the part of it that lies in its day.
     *
     * @param drivingS with stops that are too short to end a drive
     * @param inferredS of which without positions
     * @param alarms that began on it
     * @param alarmsPer100km null below 10 km
     */
    record TripView(
            String day,
            String from,
            String to,
            boolean beganBefore,
            boolean goesOn,
            double km,
            long drivingS,
            long inferredS,
            double peakKmh,
            int alarms,
            @JsonProperty("alarms_per_100km") @Nullable Double alarmsPer100km,
            PlaceView start,
            PlaceView end) {}

    /** A stop, or the part of it that lies in the day. */
    record StopView(
            String from,
            String to,
            boolean beganBefore,
            boolean goesOn,
            long seconds,
            boolean inferred,
            PlaceView place) {}

    /** Degrees WGS84. */
    record PlaceView(double lat, double lon) {}

    /**
     * Sums of the day's trips and stops.
     *
     * @param alarms that began on this day
     * @param positions with a place
     * @param doubtful of which were not believed
     */
    record Totals(
            double km,
            long drivingS,
            long stoppedS,
            double peakKmh,
            int alarms,
            @JsonProperty("alarms_per_100km") @Nullable Double alarmsPer100km,
            int positions,
            int doubtful) {}
}
