package io.haulwatch.console.papers;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperCategory;
import io.haulwatch.model.paper.PaperVersion;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.store.scope.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people do to papers, each with its row of the paper's history and of the audit in the same transaction. A version is never overwritten
 * once it counted: a mistake is a row that goes out of effect and another one that comes in.
 */
final class PaperChanges {
    /** Rules may have judged what was driven up to now: nothing changes before a minute from the end of the transaction. */
    private static final String SOONEST = "date_trunc('milliseconds', clock_timestamp()) + interval '65 s'";

    private static final String UNIQUE = "23505";

    private final AuditLog audit;

    PaperChanges(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * What is written on a paper.
     *
     * @param category class of a licence, sort of goods of a qualification; empty if not said
     * @param endless it has no last day; without one and without this its last day is not known
     */
    record Written(
            String number,
            String category,
            @Nullable LocalDate issued,
            @Nullable LocalDate expires,
            boolean endless) {
        /** Reads it from a call's body. */
        static Written of(Call call) {
            String number = call.optionalText("number", 64);
            String category = call.optionalText("category", 40);
            Written written = new Written(
                    number == null ? "" : number.strip(),
                    category == null ? "" : category.strip(),
                    call.optionalDay("issued"),
                    call.optionalDay("expires"),
                    call.flag("endless"));
            if (!PaperVersion.canBe(written.issued, written.expires)) {
                throw Refusal.ruleBroken(
                        "paper-dates",
                        "A paper cannot begin after its last day: issued=" + written.issued + ", expires="
                                + written.expires + ". One of them is wrong.");
            }
            if (written.endless && written.expires != null) {
                throw Refusal.ruleBroken(
                        "paper-dates", "A paper without an end has no last day: expires=" + written.expires + ".");
            }
            return written;
        }

        boolean saysNothing() {
            return number.isEmpty() && issued == null && !isKnown();
        }

        boolean isKnown() {
            return endless || expires != null;
        }

        /** The same with what a paper of this kind allows as it is kept. */
        Written on(String kind) {
            String kept = PaperCategory.of(kind, category)
                    .orElseThrow(() -> Refusal.ruleBroken(
                                    "paper-category",
                                    "That is nothing that such a paper allows: a driving licence has classes such as A2 or A1A2D, a qualification"
                                            + " GENERAL or DANGEROUS_GOODS, the other kinds nothing: kind=" + kind
                                            + ", category=" + category + ".")
                            .saying("category", category));
            return new Written(number, kept, issued, expires, endless);
        }
    }

    /** A stored version. */
    record Stored(long id, Owner owner, int ownerId, String kind, int companyId, String review, boolean inEffect) {}

    /** What became of it. @param overturned alarms that it explains */
    record Done(long id, List<UUID> overturned) {}

    /** Finds one in a scope. */
    static Stored find(Connection connection, Scope scope, int id) throws SQLException {
        return new SqlText("""
                select paper_id, owner_kind, owner_id, kind, company_id, review, effective_to = 'infinity' from hw.paper where true
                """)
                .within(scope, "company_id = any (?)")
                .and("paper_id = ?", id)
                .first(
                        connection,
                        row -> new Stored(
                                row.getLong(1),
                                Owner.valueOf(row.getString(2)),
                                row.getInt(3),
                                row.getString(4),
                                row.getInt(5),
                                row.getString(6),
                                row.getBoolean(7)))
                .orElseThrow(
                        () -> Refusal.notFound("There is no such paper among those that you may see: id=" + id + "."));
    }

    /** Enters a version. @param approved whether whoever enters it also agrees to it */
    Done enter(
            Connection connection,
            Call call,
            PaperOwner owner,
            String kind,
            Written written,
            boolean approved,
            String note)
            throws SQLException {
        if (written.saysNothing()) {
            throw Refusal.ruleBroken(
                    "paper-empty",
                    "Nothing is written on that paper: say its \"number\", \"issued\", \"expires\", or \"endless\" if it has no last day.");
        }
        if (approved) {
            needDay(written);
        }
        int user = call.user().userId();
        long id = insert(connection, owner, kind, written, approved, user, null);
        event(connection, owner.companyId(), id, user, "entered", note);
        audit(connection, call, owner, "paper.enter", kind, note);
        return new Done(id, approved ? overturn(connection, call, owner, kind, written.issued, id, note) : List.of());
    }

    /** Agrees to a version, as it was written or as the reviewer writes it. */
    Done approve(Connection connection, Call call, Stored paper, PaperOwner owner, Written written, String note)
            throws SQLException {
        needWaiting(paper);
        needDay(written);
        int user = call.user().userId();
        unique(() -> new SqlText(
                        "update hw.paper set review = 'approved', number = ?, category = ?, issued = "
                                + orNull(written.issued)
                                + ", expires = " + orNull(written.expires)
                                + ", verification = 'human', reviewed_by = ?, reviewed_at = now(), review_note = ?,"
                                + " effective_from = " + SOONEST + " where paper_id = ?",
                        values(written, user, note, paper.id))
                .run(connection));
        event(connection, owner.companyId(), paper.id, user, "approved", note);
        audit(connection, call, owner, "paper.approve", paper.kind, note);
        return new Done(paper.id, overturn(connection, call, owner, paper.kind, written.issued, paper.id, note));
    }

    /** Refuses a version. */
    Done reject(Connection connection, Call call, Stored paper, PaperOwner owner, String note) throws SQLException {
        needWaiting(paper);
        int user = call.user().userId();
        new SqlText(
                        "update hw.paper set review = 'rejected', reviewed_by = ?, reviewed_at = now(), review_note = ? where paper_id = ?",
                        user,
                        note,
                        paper.id)
                .run(connection);
        event(connection, owner.companyId(), paper.id, user, "rejected", note);
        audit(connection, call, owner, "paper.reject", paper.kind, note);
        return new Done(paper.id, List.of());
    }

    /** Puts a version with a mistake out of effect and the right one in. */
    Done correct(Connection connection, Call call, Stored paper, PaperOwner owner, Written written, String note)
            throws SQLException {
        if (!paper.review.equals("approved") || !paper.inEffect) {
            throw Refusal.conflict("Only a version that counts is corrected: review=" + paper.review + ".");
        }
        needDay(written);
        int user = call.user().userId();
        // Out of effect from when the right one comes in; effective_from may lie ahead if it was entered a moment ago.
        new SqlText(
                        "update hw.paper set effective_to = greatest(" + SOONEST
                                + ", effective_from + interval '1 ms') where paper_id = ?",
                        paper.id)
                .run(connection);
        long id = insert(connection, owner, paper.kind, written, true, user, paper.id);
        event(connection, owner.companyId(), id, user, "corrected", note);
        audit(connection, call, owner, "paper.correct", paper.kind, note);
        return new Done(id, overturn(connection, call, owner, paper.kind, written.issued, id, note));
    }

    /** Holds a kind back. */
    Done suspend(Connection connection, Call call, Stored paper, PaperOwner owner, String reason) throws SQLException {
        int user = call.user().userId();
        unique(() -> new SqlText(
                        "insert into hw.paper_hold (company_id, owner_kind, owner_id, kind, reason, begun_by, effective_from) values (?, ?, ?, ?, ?, ?, "
                                + SOONEST + ")",
                        owner.companyId(),
                        owner.kind().name(),
                        owner.id(),
                        paper.kind,
                        reason,
                        user)
                .run(connection));
        event(connection, owner.companyId(), paper.id, user, "suspended", reason);
        audit(connection, call, owner, "paper.suspend", paper.kind, reason);
        return new Done(paper.id, List.of());
    }

    /** Gives a kind back. */
    Done lift(Connection connection, Call call, Stored paper, PaperOwner owner, String reason) throws SQLException {
        int user = call.user().userId();
        int lifted = new SqlText(
                        "update hw.paper_hold set effective_to = greatest(" + SOONEST
                                + ", effective_from + interval '1 ms'), lifted_by = ?, lifted_at = now(), lift_reason = ?"
                                + " where owner_kind = ? and owner_id = ? and kind = ? and lifted_at is null",
                        user,
                        reason,
                        owner.kind().name(),
                        owner.id(),
                        paper.kind)
                .run(connection);
        if (lifted == 0) {
            throw Refusal.conflict("Nobody holds that paper back any more: kind=" + paper.kind + ".");
        }
        event(connection, owner.companyId(), paper.id, user, "lifted", reason);
        audit(connection, call, owner, "paper.lift", paper.kind, reason);
        return new Done(paper.id, List.of());
    }

    private static void needWaiting(Stored paper) {
        if (!paper.review.equals("pending")) {
            throw Refusal.conflict("Somebody has decided about this version: review=" + paper.review + ".");
        }
    }

    private static void needDay(Written written) {
        if (!written.isKnown()) {
            throw Refusal.ruleBroken(
                    "paper-no-day",
                    "A paper whose last day is not known is not agreed to: say \"expires\", or \"endless\" if it has none.");
        }
    }

    private static long insert(
            Connection connection,
            PaperOwner owner,
            String kind,
            Written written,
            boolean approved,
            int user,
            @Nullable Long corrects)
            throws SQLException {
        Long[] id = new Long[1];
        unique(() -> {
            id[0] = new SqlText(
                            "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, category, issued, expires, effective_from, review,"
                                    + " verification, entered_by, reviewed_by, reviewed_at, corrects) values (?, ?, ?, ?, ?, ?, "
                                    + orNull(written.issued) + ", " + orNull(written.expires) + ", " + SOONEST
                                    + ", ?, ?, ?, "
                                    + (approved ? user + ", now()" : "null, null") + ", "
                                    + (corrects == null ? "null" : corrects.toString()) + ") returning paper_id",
                            values(owner, kind, written, approved, user))
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow();
            return 1;
        });
        return id[0];
    }

    private static Object[] values(PaperOwner owner, String kind, Written written, boolean approved, int user) {
        List<Object> values = new java.util.ArrayList<>(
                List.of(owner.companyId(), owner.kind().name(), owner.id(), kind, written.number, written.category));
        days(written, values);
        values.addAll(List.of(approved ? "approved" : "pending", approved ? "human" : "self", user));
        return values.toArray();
    }

    private static Object[] values(Written written, int user, String note, long id) {
        List<Object> values = new java.util.ArrayList<>(List.of(written.number, written.category));
        days(written, values);
        values.addAll(List.of(user, note, id));
        return values.toArray();
    }

    private static void days(Written written, List<Object> values) {
        if (written.issued != null) {
            values.add(written.issued);
        }
        if (written.expires != null) {
            values.add(written.expires);
        }
    }

    private static String orNull(@Nullable LocalDate day) {
        return day == null ? "null" : "?";
    }

    private List<UUID> overturn(
            Connection connection,
            Call call,
            PaperOwner owner,
            String kind,
            @Nullable LocalDate issued,
            long paperId,
            String note)
            throws SQLException {
        int user = call.user().userId();
        String reason =
                "Paper " + paperId + " (" + kind + ") was valid at that time" + (note.isEmpty() ? "." : ": " + note);
        List<UUID> overturned = ExplainedAlarms.overturn(connection, call.scope(), owner, kind, issued, user, reason);
        for (UUID alarm : overturned) {
            event(connection, owner.companyId(), paperId, user, "alarm_withdrawn", alarm.toString());
            audit.add(
                    connection,
                    user,
                    "alarm.overturn",
                    "alarm:" + alarm,
                    Map.of("paper_id", paperId, "note", reason),
                    call.address());
        }
        return overturned;
    }

    private static void event(Connection connection, int company, long paper, int user, String kind, String note)
            throws SQLException {
        new SqlText(
                        "insert into hw.paper_event (company_id, paper_id, user_id, kind, note) values (?, ?, ?, ?, ?)",
                        company,
                        paper,
                        user,
                        kind,
                        note)
                .run(connection);
    }

    private void audit(Connection connection, Call call, PaperOwner owner, String action, String kind, String note)
            throws SQLException {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("kind", kind);
        detail.put("note", note);
        audit.add(connection, call.user().userId(), action, owner.key(), detail, call.address());
    }

    @FunctionalInterface
    private interface Statement {
        int run() throws SQLException;
    }

    private static void unique(Statement statement) throws SQLException {
        try {
            statement.run();
        } catch (SQLException e) {
            if (UNIQUE.equals(e.getSQLState())) {
                throw Refusal.conflict(
                        "paper-there",
                        "That is there already: the same paper with the same last day, or held back already.");
            }
            throw e;
        }
    }
}
