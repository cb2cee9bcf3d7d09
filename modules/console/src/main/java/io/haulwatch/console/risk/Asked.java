package io.haulwatch.console.risk;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whose scores are asked for.
 *
 * @param only one truck or driver of the company, null for all
 */
record Asked(
        Connection connection,
        Scope scope,
        Subject subject,
        int companyId,
        @Nullable Integer only,
        Instant now) {
    /** The local day. */
    LocalDate today() {
        return now.atZone(PaperState.ZONE).toLocalDate();
    }

    /** Adds whose rows are meant. @param column that names the truck or driver */
    SqlText narrowed(SqlText sql, String alias, String column) {
        sql.and(alias + "company_id = ?", companyId);
        return only == null ? sql : sql.and(alias + column + " = ?", only);
    }
}
