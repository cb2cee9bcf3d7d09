package io.haulwatch.console.driver;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.vehicles.Track;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stretch of road behind an alarm, for the driver whose alarm it is: found in his own scope, read where positions are read. */
final class OwnTrack {
    private static final int TRACK_POINTS = 600;
    private static final Duration AROUND = Duration.ofMinutes(1);
    private static final Duration LONGEST_TRACK = Duration.ofHours(2);

    private final ScopedDatabase database;

    OwnTrack(ScopedDatabase database) {
        this.database = database;
    }

    /** Of an alarm of his; null if it is none. */
    @Nullable
    TrackView of(Call call, int me, String episodeId) throws SQLException {
        Stretch stretch = database.read(
                        call.scope(),
                        call.user().userId(),
                        connection -> new SqlText("""
                                        select company_id, vehicle_id, started_at, ended_at, (measures ->> 'limit_decikmh')::numeric
                                        from hw.episode where episode_id = ?::uuid and driver_id = ?
                                        """, episodeId, me).first(connection, row -> {
                            double limit = row.getDouble(5);
                            return new Stretch(
                                    row.getInt(1),
                                    row.getInt(2),
                                    row.getTimestamp(3).toInstant(),
                                    row.getTimestamp(4).toInstant(),
                                    row.wasNull() ? null : limit / 10);
                        }))
                .orElse(null);
        if (stretch == null) {
            return null;
        }
        Instant from = stretch.from.minus(AROUND);
        Instant ended = stretch.to.plus(AROUND);
        Instant to = ended.isAfter(from.plus(LONGEST_TRACK)) ? from.plus(LONGEST_TRACK) : ended;
        Scope company = new Scope.Companies(Set.of(stretch.company));
        Track track = database.read(
                company,
                call.user().userId(),
                connection -> Track.read(connection, company, stretch.vehicle, from, to, TRACK_POINTS));
        List<PointView> points = new ArrayList<>();
        for (int i = 0; i < track.tMs().size(); i++) {
            points.add(new PointView(
                    Json.time(track.tMs().get(i)),
                    track.speed().get(i) / 10.0,
                    track.lat().get(i) / 1e6,
                    track.lon().get(i) / 1e6));
        }
        return new TrackView(Json.time(from), Json.time(to), stretch.limitKmh, points);
    }

    private record Stretch(
            int company,
            int vehicle,
            Instant from,
            Instant to,
            @Nullable Double limitKmh) {}

    record TrackView(String from, String to, @Nullable Double limitKmh, List<PointView> points) {}

    record PointView(String at, double speedKmh, double lat, double lon) {}
}
