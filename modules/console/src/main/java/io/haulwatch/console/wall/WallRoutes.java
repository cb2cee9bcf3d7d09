package io.haulwatch.console.wall;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.wall.WallQueries.Arrivals;
import io.haulwatch.console.wall.WallQueries.Critical;
import io.haulwatch.console.wall.WallQueries.Rate;
import io.haulwatch.console.wall.WallQueries.Waiting;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;

/** The figures of the big screen (大屏); positions and new alarms come over the live feed. */
public final class WallRoutes {
    private static final int WEEK = 7;

    private final ScopedDatabase database;
    private final InstantSource clock;

    public WallRoutes(ScopedDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/wall", Right.WATCH, this::wall));
    }

    /**
     * All of it at one instant.
     *
     * @param kmToday so far
     * @param kmWeekAgo of the whole same weekday a week ago
     * @param rates by province, highest first
     */
    record Wall(
            String asOf,
            double kmToday,
            double kmWeekAgo,
            Arrivals arrivals,
            List<Waiting> waiting,
            List<Critical> critical,
            @JsonProperty("rates_7d") List<Rate> rates) {}

    private Answer wall(Call call) throws SQLException {
        Scope scope = call.scope();
        Instant now = clock.instant();
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        return Answer.json(database.read(
                scope,
                call.user().userId(),
                connection -> new Wall(
                        Json.time(now),
                        WallQueries.kilometres(connection, scope, today),
                        WallQueries.kilometres(connection, scope, today.minusDays(WEEK)),
                        WallQueries.arrivals(connection, scope, now),
                        WallQueries.waiting(connection, scope, now),
                        WallQueries.critical(connection, scope, now),
                        WallQueries.rates(connection, scope, today))));
    }
}
