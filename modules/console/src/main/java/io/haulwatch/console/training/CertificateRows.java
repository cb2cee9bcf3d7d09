package io.haulwatch.console.training;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads certificates. */
final class CertificateRows {
    private static final String ROW = """
            select x.certificate_no, x.company_id, x.driver_id, c.course_id, c.title, c.title_en, c.topic, x.score, x.studied_s, x.issued_at,
                x.expires_on, x.revoked_at, x.revoked_reason, x.task_id
            from hw.certificate x join hw.course c using (course_id) where true
            """;

    private CertificateRows() {}

    /**
     * A certificate.
     *
     * @param state valid, expired or revoked
     */
    record CertificateRow(
            String number,
            int companyId,
            int driverId,
            @DriverName String driver,
            ProgressRoutes.Course course,
            BigDecimal score,
            int studiedS,
            String issuedAt,
            String expiresOn,
            String state,
            @Nullable String revokedAt,
            @Nullable String revokedReason,
            long taskId) {
        CertificateRow of(String name) {
            return new CertificateRow(
                    number,
                    companyId,
                    driverId,
                    name,
                    course,
                    score,
                    studiedS,
                    issuedAt,
                    expiresOn,
                    state,
                    revokedAt,
                    revokedReason,
                    taskId);
        }
    }

    /** The rows of a scope, to be narrowed. */
    static SqlText in(Scope scope) {
        return new SqlText(ROW).within(scope, "x.company_id = any (?)");
    }

    static List<CertificateRow> ofDriver(Connection connection, Scope scope, int driver, int most, Instant now)
            throws SQLException {
        return in(scope)
                .and("x.driver_id = ?", driver)
                .add("order by x.issued_at desc, x.certificate_no limit ?", most)
                .list(connection, row -> row(row, now));
    }

    static CertificateRow row(ResultSet row, Instant now) throws SQLException {
        Timestamp revoked = row.getTimestamp(12);
        LocalDate expires = row.getObject(11, LocalDate.class);
        return new CertificateRow(
                row.getString(1),
                row.getInt(2),
                row.getInt(3),
                "",
                new ProgressRoutes.Course(row.getInt(4), row.getString(5), row.getString(6), row.getString(7)),
                row.getBigDecimal(8),
                row.getInt(9),
                Json.time(row.getTimestamp(10).toInstant()),
                expires.toString(),
                revoked != null ? "revoked" : expires.isBefore(TrainingDays.today(now)) ? "expired" : "valid",
                revoked == null ? null : Json.time(revoked.toInstant()),
                row.getString(13),
                row.getLong(14));
    }
}
