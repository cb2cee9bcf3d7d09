package io.haulwatch.console.papers;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has papers and is in the register.
 *
 * @param label the plate, or the name
 * @param vehicleClass null for a company or a driver
 */
record PaperOwner(
        Owner kind,
        int id,
        String label,
        int companyId,
        String companyName,
        @Nullable VehicleClass vehicleClass) {

    /** Finds one in a scope; what is retired is not found. */
    static Optional<PaperOwner> find(Connection connection, Scope scope, Owner kind, int id) throws SQLException {
        SqlText query = switch (kind) {
            case COMPANY -> new SqlText("""
                            select c.company_id, c.name, c.company_id, c.name, null from hw.company c where c.retired_at is null
                            """).and("c.company_id = ?", id).within(scope, "c.company_id = any (?)");
            case VEHICLE -> new SqlText("""
                            select v.vehicle_id, v.plate, v.company_id, c.name, v.vehicle_class
                            from hw.vehicle v join hw.company c using (company_id) where v.retired_at is null
                            """).and("v.vehicle_id = ?", id).within(scope, "v.company_id = any (?)");
            case DRIVER -> new SqlText("""
                            select d.driver_id, d.name, d.company_id, c.name, null
                            from hw.driver d join hw.company c using (company_id) where d.retired_at is null
                            """).and("d.driver_id = ?", id).within(scope, "d.company_id = any (?)");
        };
        return query.first(connection, row -> {
            String vehicleClass = row.getString(5);
            return new PaperOwner(
                    kind,
                    row.getInt(1),
                    row.getString(2),
                    row.getInt(3),
                    row.getString(4),
                    vehicleClass == null ? null : VehicleClass.valueOf(vehicleClass));
        });
    }

    /** The word of the audit and of addresses: {@code vehicle:17}. */
    String key() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + id;
    }
}
