package io.haulwatch.console.sql;

import io.haulwatch.console.http.Refusal;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The question before all others about one truck: whether it is in service and within what somebody may see. */
public final class SeenVehicle {
    private SeenVehicle() {}

    /**
     * The company of a truck.
     *
     * @throws Refusal 404 for a truck that does not exist, has been retired or is another's: these answers are the same, so that
     *     nobody learns what exists elsewhere
     */
    public static int companyOf(Connection connection, Scope scope, int vehicleId) throws SQLException {
        return find(connection, scope, vehicleId).orElseThrow(() -> unknown(vehicleId));
    }

    /** The company of a truck, for whoever has an answer of his own where there is none; empty where {@link #companyOf} refuses. */
    public static Optional<Integer> find(Connection connection, Scope scope, int vehicleId) throws SQLException {
        return new SqlText("select v.company_id from hw.vehicle v where v.retired_at is null")
                .within(scope, "v.company_id = any (?)")
                .and("v.vehicle_id = ?", vehicleId)
                .first(connection, row -> row.getInt(1));
    }

    /** Refuses as {@link #companyOf} does. */
    public static void require(Connection connection, Scope scope, int vehicleId) throws SQLException {
        companyOf(connection, scope, vehicleId);
    }

    /** The answer where a question of its own looked for the truck. */
    public static Refusal unknown(int vehicleId) {
        return Refusal.notFound("There is no such vehicle among those that you may see: id=" + vehicleId + ".");
    }
}
