package io.haulwatch.console.dispatch;

import io.haulwatch.console.dispatch.DispatchGate.Asked;
import io.haulwatch.console.dispatch.DispatchGate.Reason;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.papers.PaperLists;
import io.haulwatch.console.papers.PaperLists.Line;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers whether a truck may leave with a driver, from what the register says at this moment. */
public final class DispatchRoutes {
    private final ScopedDatabase database;
    private final PaperLists lists;
    private final InstantSource clock;

    public DispatchRoutes(ScopedDatabase database, PaperLists lists, InstantSource clock) {
        this.database = database;
        this.lists = lists;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/vehicles/:id/dispatch", Right.WATCH, this::dispatch));
    }

    private Answer dispatch(Call call) throws SQLException {
        int id = call.pathId("id");
        Integer named = call.number("driver", 1, Integer.MAX_VALUE);
        Instant now = clock.instant();
        LocalDate today = now.atZone(PaperState.ZONE).toLocalDate();
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> {
            Truck truck = truck(connection, call, id, today);
            Integer driver = named == null ? truck.assigned : named;
            String name = driver == null ? null : driverOf(connection, call, driver, truck.companyId);
            List<Line> papers = lists.ofCompany(connection, call.scope(), truck.companyId, today).stream()
                    .filter(line -> switch (line.ownerKind()) {
                        case "COMPANY" -> true;
                        case "VEHICLE" -> line.ownerId() == id;
                        default -> driver != null && line.ownerId() == driver;
                    })
                    .toList();
            int[] hazards = new SqlText(
                            "select count(*) filter (where grade = 'major'), count(*) filter (where grade = 'general') from hw.hazard"
                                    + " where closed_on is null and due_on < ?",
                            today)
                    .within(call.scope(), "company_id = any (?)")
                    .and("company_id = ?", truck.companyId)
                    .first(connection, row -> new int[] {row.getInt(1), row.getInt(2)})
                    .orElseThrow();
            List<Reason> reasons = DispatchGate.reasons(new Asked(
                    id,
                    truck.vehicleClass,
                    truck.companyId,
                    driver,
                    truck.laidUpUntil,
                    papers,
                    hazards[0],
                    hazards[1],
                    truck.hasTerminal));
            return new Verdict(
                    id,
                    truck.plate,
                    driver,
                    name,
                    truck.companyId,
                    reasons.stream().noneMatch(reason -> reason.weight().equals("stop")),
                    Json.time(now),
                    reasons);
        }));
    }

    private record Truck(
            String plate,
            int companyId,
            VehicleClass vehicleClass,
            @Nullable Integer assigned,
            boolean hasTerminal,
            @Nullable LocalDate laidUpUntil) {}

    private static Truck truck(Connection connection, Call call, int id, LocalDate today) throws SQLException {
        return new SqlText("""
                select v.plate, v.company_id, v.vehicle_class, (select a.driver_id from hw.assignment a join hw.driver d using (driver_id)
                        where a.vehicle_id = v.vehicle_id and a.effective_from <= now() and a.effective_to > now() and d.retired_at is null
                        order by a.effective_from desc limit 1),
                    exists (select 1 from hw.terminal t where t.vehicle_id = v.vehicle_id), l.last_day
                from hw.vehicle v left join hw.laid_up(?) l on l.vehicle_id = v.vehicle_id where v.retired_at is null
                """, today)
                .within(call.scope(), "v.company_id = any (?)")
                .and("v.vehicle_id = ?", id)
                .first(
                        connection,
                        row -> new Truck(
                                row.getString(1),
                                row.getInt(2),
                                VehicleClass.valueOf(row.getString(3)),
                                (Integer) row.getObject(4),
                                row.getBoolean(5),
                                row.getObject(6, LocalDate.class)))
                .orElseThrow(() ->
                        Refusal.notFound("There is no such vehicle among those that you may see: id=" + id + "."));
    }

    private static String driverOf(Connection connection, Call call, int driver, int company) throws SQLException {
        return new SqlText("select name from hw.driver where retired_at is null")
                .within(call.scope(), "company_id = any (?)")
                .and("driver_id = ? and company_id = ?", driver, company)
                .first(connection, row -> row.getString(1))
                .orElseThrow(() -> Refusal.notFound(
                        "The truck's company has no such driver among those that you may see: driver=" + driver + "."));
    }

    /**
     * The answer.
     *
     * @param allowed whether nothing stops it
     * @param reasons what is not in order, that which stops first
     */
    record Verdict(
            int vehicleId,
            String plate,
            @Nullable Integer driverId,
            @DriverName @Nullable String driver,
            int companyId,
            boolean allowed,
            String at,
            List<Reason> reasons) {}
}
