package io.haulwatch.console.papers;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trucks that are laid up (停驶): under repair or taken off the road. A lay-up takes effect with its first file and ends by itself with its last day, or
 * by hand; what it was stays. Whether one is in force on a day is said once, by {@code hw.laid_up}; this is about its life.
 */
public final class Layups {
    /** How long ago a truck may have stopped without anybody having written it down. */
    static final int MOST_DAYS_BACK = 30;

    static final int LEAST_NOTE = 3;
    static final int LONGEST_NOTE = 500;
    private static final int MOST_SHOWN = 200;
    /** The company of trucks that enrolled themselves. */
    private static final int UNASSIGNED = 0;

    private static final String OVERLAPS = "23P01";

    private final AuditLog audit;

    public Layups(AuditLog audit) {
        this.audit = audit;
    }

    /** What somebody asks for. */
    record Written(String reason, LocalDate firstDay, LocalDate lastDay, String note) {
        /** Refuses days that cannot be. */
        void check(LocalDate today) {
            if (lastDay.isBefore(firstDay)) {
                throw days("A lay-up cannot end before it begins: first_day=" + firstDay + ", last_day=" + lastDay
                        + ". One of them is wrong.");
            }
            if (firstDay.isAfter(today)) {
                throw days("The first day lies ahead: first_day=" + firstDay + ", today=" + today
                        + ". A truck is laid up once it stands; come back on that day.");
            }
            if (firstDay.isBefore(today.minusDays(MOST_DAYS_BACK))) {
                throw days("The first day is more than " + MOST_DAYS_BACK + " days ago: first_day=" + firstDay
                        + ". Say at the earliest " + today.minusDays(MOST_DAYS_BACK) + ".");
            }
            if (lastDay.isBefore(today)) {
                throw days("The last day is over: last_day=" + lastDay + ", today=" + today
                        + ". What is over is not written down any more.");
            }
            LocalDate latest = firstDay.plusYears(1).minusDays(1);
            if (lastDay.isAfter(latest)) {
                throw days("A truck is laid up for a year at most: last_day=" + lastDay + ". Say at the latest "
                        + latest + ", and lay it up again then.");
            }
        }

        private static Refusal days(String detail) {
            return Refusal.ruleBroken("layup-days", detail);
        }
    }

    /**
     * One lay-up.
     *
     * @param state waiting for evidence, in_force, over since its last day, or ended by hand
     * @param inForceSince when its first file came, null if none did
     */
    record Layup(
            long id,
            String reason,
            String firstDay,
            String lastDay,
            String note,
            String state,
            String begunAt,
            @Nullable String begunBy,
            @Nullable String inForceSince,
            @Nullable String endedAt,
            @Nullable String endedBy,
            @Nullable String endReason,
            List<PaperFile.Attachment> attachments) {
        boolean inForce() {
            return state.equals("in_force");
        }
    }

    /** Those of a truck, the newest first. */
    static List<Layup> read(Connection connection, Scope scope, int vehicleId, LocalDate today) throws SQLException {
        Map<Long, List<PaperFile.Attachment>> attached = new HashMap<>();
        new SqlText("""
                select a.subject_id, a.attachment_id, a.title, a.content_type, a.bytes, a.added_at from hw.attachment a
                    join hw.layup l on a.subject = 'layup' and l.layup_id = a.subject_id where true
                """)
                .within(scope, "a.company_id = any (?)")
                .and("l.vehicle_id = ?", vehicleId)
                .add("order by a.added_at, a.attachment_id")
                .list(
                        connection,
                        row -> attached.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                                .add(new PaperFile.Attachment(
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getInt(5),
                                        Json.time(row.getTimestamp(6).toInstant()))));
        return new SqlText("""
                select l.layup_id, l.reason, l.first_day, l.last_day, l.note, l.begun_at, coalesce(b.display_name, b.username), l.evident_at,
                    l.ended_at, coalesce(e.display_name, e.username), l.end_reason
                from hw.layup l left join hw.app_user b on b.user_id = l.begun_by left join hw.app_user e on e.user_id = l.ended_by where true
                """)
                .within(scope, "l.company_id = any (?)")
                .and("l.vehicle_id = ?", vehicleId)
                .add("order by l.layup_id desc limit ?", MOST_SHOWN)
                .list(
                        connection,
                        row -> new Layup(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                state(row, today),
                                Json.time(row.getTimestamp(6).toInstant()),
                                row.getString(7),
                                time(row, 8),
                                time(row, 9),
                                row.getString(10),
                                row.getString(11),
                                attached.getOrDefault(row.getLong(1), List.of())));
    }

