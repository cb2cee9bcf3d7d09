package io.haulwatch.console;

import io.haulwatch.console.companies.CompanyFigures;
import io.haulwatch.console.companies.CompanyFigures.CompanyRow;
import io.haulwatch.console.live.FleetRoutes;
import io.haulwatch.store.scope.Scope;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the figures of companies for the panel beside the map. */
record Sums(CompanyFigures figures) implements FleetRoutes.CompanyCounts {
    @Override
    public FleetRoutes.CompanyCounts.Sums of(Scope scope, int userId) throws SQLException {
        Map<String, Long> bySeverity = new TreeMap<>();
        Map<String, Integer> byBand = new TreeMap<>();
        for (CompanyRow row : figures.of(scope)) {
            row.openBySeverity().forEach((severity, count) -> bySeverity.merge(severity, count, Long::sum));
            String band = row.risk().band();
            if (band != null) {
                byBand.merge(band, 1, Integer::sum);
            }
        }
        return new FleetRoutes.CompanyCounts.Sums(bySeverity, byBand);
    }
}
