package io.haulwatch.console.evidence;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.alarms.AlarmQueries;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.documents.Content;
import io.haulwatch.console.documents.IssuedDocuments;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.looks.TrackLooks;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.port.RulesInForce;
import io.haulwatch.console.print.Folio;
import io.haulwatch.console.print.PrintShop;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.console.session.Right;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The evidence card of an alarm, as JSON and as a PDF with a number. */
public final class EvidenceRoutes {
    private final ScopedDatabase database;
    private final AlarmQueries alarms;
    private final CardReader cards;
    private final IssuedDocuments documents;
    private final PrintShop shop;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final InstantSource clock;

    public EvidenceRoutes(
            ScopedDatabase database,
            AlarmQueries alarms,
            RulesInForce rules,
            TrackLooks looks,
            IssuedDocuments documents,
            PrintShop shop,
            AuditLog audit,
            ObjectMapper json,
            InstantSource clock) {
        this.database = database;
        this.alarms = alarms;
        this.cards = new CardReader(alarms, rules, looks);
        this.documents = documents;
        this.shop = shop;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/alarms/:id/evidence", Right.WATCH, this::card),
                Route.get("/api/v1/alarms/:id/evidence/pdf", Right.WATCH, this::pdf));
    }

    private static PrintWords words(Call call) {
        return PrintWords.of(call.word("lang", PrintWords.LANGUAGES));
    }

    private Answer card(Call call) throws SQLException {
        UUID id = call.pathUuid("id");
        PrintWords words = words(call);
        Content content = database.read(
                call.scope(),
                call.user().userId(),
                connection -> content(call, cards.read(connection, call, id, words)));
        return Answer.json(new CardAnswer(content.sha256(), content.tree()));
    }

    private Answer pdf(Call call) throws SQLException, InterruptedException {
        UUID id = call.pathUuid("id");
        PrintWords words = words(call);
        // Before a place is taken: who may not see the alarm learns nothing of how busy the printer is.
        database.read(call.scope(), call.user().userId(), connection -> alarms.seen(connection, call.scope(), id));
        try (PrintShop.Place place = shop.place()) {
            Printed printed = database.write(
                    call.scope(), call.user().userId(), connection -> issue(connection, call, id, words));
            Content content = printed.content;
            Folio.Head head = CardPrint.head(words, printed.issued, content);
            byte[] bytes = place.print(words, head, new CardPrint(words, content.tree())::write);
            return Answer.bytes(200, bytes, "application/pdf")
                    .with(
                            "Content-Disposition",
                            "attachment; filename=\"" + printed.issued.number() + "-" + words.language() + ".pdf\"");
        }
    }

    private Printed issue(Connection connection, Call call, UUID id, PrintWords words) throws SQLException {
        EvidenceCard card = cards.read(connection, call, id, words);
        Content content = content(call, card);
        int userId = call.user().userId();
        IssuedDocuments.Issued issued = documents.issue(
                connection,
                IssuedDocuments.Kind.EVIDENCE,
                card.alarm().row().company().id(),
                "alarm:" + id,
                words.language(),
                content,
                userId,
                clock.instant());
        audit.add(
                connection,
                userId,
                "evidence.print",
                "alarm:" + id,
                Map.of("number", issued.number(), "sha256", content.sha256()),
                call.address());
        return new Printed(issued, content);
    }

    private Content content(Call call, EvidenceCard card) {
        return Content.of(card, json, Sight.of(call.user().role()));
    }

    private record Printed(IssuedDocuments.Issued issued, Content content) {}

    /** The card. @param sha256 of its content as JSON without blanks, keys in the order of their signs */
    record CardAnswer(String sha256, Object content) {}
}
