package io.haulwatch.console.attachments;

import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.papers.Layups;
import io.haulwatch.console.port.AttachmentStore;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.file.AttachmentFiles;
import io.haulwatch.store.file.AttachmentFormat;
import io.haulwatch.store.scope.ScopedDatabase;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes scans and photos in and gives them out. The type is what the content says; the file is on the disk before its row, and each look at one
 * is written down, because it shows people.
 */
public final class AttachmentRoutes {
    private static final int MOST_OF_ONE = 30;
    private static final int LONGEST_TITLE = 200;

    private static final String SUPERVISION = "supervision";
    private static final String LAYUP = "layup";

    /** What something can be attached to, with the statement that finds its company. */
    private static final Map<String, String> SUBJECTS = Map.of(
            "paper",
            "select company_id from hw.paper where paper_id = ?",
            "hazard",
            "select company_id from hw.hazard where hazard_id = ?",
            "maintenance",
            "select company_id from hw.maintenance_record where record_id = ?",
            "accident",
            "select company_id from hw.accident where accident_id = ?",
            SUPERVISION,
            "select company_id from hw.supervision_order where order_id = ?",
            LAYUP,
            "select company_id from hw.layup where layup_id = ?");

    private final ScopedDatabase database;
    private final AttachmentStore files;
    private final AuditLog audit;
    private final Layups layups;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public AttachmentRoutes(
            ScopedDatabase database, AttachmentStore files, AuditLog audit, Supplier<UUID> ids, InstantSource clock) {
        this.database = database;
        this.files = files;
        this.audit = audit;
        this.layups = new Layups(audit);
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.file("/api/v1/attachments", Right.KEEP_DUTIES, this::add),
                Route.get("/api/v1/attachments/:id", Right.SEE_FILES, this::content),
                Route.get("/api/v1/supervision/:id/files/:file", Right.WATCH, this::ofOrder));
    }

    private Answer add(Call call) throws SQLException, IOException {
        String subject =
                call.word("subject", SUBJECTS.keySet().stream().sorted().toList());
        Integer id = call.number("subject_id", 1, Integer.MAX_VALUE);
        if (subject == null || id == null) {
            throw Refusal.badValue("Say what it belongs to: subject and subject_id.");
        }
        byte[] content = call.fileBytes();
        if (content.length > AttachmentFiles.MOST_BYTES) {
            throw Refusal.tooLarge("A scan or photo has at most " + AttachmentFiles.MOST_BYTES / (1024 * 1024)
                    + " MB: bytes=" + content.length + ".");
        }
        AttachmentFormat format = AttachmentFormat.of(content);
        if (format == null) {
            throw Refusal.ruleBroken(
                    "attachment-type",
                    "The content is no PDF, JPEG or PNG, whatever its name says: bytes=" + content.length + ".");
        }
        byte[] sha256 = sha256(content);
        int user = call.user().userId();
        int company = database.read(call.scope(), user, connection -> {
            int found = company(connection, call, subject, id);
            if (subject.equals(SUPERVISION)) {
                refuseUnlessAwaited(connection, call, id, "");
            }
            if (subject.equals(LAYUP) && !call.user().may(Right.REVIEW_PAPERS)) {
                throw Refusal.notAllowed("A file of a lay-up is its evidence: it takes " + Right.REVIEW_PAPERS.words()
                        + ", held by " + Right.REVIEW_PAPERS.holders() + ".");
            }
            refuseIfFull(connection, call, subject, id, sha256);
            return found;
        });
        UUID file = ids.get();
        files.keep(file, content);
        boolean named = false;
        try {
            Instant now = clock.instant();
            database.write(call.scope(), user, connection -> {
                if (subject.equals(SUPERVISION)) {
                    refuseUnlessAwaited(connection, call, id, "for share");
                }
                if (subject.equals(LAYUP)) {
                    layups.takeEvidence(connection, call, id, now);
                }
                refuseIfFull(connection, call, subject, id, sha256);
                new SqlText(
                                "insert into hw.attachment (attachment_id, company_id, subject, subject_id, content_type, bytes, sha256, title,"
                                        + " added_by, added_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                file,
                                company,
                                subject,
                                id,
                                format.contentType(),
                                content.length,
                                sha256,
                                title(call),
                                user,
                                now)
                        .run(connection);
                if (subject.equals("paper")) {
                    new SqlText(
                                    "insert into hw.paper_event (company_id, paper_id, user_id, kind, note) values (?, ?, ?, 'attached', ?)",
                                    company,
                                    id,
                                    user,
                                    title(call))
                            .run(connection);
                }
                audit.add(
                        connection,
                        user,
                        "attachment.add",
                        subject + ":" + id,
                        Map.of("attachment_id", file.toString(), "bytes", content.length),
                        call.address());
                return 1;
            });
            named = true;
            return Answer.json(
                    201, new Added(file.toString(), title(call), format.contentType(), content.length, Json.time(now)));
        } finally {
            if (!named) {
                files.drop(file);
            }
        }
    }

    private Answer content(Call call) throws SQLException, IOException {
        return content(call, call.pathUuid("id"), null);
    }

    /** What belongs to an answer to an order is for everybody who sees the order. */
    private Answer ofOrder(Call call) throws SQLException, IOException {
        int order = call.pathId("id");
        database.read(call.scope(), call.user().userId(), connection -> company(connection, call, SUPERVISION, order));
        return content(call, call.pathUuid("file"), order);
    }

    private Answer content(Call call, UUID id, @Nullable Integer order) throws SQLException, IOException {
        int user = call.user().userId();
        String contentType = database.write(call.scope(), user, connection -> {
            SqlText sql = new SqlText("select subject, subject_id, content_type from hw.attachment where true")
                    .within(call.scope(), "company_id = any (?)")
                    .and("attachment_id = ?", id);
            if (order != null) {
                sql.and("subject = ? and subject_id = ?", SUPERVISION, order);
            }
            Object[] found = sql.first(
                            connection, row -> new Object[] {row.getString(1) + ":" + row.getLong(2), row.getString(3)})
                    .orElseThrow(() ->
                            Refusal.notFound("There is no such file among those that you may see: id=" + id + "."));
            audit.add(
                    connection,
                    user,
                    "attachment.open",
                    (String) found[0],
                    Map.of("attachment_id", id.toString()),
                    call.address());
            return (String) found[1];
        });
        AttachmentFormat format = AttachmentFormat.ofContentType(contentType);
        if (format == null) {
            throw new IllegalStateException("the database keeps no other type: content_type=" + contentType);
        }
        byte[] bytes;
        try {
            bytes = files.read(id);
        } catch (NoSuchFileException e) {
            throw Refusal.notFound("The file is not on the disk any more: id=" + id + ".");
        }
        // A document may run scripts in a browser's own reader; pictures do not.
        String shown = format == AttachmentFormat.PDF ? "attachment" : "inline";
        return Answer.bytes(200, bytes, contentType)
                .with("Content-Security-Policy", "default-src 'none'; sandbox")
                .with("Content-Disposition", shown + "; filename=\"haulwatch-" + id + "." + format.extension() + "\"");
    }

    private static int company(Connection connection, Call call, String subject, int id) throws SQLException {
        return new SqlText(SUBJECTS.getOrDefault(subject, ""), id)
                .within(call.scope(), "company_id = any (?)")
                .first(connection, row -> row.getInt(1))
                .orElseThrow(() -> Refusal.notFound(
                        "There is no such " + subject + " among those that you may see: id=" + id + "."));
    }

    /**
     * Only the company itself attaches, and only while its answer is awaited: what was judged stays as it was.
     *
     * @param lock how the order is read, so that it is not answered between the look and the file
     */
    private static void refuseUnlessAwaited(Connection connection, Call call, int id, String lock) throws SQLException {
        if (!call.user().may(Right.ANSWER_NOTICES)) {
            throw Refusal.notAllowed("Whoever answers an order attaches to it: it takes " + Right.ANSWER_NOTICES.words()
                    + ", held by " + Right.ANSWER_NOTICES.holders() + ".");
        }
        String state = new SqlText("select state from hw.supervision_order where true")
                .within(call.scope(), "company_id = any (?)")
                .and("order_id = ?", id)
                .add(lock)
                .first(connection, row -> row.getString(1))
                .orElse("");
        if (!state.equals("issued") && !state.equals("returned")) {
            throw Refusal.conflict("order-state", "An order that is " + state + " takes no files now.");
        }
    }

    private static void refuseIfFull(Connection connection, Call call, String subject, int id, byte[] sha256)
            throws SQLException {
        int[] there = new SqlText(
                        "select count(*), count(*) filter (where sha256 = ?) from hw.attachment where true", sha256)
                .within(call.scope(), "company_id = any (?)")
                .and("subject = ? and subject_id = ?", subject, id)
                .first(connection, row -> new int[] {row.getInt(1), row.getInt(2)})
                .orElseThrow();
        if (there[1] > 0) {
            throw Refusal.conflict("attachment-there", "The same file is attached there already.");
        }
        if (there[0] >= MOST_OF_ONE) {
            throw Refusal.ruleBroken("attachment-full", "At most " + MOST_OF_ONE + " files belong to one thing.");
        }
    }

    /** As the browser named the file: shown to people, never used as a path. */
    private static String title(Call call) {
        String name = call.query().getOrDefault("name", "").strip();
        String printable = name.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .limit(LONGEST_TITLE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return printable.length() > LONGEST_TITLE ? printable.substring(0, LONGEST_TITLE) : printable;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What was kept. */
    record Added(String id, String title, String contentType, int bytes, String at) {}
}
