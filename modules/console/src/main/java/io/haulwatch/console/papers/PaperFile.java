package io.haulwatch.console.papers;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.DriverNumber;
import io.haulwatch.console.personal.OfSomebody;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperCalendar;
import io.haulwatch.model.paper.PaperCalendar.Bar;
import io.haulwatch.model.paper.PaperKind;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.model.paper.PaperVersion;
import io.haulwatch.model.paper.PaperVersion.Review;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything about the papers of one company, truck or driver: each kind with all its versions, what they need and lack, and who did what.
 *
 * @param label of the owner: the plate, or the name
 */
record PaperFile(
        String ownerKind,
        int ownerId,
        @DriverName String label,
        int companyId,
        String companyName,
        List<Kind> kinds,
        List<Event> events)
        implements OfSomebody {
    private static final int MOST_EVENTS = 200;

    @Override
    public boolean isOfDriver() {
        return ownerKind.equals("DRIVER");
    }

    /** One kind. @param versions the newest first; none if it is missing */
    record Kind(
            String kind,
            String state,
            boolean critical,
            boolean needed,
            List<Integer> leadDays,
            @Nullable Hold hold,
            List<Version> versions) {}

    /** Since when something is held back. */
    record Hold(String at, @Nullable String by, String reason) {}

    /** One version with its scans. @param replaced a mistake in it was corrected: it counts no more */
    record Version(
            long id,
            String ownerKind,
            @DriverNumber String number,
            String category,
            @Nullable String issued,
            @Nullable String expires,
            String state,
            String verification,
            boolean replaced,
            String enteredAt,
            @Nullable String enteredBy,
            @Nullable String reviewedAt,
            @Nullable String reviewedBy,
            @Nullable String reviewNote,
            List<Attachment> attachments)
            implements OfSomebody {
        @Override
        public boolean isOfDriver() {
            return ownerKind.equals("DRIVER");
        }
    }

    /** A scan. */
    record Attachment(String id, String title, String contentType, int bytes, String at) {}

    /** What somebody did. */
    record Event(String at, @Nullable String by, long paperId, String kind, String paperKind, String note) {}

    private record Row(Version version, String kind, PaperVersion calendar) {}

    static PaperFile read(Connection connection, Scope scope, PaperOwner owner, LocalDate today) throws SQLException {
        Map<Long, List<Attachment>> attached = attachments(connection, scope, owner);
        Map<String, Hold> holds = new HashMap<>();
        new SqlText("""
                select h.kind, h.begun_at, coalesce(u.display_name, u.username), h.reason
                from hw.paper_hold h left join hw.app_user u on u.user_id = h.begun_by where h.lifted_at is null
                """)
                .within(scope, "h.company_id = any (?)")
                .and("h.owner_kind = ? and h.owner_id = ?", owner.kind().name(), owner.id())
                .list(
                        connection,
                        row -> holds.put(
                                row.getString(1),
                                new Hold(
                                        Json.time(row.getTimestamp(2).toInstant()),
                                        row.getString(3),
                                        row.getString(4))));
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        new SqlText("""
                select p.paper_id, p.kind, p.number, p.issued, p.expires, p.review, p.verification, p.effective_to <= now(), p.created_at,
                    coalesce(e.display_name, e.username), p.reviewed_at, coalesce(r.display_name, r.username), p.review_note, p.category
                from hw.paper p left join hw.app_user e on e.user_id = p.entered_by
                    left join hw.app_user r on r.user_id = p.reviewed_by where true
                """)
                .within(scope, "p.company_id = any (?)")
                .and("p.owner_kind = ? and p.owner_id = ?", owner.kind().name(), owner.id())
                .add("order by p.expires desc nulls first, p.paper_id desc")
                .list(connection, row -> {
                    PaperVersion calendar = new PaperVersion(
                            row.getLong(1),
                            Review.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                            row.getObject(4, LocalDate.class),
                            row.getObject(5, LocalDate.class));
                    Timestamp reviewed = row.getTimestamp(11);
                    Version version = new Version(
                            calendar.id(),
                            owner.kind().name(),
                            row.getString(3),
                            row.getString(14),
                            calendar.issued() == null ? null : calendar.issued().toString(),
                            calendar.expires() == null
                                    ? null
                                    : calendar.expires().toString(),
                            "",
                            row.getString(7),
                            row.getBoolean(8),
                            Json.time(row.getTimestamp(9).toInstant()),
                            row.getString(10),
                            reviewed == null ? null : Json.time(reviewed.toInstant()),
                            row.getString(12),
                            row.getString(13),
                            attached.getOrDefault(calendar.id(), List.of()));
                    return rows.computeIfAbsent(row.getString(2), kind -> new ArrayList<>())
                            .add(new Row(version, row.getString(2), calendar));
                });
        boolean laidUp = owner.kind() == Owner.VEHICLE
                && Layups.read(connection, scope, owner.id(), today).stream().anyMatch(Layups.Layup::inForce);
        List<Kind> kinds = new ArrayList<>();
        TreeSet<String> codes = new TreeSet<>(rows.keySet());
        for (PaperKind kind : PaperKind.values()) {
            if (kind.isNeededBy(owner.kind(), owner.vehicleClass())) {
                codes.add(kind.code());
            }
        }
        for (String code : codes) {
            kinds.add(kind(code, rows.getOrDefault(code, List.of()), holds.get(code), laidUp, owner, today));
        }
        return new PaperFile(
                owner.kind().name(),
                owner.id(),
                owner.label(),
                owner.companyId(),
                owner.companyName(),
                kinds,
                events(connection, scope, owner));
    }

    private static Kind kind(
            String code, List<Row> rows, @Nullable Hold hold, boolean laidUp, PaperOwner owner, LocalDate today) {
        PaperKind kind = PaperKind.of(code);
        Bar bar = Bar.of(hold != null, laidUp);
        List<PaperVersion> counted = rows.stream()
                .filter(row -> !row.version.replaced())
                .map(Row::calendar)
                .toList();
        List<Version> versions = rows.stream()
                .map(row -> withState(
                        row.version,
                        row.version.replaced()
                                ? PaperState.SUPERSEDED
                                : PaperCalendar.ofVersion(kind, row.calendar, counted, bar, today)))
                .toList();
        return new Kind(
                code,
                PaperCalendar.of(kind, counted, bar, today).word(),
                kind != null && kind.isCritical(),
                kind != null && kind.isNeededBy(owner.kind(), owner.vehicleClass()),
                kind == null ? List.of() : kind.leadDays(),
                hold,
                versions);
    }

    private static Version withState(Version of, PaperState state) {
        return new Version(
                of.id,
                of.ownerKind,
                of.number,
                of.category,
                of.issued,
                of.expires,
                state.word(),
                of.verification,
                of.replaced,
                of.enteredAt,
                of.enteredBy,
                of.reviewedAt,
                of.reviewedBy,
                of.reviewNote,
                of.attachments);
    }

    private static Map<Long, List<Attachment>> attachments(Connection connection, Scope scope, PaperOwner owner)
            throws SQLException {
        Map<Long, List<Attachment>> attached = new HashMap<>();
        new SqlText("""
                select a.subject_id, a.attachment_id, a.title, a.content_type, a.bytes, a.added_at from hw.attachment a
                    join hw.paper p on a.subject = 'paper' and p.paper_id = a.subject_id where true
                """)
                .within(scope, "a.company_id = any (?)")
                .and("p.owner_kind = ? and p.owner_id = ?", owner.kind().name(), owner.id())
                .add("order by a.added_at, a.attachment_id")
                .list(
                        connection,
                        row -> attached.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                                .add(new Attachment(
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getInt(5),
                                        Json.time(row.getTimestamp(6).toInstant()))));
        return attached;
    }

    private static List<Event> events(Connection connection, Scope scope, PaperOwner owner) throws SQLException {
        return new SqlText("""
                select e.at, coalesce(u.display_name, u.username), e.paper_id, e.kind, p.kind, e.note
                from hw.paper_event e join hw.paper p using (paper_id) left join hw.app_user u on u.user_id = e.user_id where true
                """)
                .within(scope, "e.company_id = any (?)")
                .and("p.owner_kind = ? and p.owner_id = ?", owner.kind().name(), owner.id())
                .add("order by e.event_id desc limit ?", MOST_EVENTS)
                .list(
                        connection,
                        row -> new Event(
                                Json.time(row.getTimestamp(1).toInstant()),
                                row.getString(2),
                                row.getLong(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)));
    }
}
