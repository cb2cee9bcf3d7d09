package io.haulwatch.console.books;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.books.BookQueries.Filter;
import io.haulwatch.console.books.BookQueries.HourBook;
import io.haulwatch.console.books.BookQueries.Sums;
import io.haulwatch.console.books.BookQueries.TruckBook;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SeenVehicle;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The books of reports received, for a day of the deployment: all trucks of one's scope, and one truck by the hour. */
public final class BookRoutes {
    private final ScopedDatabase database;
    private final Cursors cursors;
    private final InstantSource clock;

    public BookRoutes(ScopedDatabase database, Cursors cursors, InstantSource clock) {
        this.database = database;
        this.cursors = cursors;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/books", Right.WATCH, this::list),
                Route.get("/api/v1/vehicles/:id/days/:day/books", Right.WATCH, this::ofTruck));
    }

    /** @param total of all trucks that match, {@code items} a page of them */
    private record BookList(
            String day,
            Sums total,
            List<TruckBook> items,
            @Nullable String nextCursor) {}

    private record TruckDay(String day, List<HourBook> hours) {}

    private Answer list(Call call) throws SQLException {
        LocalDate asked = call.day("day");
        LocalDate day = asked == null ? clock.instant().atZone(PaperState.ZONE).toLocalDate() : asked;
        Filter filter = new Filter(
                day.atStartOfDay(PaperState.ZONE).toInstant(),
                day.plusDays(1).atStartOfDay(PaperState.ZONE).toInstant(),
                call.number("company", 0, Integer.MAX_VALUE),
                call.search("query"));
        int limit = call.limit();
        String listName = call.user().userId() + "|books|" + day + "|" + filter.company() + "|" + filter.query();
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        Scope scope = call.scope();
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            List<TruckBook> found = BookQueries.trucks(
                    connection,
                    scope,
                    filter,
                    after == null ? null : after.get(0).longValue(),
                    after == null ? 0 : after.get(1).intValue(),
                    limit + 1);
            Page<TruckBook> page = cursors.page(listName, limit, found, last -> List.of(last.lost(), last.vehicleId()));
            return new BookList(
                    day.toString(), BookQueries.total(connection, scope, filter), page.items(), page.nextCursor());
        }));
    }

    private Answer ofTruck(Call call) throws SQLException {
        int id = call.pathId("id");
        LocalDate day = call.pathDay("day");
        Scope scope = call.scope();
        return Answer.json(database.read(scope, call.user().userId(), connection -> {
            SeenVehicle.require(connection, scope, id);
            return new TruckDay(
                    day.toString(),
                    BookQueries.hours(
                            connection,
                            scope,
                            id,
                            day.atStartOfDay(PaperState.ZONE).toInstant(),
                            day.plusDays(1).atStartOfDay(PaperState.ZONE).toInstant()));
        }));
    }
}