    private static String state(ResultSet row, LocalDate today) throws SQLException {
        if (row.getTimestamp(9) != null) {
            return "ended";
        }
        if (row.getObject(4, LocalDate.class).isBefore(today)) {
            return "over";
        }
        return row.getTimestamp(8) == null ? "waiting" : "in_force";
    }

    private static @Nullable String time(ResultSet row, int column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : Json.time(at.toInstant());
    }

    /** Lays a truck up; it waits for evidence. */
    long begin(Connection connection, Call call, PaperOwner truck, Written written, Instant now) throws SQLException {
        if (truck.companyId() == UNASSIGNED) {
            throw Refusal.ruleBroken(
                    "layup-unassigned",
                    "The truck belongs to no company yet, so nobody answers for it: vehicle_id=" + truck.id()
                            + ". Assign it in the register first.");
        }
        new SqlText("select first_day, last_day from hw.layup where ended_at is null")
                .within(call.scope(), "company_id = any (?)")
                .and("vehicle_id = ? and last_day >= ?", truck.id(), written.firstDay)
                .add("order by last_day desc limit 1")
                .first(connection, row -> row.getString(1) + " to " + row.getString(2))
                .ifPresent(days -> {
                    throw there("The truck is laid up from " + days
                            + ". End that one first, or begin on the day after its last.");
                });
        long id;
        try {
            id = new SqlText(
                            "insert into hw.layup (company_id, vehicle_id, reason, first_day, last_day, note, begun_by, begun_at)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, ?) returning layup_id",
                            truck.companyId(),
                            truck.id(),
                            written.reason,
                            written.firstDay,
                            written.lastDay,
                            written.note,
                            call.user().userId(),
                            now)
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow();
        } catch (SQLException e) {
            if (OVERLAPS.equals(e.getSQLState())) {
                throw there("Somebody laid the truck up a moment ago for some of these days. Look at it again.");
            }
            throw e;
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("layup_id", id);
        detail.put("layup_reason", written.reason);
        detail.put("first_day", written.firstDay.toString());
        detail.put("last_day", written.lastDay.toString());
        detail.put("note", written.note);
        audit.add(connection, call.user().userId(), "layup.begin", truck.key(), detail, call.address());
        return id;
    }

    private static Refusal there(String detail) {
        return Refusal.conflict("layup-there", detail);
    }

    /** Ends one before its last day; its papers count again at once. @return its truck */
    int end(Connection connection, Call call, int id, String note, Instant now) throws SQLException {
        int truck = truckOf(connection, call, id);
        int ended = new SqlText(
                        "update hw.layup set ended_at = ?, ended_by = ?, end_reason = ? where ended_at is null and last_day >= ?",
                        now,
                        call.user().userId(),
                        note,
                        day(now))
                .within(call.scope(), "company_id = any (?)")
                .and("layup_id = ?", id)
                .run(connection);
        if (ended == 0) {
            throw over("There is nothing to end");
        }
        audit.add(
                connection,
                call.user().userId(),
                "layup.end",
                "vehicle:" + truck,
                Map.of("layup_id", id, "note", note),
                call.address());
        return truck;
    }

    /** What is about to be attached to one is evidence: with the first file it takes effect. One that is over takes none. */
    public void takeEvidence(Connection connection, Call call, int id, Instant now) throws SQLException {
        boolean first = new SqlText("select evident_at is null from hw.layup where ended_at is null")
                .within(call.scope(), "company_id = any (?)")
                .and("layup_id = ? and last_day >= ?", id, day(now))
                .add("for update")
                .first(connection, row -> row.getBoolean(1))
                .orElseThrow(() -> over("It takes no files any more"));
        if (first) {
            new SqlText("update hw.layup set evident_at = ? where layup_id = ?", now, id).run(connection);
            audit.add(
                    connection,
                    call.user().userId(),
                    "layup.in_force",
                    "vehicle:" + truckOf(connection, call, id),
                    Map.of("layup_id", id),
                    call.address());
        }
    }

    private static Refusal over(String what) {
        return Refusal.conflict(
                "layup-over", what + ": the lay-up has ended, by hand or with its last day. Lay the truck up again.");
    }

    private static int truckOf(Connection connection, Call call, int id) throws SQLException {
        return new SqlText("select vehicle_id from hw.layup where true")
                .within(call.scope(), "company_id = any (?)")
                .and("layup_id = ?", id)
                .first(connection, row -> row.getInt(1))
                .orElseThrow(
                        () -> Refusal.notFound("There is no such lay-up among those that you may see: id=" + id + "."));
    }

    private static LocalDate day(Instant now) {
        return now.atZone(PaperState.ZONE).toLocalDate();
    }
}
