package io.haulwatch.console.wall;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.Recent;
import io.haulwatch.console.wall.WallQueries.Arrivals;
import io.haulwatch.console.wall.WallQueries.Critical;
import io.haulwatch.console.wall.WallQueries.Rate;
import io.haulwatch.console.wall.WallQueries.Waiting;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executor;

/** The figures of the big screen (大屏); positions and new alarms come over the live feed. */
public final class WallRoutes {
    private static final int WEEK = 7;
    private static final Duration FRESH = Duration.ofSeconds(5);
    /** The figures say when they were counted. */
    private static final Duration SHOWN = Duration.ofMinutes(2);

    private final Recent<Scope, Wall> recent;

    /** @param workers count what has grown old */
    public WallRoutes(ScopedDatabase database, Executor workers, InstantSource clock) {
        this.recent = new Recent<>(
                FRESH,
                SHOWN,
                workers,
                clock,
                scope -> database.read(
                        scope, ScopedDatabase.NO_USER, connection -> count(connection, scope, clock.instant())));
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
        return Answer.json(recent.of(call.scope()));
    }

    private static Wall count(Connection connection, Scope scope, Instant now) throws SQLException {
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        return new Wall(
                Json.time(now),
                WallQueries.kilometres(connection, scope, today),
                WallQueries.kilometres(connection, scope, today.minusDays(WEEK)),
                WallQueries.arrivals(connection, scope, now),
                WallQueries.waiting(connection, scope, now),
                WallQueries.critical(connection, scope, now),
                WallQueries.rates(connection, scope, today));
    }
}
