package io.haulwatch.console.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The book of printed documents: gives numbers, and answers what stood in a document that has one. */
public final class IssuedDocuments {
    private static final Pattern NUMBER = Pattern.compile("(EC|MR|TL)-(\\d{8})-(\\d{1,18})");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private final ScopedDatabase database;
    private final ObjectMapper json;

    public IssuedDocuments(ScopedDatabase database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** What is printed. */
    public enum Kind {
        /** The evidence of one alarm. */
        EVIDENCE("EC"),
        /** A company's month. */
        MONTHLY("MR"),
        /** A company's ledger of training. */
        LEDGER("TL");

        private final String letters;

        Kind(String letters) {
            this.letters = letters;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String number(long id, Instant issued) {
            return letters + "-" + DAY.format(issued.atZone(PaperState.ZONE)) + "-" + id;
        }
    }

    /** A document of the book. */
    public record Issued(String number, Instant issuedAt) {}

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/documents/:id", Right.WATCH, this::one));
    }

    /** Gives a content its number; the same content has the one it was given first. */
    public Issued issue(
            Connection connection,
            Kind kind,
            int companyId,
            String subject,
            String language,
            Content content,
            int userId,
            Instant now)
            throws SQLException {
        Optional<Issued> before = find(connection, kind, companyId, subject, content.sha256());
        if (before.isPresent()) {
            return before.get();
        }
        Optional<Issued> issued = new SqlText(
                        """
                        insert into hw.issued_document (company_id, kind, subject, language, sha256, content, issued_at, issued_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning document_id, issued_at
                        """, companyId, kind.word(), subject, language, content.sha256(), content.text(), now, userId)
                .first(connection, row -> issued(kind, row));
        // Empty only if somebody printed the same in the same moment, and has committed since.
        return issued.isPresent()
                ? issued.get()
                : find(connection, kind, companyId, subject, content.sha256()).orElseThrow();
    }

    private static Optional<Issued> find(Connection connection, Kind kind, int companyId, String subject, String sha256)
            throws SQLException {
        return new SqlText(
                        "select document_id, issued_at from hw.issued_document where company_id = ? and kind = ? and subject = ?"
                                + " and sha256 = ?",
                        companyId,
                        kind.word(),
                        subject,
                        sha256)
                .first(connection, row -> issued(kind, row));
    }

    private static Issued issued(Kind kind, ResultSet row) throws SQLException {
        Instant at = row.getTimestamp(2).toInstant();
        return new Issued(kind.number(row.getLong(1), at), at);
    }

    private Answer one(Call call) throws SQLException {
        String number = call.pathParameters().getOrDefault("id", "");
        Matcher parts = NUMBER.matcher(number);
        Refusal unknown = Refusal.notFound(
                "There is no such document among those that you may see. A number looks like EC-20261122-17.");
        if (!parts.matches()) {
            throw unknown;
        }
        long id = Long.parseLong(parts.group(3));
        Scope scope = call.scope();
        Document found = database.read(
                        scope,
                        call.user().userId(),
                        connection -> new SqlText("""
                                select d.document_id, d.issued_at, d.kind, d.company_id, c.name, d.subject, d.language, d.sha256, d.content,
                                    coalesce(u.display_name, u.username)
                                from hw.issued_document d left join hw.company c on c.company_id = d.company_id
                                    left join hw.app_user u on u.user_id = d.issued_by where true
                                """)
                                .within(scope, "d.company_id = any (?)")
                                .and("d.document_id = ?", id)
                                .first(connection, row -> document(row, call)))
                .orElseThrow(() -> unknown);
        if (!found.number.equals(number)) {
            throw unknown;
        }
        return Answer.json(found);
    }

    private Document document(ResultSet row, Call call) throws SQLException {
        Kind kind = Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT));
        Issued issued = issued(kind, row);
        // Whoever sees all of a driver reads what was printed; for others it may hold a name that is not theirs to
        // read.
        boolean whole = Right.SEE_DRIVERS.heldBy(call.user().role());
        return new Document(
                issued.number,
                kind.word(),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                Json.time(issued.issuedAt),
                row.getString(10),
                Content.sha256(row.getString(9)).equals(row.getString(8)),
                whole ? tree(row.getString(9)) : null);
    }

    private JsonNode tree(String text) throws SQLException {
        try {
            return json.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new SQLException("a document's content is JSON", e);
        }
    }

    /**
     * A document of the book.
     *
     * @param sumHolds whether the content still gives the sum
     * @param content what stood in it; null for who may not read drivers' names
     */
    record Document(
            String number,
            String kind,
            int companyId,
            @Nullable String company,
            String subject,
            String language,
            String sha256,
            String issuedAt,
            @Nullable String issuedBy,
            boolean sumHolds,
            @Nullable JsonNode content) {}
}
