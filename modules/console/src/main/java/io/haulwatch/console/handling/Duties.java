package io.haulwatch.console.handling;

import io.haulwatch.console.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long each step may take by severity, and to whom it goes when it is overdue, as an administrator has set it. */
public record Duties(List<Limit> limits) {
    /** Stands for a step that nobody waits for. */
    public static final Instant NEVER = Instant.MAX;

    public static final String ACK = "ack";
    public static final String INTERVENE = "intervene";
    public static final String VERIFY = "verify";
    public static final String COMPANY = "company";
    public static final String RECTIFY = "rectify";
    public static final String ARCHIVE = "archive";

    public Duties {
        limits = List.copyOf(limits);
    }

    /** Reads the table. */
    public static Duties read(Connection connection) throws SQLException {
        return new Duties(new SqlText("""
                select duty, severity, coalesce(limit_s, 0), escalates_to from hw.desk_duty
                order by array_position(array['ack', 'intervene', 'verify', 'company', 'rectify', 'archive'], duty), severity
                """).list(connection, row -> {
            int seconds = row.getInt(3);
            return new Limit(row.getString(1), row.getInt(2), seconds == 0 ? null : seconds, row.getString(4));
        }));
    }

    /** When a step that begins {@code from} is due. */
    public Instant due(String duty, int severity, Instant from) {
        return limit(duty, severity).map(from::plus).orElse(NEVER);
    }

    /** How long a step may take; empty if nobody waits for it. */
    public Optional<Duration> limit(String duty, int severity) {
        return limits.stream()
                .filter(each -> each.duty.equals(duty) && each.severity == severity)
                .findFirst()
                .flatMap(each -> Optional.ofNullable(each.limitS))
                .map(Duration::ofSeconds);
    }

    /** To whom a step goes that is overdue. */
    public String escalatesTo(String duty, int severity) {
        return limits.stream()
                .filter(each -> each.duty.equals(duty) && each.severity == severity)
                .findFirst()
                .map(Limit::escalatesTo)
                .orElse("lead");
    }

    /** When an alarm's first steps are due, which no claim puts off: it is seen, then something is done. */
    public Instant firstDue(String duty, Work work) {
        Instant seen = due(ACK, work.severity(), work.openedAt());
        return duty.equals(ACK) || seen.equals(NEVER) ? seen : due(INTERVENE, work.severity(), seen);
    }

    /** One line. @param limitS seconds, null if nobody waits for it */
    public record Limit(String duty, int severity, @Nullable Integer limitS, String escalatesTo) {}
}
