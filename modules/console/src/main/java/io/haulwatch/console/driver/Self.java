package io.haulwatch.console.driver;

import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The driver who calls, as the register has him now. */
record Self(int driverId, int companyId, String name) {
    /** His number. @throws Refusal if the account that calls is no driver's of the register */
    static int id(Call call) {
        Integer driverId = call.user().driverId();
        if (driverId == null) {
            throw Refusal.notAllowedYet(
                    "no-driver",
                    "This account names no driver of the register: sign in with your telephone number, or by the link of your company.");
        }
        return driverId;
    }

    /** His row, seen in his own scope. */
    static Self of(Connection connection, Call call) throws SQLException {
        int id = id(call);
        return new SqlText("select company_id, name from hw.driver where driver_id = ? and retired_at is null", id)
                .first(connection, row -> new Self(id, row.getInt(1), row.getString(2)))
                .orElseThrow(() -> Refusal.notAllowedYet(
                        "no-driver", "The register does not have you as a driver any more: ask your company."));
    }

    /** What his company may see: for what his own scope cannot read or write, after his own row was seen in it. */
    Scope company() {
        return new Scope.Companies(Set.of(companyId));
    }
}
