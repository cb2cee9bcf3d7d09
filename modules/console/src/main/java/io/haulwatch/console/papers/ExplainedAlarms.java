package io.haulwatch.console.papers;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Alarms of driving with an overdue paper that were none: the paper had been renewed in time and was entered late. They are taken out of score
 * and figures by their handling, with the reason beside; the rules' own word stays in the stream as it was said. See decision 22.
 */
final class ExplainedAlarms {
    private ExplainedAlarms() {}

    private record Candidate(
            UUID id,
            int companyId,
            int vehicleId,
            @Nullable Integer driverId,
            Instant from,
            Instant to,
            List<String> kinds) {}

    /**
     * Overturns what a version explains: each alarm that names its kind, and of which every named paper was valid all the while.
     *
     * @param issued first valid day of the version; without one it says nothing about the past
     * @return ids of the overturned alarms
     */
    static List<UUID> overturn(
            Connection connection,
            Scope scope,
            PaperOwner owner,
            String kind,
            @Nullable LocalDate issued,
            int userId,
            String reason)
            throws SQLException {
        if (issued == null) {
            return List.of();
        }
        List<UUID> overturned = new ArrayList<>();
        for (Candidate alarm : candidates(connection, scope, owner, kind, issued)) {
            boolean explained = true;
            for (String each : alarm.kinds) {
                explained &= wasValid(connection, scope, alarm, each);
            }
            if (explained) {
                new SqlText(
                                "update hw.episode set handling = 'overturned', handled_by = ?, handled_at = now() where true",
                                userId)
                        .within(scope, "company_id = any (?)")
                        .and("episode_id = ?", alarm.id)
                        .run(connection);
                new SqlText(
                                "insert into hw.episode_action (episode_id, company_id, user_id, kind, note) values (?, ?, ?, 'overturned', ?)",
                                alarm.id,
                                alarm.companyId,
                                userId,
                                reason)
                        .run(connection);
                overturned.add(alarm.id);
            }
        }
        return overturned;
    }

    private static List<Candidate> candidates(
            Connection connection, Scope scope, PaperOwner owner, String kind, LocalDate issued) throws SQLException {
        SqlText query = new SqlText("""
                select episode_id, company_id, vehicle_id, driver_id, started_at, ended_at, facts ->> 'papers' from hw.episode
                where rule = 'papers' and state not in ('prewarned', 'withdrawn') and handling not in ('false', 'overturned')
                """)
                .within(scope, "company_id = any (?)")
                .and("company_id = ?", owner.companyId())
                .and("started_at >= ?", issued.atStartOfDay(PaperState.ZONE).toInstant());
        switch (owner.kind()) {
            case VEHICLE -> query.and("vehicle_id = ?", owner.id());
            case DRIVER -> query.and("driver_id = ?", owner.id());
            case COMPANY -> {}
        }
        return query.add("order by started_at").list(connection, ExplainedAlarms::candidate).stream()
                .filter(alarm -> alarm.kinds.contains(kind))
                .toList();
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        int driver = row.getInt(4);
        boolean unknown = row.wasNull();
        String named = row.getString(7);
        List<String> kinds = new ArrayList<>();
        if (named != null) {
            // As the rule writes it: kind and last day of each, "veh.permit 2026-03-01; drv.licence 2026-04-01".
            for (String paper : named.split("; ", -1)) {
                kinds.add(paper.split(" ", -1)[0]);
            }
        }
        return new Candidate(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getInt(3),
                unknown ? null : (Integer) driver,
                row.getTimestamp(5).toInstant(),
                row.getTimestamp(6).toInstant(),
                kinds);
    }

    /** Whether a version that stands covers the alarm's days, and nobody held the paper back meanwhile. */
    private static boolean wasValid(Connection connection, Scope scope, Candidate alarm, String kind)
            throws SQLException {
        Owner owner = PaperKind.ownerOf(kind);
        Integer id = switch (owner) {
            case COMPANY -> (Integer) alarm.companyId;
            case VEHICLE -> (Integer) alarm.vehicleId;
            case DRIVER -> alarm.driverId;
        };
        if (id == null) {
            return false;
        }
        LocalDate first = alarm.from.atZone(PaperState.ZONE).toLocalDate();
        LocalDate last = alarm.to.atZone(PaperState.ZONE).toLocalDate();
        boolean covered = new SqlText("select 1 from hw.paper where review = 'approved' and effective_to = 'infinity'")
                .within(scope, "company_id = any (?)")
                .and("owner_kind = ? and owner_id = ? and kind = ?", owner.name(), id, kind)
                .and("issued <= ? and (expires is null or expires >= ?)", first, last)
                .first(connection, row -> row.getInt(1))
                .isPresent();
        boolean held = new SqlText("select 1 from hw.paper_hold where true")
                .within(scope, "company_id = any (?)")
                .and("owner_kind = ? and owner_id = ? and kind = ?", owner.name(), id, kind)
                .and("effective_from <= ? and effective_to > ?", alarm.to, alarm.from)
                .first(connection, row -> row.getInt(1))
                .isPresent();
        return covered && !held;
    }
}
