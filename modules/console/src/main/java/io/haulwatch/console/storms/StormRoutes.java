package io.haulwatch.console.storms;

import io.haulwatch.console.alarms.AlarmPlace;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetScopes;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.storms.Storm.Came;
import io.haulwatch.console.storms.Storm.OfArea;
import io.haulwatch.console.storms.Storm.OfModel;
import io.haulwatch.console.storms.Storm.OfRule;
import io.haulwatch.console.storms.Storm.Square;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether it storms among the alarms that somebody sees, and what of. */
public final class StormRoutes {
    /** A storm that lasts longer is told with its last hours. */
    private static final Duration BACK = Duration.ofHours(6);

    /** What was over so long before the platform had it was uploaded late. */
    private static final Duration LATE = Duration.ofMinutes(30);

    private static final int MOST = 20_000;

    private final ScopedDatabase database;
    private final FleetState fleet;
    private final Supplier<FleetBook> book;
    private final InstantSource clock;

    public StormRoutes(ScopedDatabase database, FleetState fleet, Supplier<FleetBook> book, InstantSource clock) {
        this.database = database;
        this.fleet = fleet;
        this.book = book;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/desk/storm", Right.WORK_AT_DESK, this::storm));
    }

    private Answer storm(Call call) throws SQLException {
        Instant now = clock.instant();
        Scope scope = call.scope();
        Optional<Storm> storm = database.read(scope, call.user().userId(), connection -> storm(connection, scope, now));
        return Answer.json(new Told(Storm.MANY, storm.map(View::of).orElse(null)));
    }

    private Optional<Storm> storm(Connection connection, Scope scope, Instant now) throws SQLException {
        SortedMap<Instant, Integer> byMinute = new TreeMap<>();
        real("select date_trunc('minute', e.opened_at), count(*) from hw.episode e", scope, now.minus(BACK))
                .add("group by 1")
                .each(connection, row -> byMinute.put(row.getTimestamp(1).toInstant(), row.getInt(2)));
        Instant since = Storm.since(byMinute, now);
        if (since == null) {
            return Optional.empty();
        }
        List<Came> came = real("""
                        select e.rule, (select max(t.model) from hw.terminal t where t.vehicle_id = e.vehicle_id), e.points -> 0 ->> 'body_hex'
                        from hw.episode e
                        """, scope, since)
                .add("order by e.opened_at desc limit ?", MOST)
                .list(connection, row -> new Came(row.getString(1), row.getString(2), AlarmPlace.of(row.getString(3))));
        Map<String, Integer> models = new HashMap<>();
        new SqlText("select model, count(distinct vehicle_id) from hw.terminal where model is not null")
                .within(scope, "company_id = any (?)")
                .add("group by model")
                .each(connection, row -> models.put(row.getString(1), row.getInt(2)));
        int busiest = Collections.max(byMinute.tailMap(since).values());
        return Optional.of(Storm.of(since, busiest, came, models, squares(scope)));
    }

    /** What came to the desk since a moment, without what was over long before: a terminal that comes back tells of hours in one breath. */
    private static SqlText real(String start, Scope scope, Instant from) {
        return new SqlText(start + " where e.opened_at >= ?", from)
                .within(scope, "e.company_id = any (?)")
                .and("e.ended_at > e.opened_at - make_interval(secs => ?)", LATE.toSeconds())
                .and("e.state in ('open', 'closed', 'amended') and e.ended_by is distinct from 'joined'");
    }

    /** Where the trucks of a scope are now. */
    private Map<Square, Integer> squares(Scope scope) {
        Map<Square, Integer> squares = new HashMap<>();
        for (FleetBook.Vehicle vehicle : book.get().allVehicles()) {
            FleetState.VehicleState state =
                    FleetScopes.sees(scope, vehicle.companyId()) ? fleet.of(vehicle.id()) : null;
            if (state != null && state.hasPlace()) {
                squares.merge(Square.of(state.latMicrodeg() / 1e6, state.lonMicrodeg() / 1e6), 1, Integer::sum);
            }
        }
        return squares;
    }

    /** The answer. @param perMinute more than so many a minute are one @param storm null without one */
    record Told(int perMinute, @Nullable View storm) {}

    /** A storm as the API tells it. */
    record View(
            String since, int alarms, int busiestMinute, List<OfRule> rules, List<OfModel> models, List<OfArea> areas) {
        static View of(Storm storm) {
            return new View(
                    Json.time(storm.since()),
                    storm.alarms(),
                    storm.busiestMinute(),
                    storm.rules(),
                    storm.models(),
                    storm.areas());
        }
    }
}
