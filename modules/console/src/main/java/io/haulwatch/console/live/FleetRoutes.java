package io.haulwatch.console.live;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetState.Motion;
import io.haulwatch.console.papers.PaperQueries;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.WhileRegisterStands;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The dictionary of the live feed and the counts beside the map. */
public final class FleetRoutes {
    private static final int MOST_EXPIRED = 50_000;
    /** Of what several people see, together. */
    private static final int MOST_KEPT = 4 * MOST_EXPIRED;

    private final FleetFeed feed;
    private final FleetState state;
    private final Supplier<FleetBook> book;
    private final CompanyCounts companies;
    private final ScopedDatabase database;
    private final InstantSource clock;
    private final WhileRegisterStands<OfDay, List<Integer>> expired;

    public FleetRoutes(
            FleetFeed feed,
            FleetState state,
            Supplier<FleetBook> book,
            CompanyCounts companies,
            ScopedDatabase database,
            InstantSource clock) {
        this.feed = feed;
        this.state = state;
        this.book = book;
        this.companies = companies;
        this.database = database;
        this.clock = clock;
        this.expired = new WhileRegisterStands<>(MOST_KEPT, List::size, clock);
    }

    /** What the companies of a scope add up to. */
    @FunctionalInterface
    public interface CompanyCounts {
        Sums of(Scope scope, int userId) throws SQLException;

        /** @param openBySeverity alarms that wait for somebody @param companiesByBand companies by colour of their score */
        record Sums(Map<String, Long> openBySeverity, Map<String, Integer> companiesByBand) {}
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/fleet/dictionary", Right.WATCH, this::dictionary),
                Route.get("/api/v1/fleet/summary", Right.WATCH, this::summary),
                Route.get("/api/v1/fleet/expired-papers", Right.WATCH, this::expiredPapers));
    }

    private record ExpiredPapers(List<Integer> vehicleIds) {}

    /** A local day for somebody who sees these companies. */
    private record OfDay(Scope scope, LocalDate day) {}

    private Answer expiredPapers(Call call) throws SQLException {
        LocalDate today = clock.instant().atZone(PaperState.ZONE).toLocalDate();
        return Answer.json(new ExpiredPapers(database.read(
                call.scope(),
                call.user().userId(),
                connection -> expired.of(
                        connection,
                        new OfDay(call.scope(), today),
                        any -> true,
                        () -> PaperQueries.expired(connection, call.scope(), today, MOST_EXPIRED)))));
    }

    private Answer dictionary(Call call) throws InterruptedException {
        byte[] body = feed.dictionary(call.scope());
        String tag = tag(body);
        if (tag.equals(call.ifNoneMatch())) {
            return Answer.bytes(304, new byte[0], Answer.JSON)
                    .with("ETag", tag)
                    .with("Cache-Control", "private, no-cache");
        }
        return Answer.bytes(200, body, Answer.JSON).with("ETag", tag).with("Cache-Control", "private, no-cache");
    }

    private Answer summary(Call call) throws SQLException {
        Map<Motion, Integer> counts = new EnumMap<>(Motion.class);
        int total = 0;
        for (FleetBook.Vehicle vehicle : book.get().allVehicles()) {
            if (FleetScopes.sees(call.scope(), vehicle.companyId())) {
                counts.merge(state.motionOf(vehicle.id()), 1, Integer::sum);
                total++;
            }
        }
        CompanyCounts.Sums sums = companies.of(call.scope(), call.user().userId());
        return Answer.json(new Summary(
                total,
                counts.getOrDefault(Motion.MOVING, 0),
                counts.getOrDefault(Motion.STOPPED, 0),
                counts.getOrDefault(Motion.OFFLINE, 0) + counts.getOrDefault(Motion.NEVER, 0),
                counts.getOrDefault(Motion.NEVER, 0),
                sums.openBySeverity(),
                sums.companiesByBand()));
    }

    private static String tag(byte[] body) {
        try {
            return '"'
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12)
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @param offline trucks that are not connected, with those that never were @param never of these, trucks that never reported */
    record Summary(
            int total,
            int moving,
            int stopped,
            int offline,
            int never,
            Map<String, Long> openBySeverity,
            Map<String, Integer> companiesByBand) {}
}
