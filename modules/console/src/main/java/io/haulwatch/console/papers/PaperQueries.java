package io.haulwatch.console.papers;

import io.haulwatch.console.personal.DriverNumber;
import io.haulwatch.console.personal.OfSomebody;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperCalendar;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The papers in force. Of several versions the one that lasts longest counts, as long as it has been issued. */
public final class PaperQueries {
    private PaperQueries() {}

    /** Papers of a truck and of its driver, with those that every truck and driver must have and that are not there. */
    public static List<Paper> ofVehicle(
            Connection connection, Scope scope, int vehicleId, @Nullable Integer driverId, LocalDate today)
            throws SQLException {
        return of(connection, scope, vehicleId, driverId, isLaidUp(connection, scope, vehicleId, today), today);
    }

    /** The same as rules judge them, on the day of an alarm: they do not know that a truck is laid up. */
    public static List<Paper> asJudged(
            Connection connection, Scope scope, int vehicleId, @Nullable Integer driverId, LocalDate day)
            throws SQLException {
        return of(connection, scope, vehicleId, driverId, false, day);
    }

    /** A driver's own papers, with those that every driver must have and that are not there. */
    public static List<Paper> ofDriver(Connection connection, Scope scope, int driverId, LocalDate today)
            throws SQLException {
        return of(connection, scope, null, driverId, false, today);
    }

    private static List<Paper> of(
            Connection connection,
            Scope scope,
            @Nullable Integer vehicleId,
            @Nullable Integer driverId,
            boolean laidUp,
            LocalDate today)
            throws SQLException {
        List<Paper> papers = new SqlText("""
                select distinct on (owner_kind, kind) paper_id, owner_kind, owner_id, kind, number, expires, held
                from hw.paper_counted where true
                """)
                .within(scope, "company_id = any (?)")
                .and(
                        "owner_kind = 'VEHICLE' and owner_id = ? or owner_kind = 'DRIVER' and owner_id = ?",
                        vehicleId == null ? -1 : vehicleId,
                        driverId == null ? -1 : driverId)
                .and("issued is null or issued <= ?", today)
                .add("order by owner_kind, kind, last_day desc, paper_id desc")
                .list(connection, row -> {
                    Date expires = row.getDate(6);
                    LocalDate day = expires == null ? null : expires.toLocalDate();
                    return new Paper(
                            row.getLong(1),
                            row.getString(2),
                            row.getInt(3),
                            row.getString(4),
                            row.getString(5),
                            day == null ? null : day.toString(),
                            (laidUp && row.getString(2).equals("VEHICLE")
                                            ? PaperState.INACTIVE
                                            : row.getBoolean(7)
                                                    ? PaperState.SUSPENDED
                                                    : PaperCalendar.byDay(PaperKind.of(row.getString(4)), day, today))
                                    .word(),
                            day == null || (laidUp && row.getString(2).equals("VEHICLE"))
                                    ? null
                                    : (Long) ChronoUnit.DAYS.between(today, day),
                            PaperKind.CRITICAL.contains(row.getString(4)));
                });
        List<Paper> all = new ArrayList<>(papers);
        Set<String> kinds = new TreeSet<>();
        papers.forEach(paper -> kinds.add(paper.kind));
        for (String kind : new TreeSet<>(PaperKind.CRITICAL)) {
            boolean vehicles = kind.startsWith("veh.");
            Integer owner = vehicles ? vehicleId : kind.startsWith("drv.") ? driverId : null;
            if (owner != null && !kinds.contains(kind)) {
                all.add(new Paper(
                        null,
                        vehicles ? "VEHICLE" : "DRIVER",
                        owner,
                        kind,
                        null,
                        null,
                        (vehicles && laidUp ? PaperState.INACTIVE : PaperState.MISSING).word(),
                        null,
                        true));
            }
        }
        return all;
    }

    private static boolean isLaidUp(Connection connection, Scope scope, int vehicleId, LocalDate today)
            throws SQLException {
        return new SqlText("select 1 from hw.laid_up(?) where true", today)
                .within(scope, "company_id = any (?)")
                .and("vehicle_id = ?", vehicleId)
                .first(connection, row -> true)
                .isPresent();
    }

    /** Trucks of which a critical paper has run out, their own or that of the driver assigned now; at most {@code most}. */
    public static List<Integer> expired(Connection connection, Scope scope, LocalDate today, int most)
            throws SQLException {
        return new SqlText("""
                select distinct v.vehicle_id
                from (select company_id, owner_kind, owner_id, kind
                    from hw.paper_counted_on(?) where true
                """, today)
                .within(scope, "company_id = any (?)")
                .and("kind = any (?) and owner_kind in ('VEHICLE', 'DRIVER')", PaperKind.CRITICAL)
                .add("group by company_id, owner_kind, owner_id, kind having max(last_day) < ?) b", today)
                .add("""
                        left join hw.assignment a on b.owner_kind = 'DRIVER' and a.driver_id = b.owner_id
                            and a.effective_from <= now() and a.effective_to > now()
                        join hw.vehicle v
                            on v.vehicle_id = case b.owner_kind when 'VEHICLE' then b.owner_id else a.vehicle_id end
                    where v.retired_at is null
                    """)
                .within(scope, "v.company_id = any (?)")
                .add("order by v.vehicle_id limit ?", most)
                .list(connection, row -> row.getInt(1));
    }

    /**
     * One paper as it stands today.
     *
     * @param id null for one that is missing
     * @param days until it runs out, negative since it did; null while it is frozen
     */
    public record Paper(
            @Nullable Long id,
            String ownerKind,
            int ownerId,
            String kind,
            @DriverNumber @Nullable String number,
            @Nullable String expires,
            String state,
            @Nullable Long days,
            boolean critical)
            implements OfSomebody {
        @Override
        public boolean isOfDriver() {
            return ownerKind.equals("DRIVER");
        }
    }
}
