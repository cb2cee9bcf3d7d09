package io.haulwatch.console.notifications;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.notifications.Receivers.ReceiverRow;
import io.haulwatch.console.notifications.Receivers.Wanted;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.store.secret.SecretBox;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Receivers over HTTP: registered for one's companies, changed, paused, tried out, removed. A secret is shown when it is made and never again. */
public final class ReceiverRoutes {
    private static final List<String> KINDS = List.of("webhook", "email");
    private static final List<String> LANGUAGES = List.of("zh-CN", "en");
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ADDRESS = 500;
    private static final int MOST_COMPANIES = 200;
    /** Receivers that one who sees these companies may have; who sees all may have ten times as many. */
    private static final int MOST = 20;

    /** As much of RFC 5321 as mailboxes use; no quoted local parts and no literal addresses. */
    private static final Pattern MAILBOX = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    private final ScopedDatabase database;
    private final NotificationOptions options;
    private final SecretBox secrets;
    private final Bodies bodies;
    private final AuditLog audit;
    private final SecureRandom random;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public ReceiverRoutes(
            ScopedDatabase database,
            NotificationOptions options,
            SecretBox secrets,
            AuditLog audit,
            ObjectMapper json,
            SecureRandom random,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.database = database;
        this.options = options;
        this.secrets = secrets;
        this.bodies = new Bodies(json, options.publicUrl());
        this.audit = audit;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/receivers", Right.MANAGE_RECEIVERS, this::list),
                Route.post("/api/v1/receivers", Right.MANAGE_RECEIVERS, this::add),
                Route.patch("/api/v1/receivers/:id", Right.MANAGE_RECEIVERS, this::change),
                Route.delete("/api/v1/receivers/:id", Right.MANAGE_RECEIVERS, this::remove),
                Route.post("/api/v1/receivers/:id/secret", Right.MANAGE_RECEIVERS, this::renewSecret),
                Route.post("/api/v1/receivers/:id/test", Right.MANAGE_RECEIVERS, this::test));
    }

    private Answer list(Call call) throws SQLException {
        return Answer.json(Map.of(
                "items",
                database.read(
                        call.scope(), call.user().userId(), connection -> Receivers.list(connection, call.scope())),
                "mail_server",
                options.mail() != null));
    }

    private Answer add(Call call) throws SQLException {
        String kind = call.oneOf("kind", KINDS);
        if (kind.equals("email") && options.mail() == null) {
            throw Refusal.ruleBroken(
                    "no-mail-server", "No mail server is configured: smtp.host names it, then letters can be sent.");
        }
        String name = name(call);
        String address = address(call, kind);
        return Answer.json(201, database.write(call.scope(), call.user().userId(), connection -> {
            Wanted wanted = new Wanted(
                    name,
                    address,
                    companies(connection, call),
                    events(call),
                    call.wholeNumber("least_severity", 1, 4),
                    call.oneOf("language", LANGUAGES));
            int most = call.scope() instanceof Scope.All ? 10 * MOST : MOST;
            if (Receivers.count(connection, call.scope()) >= most) {
                throw Refusal.conflict("too-many-receivers", "At most " + most + " receivers; remove one first.");
            }
            long id = Receivers.add(
                    connection,
                    wanted,
                    kind,
                    call.scope() instanceof Scope.All,
                    call.user().userId(),
                    clock.instant());
            String secret = kind.equals("webhook") ? makeSecret(connection, id) : null;
            audit(connection, call, id, "add", Map.of("kind", kind, "name", name, "address", address));
            return new Made(one(connection, call, id), secret);
        }));
    }

    /** What is absent stays as it is. */
    private Answer change(Call call) throws SQLException {
        long id = call.pathId("id");
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            ReceiverRow old = held(connection, call, id);
            JsonNode body = call.object();
            Instant now = clock.instant();
            Wanted wanted = new Wanted(
                    body.has("name") ? name(call) : old.name(),
                    body.has("address") ? address(call, old.kind()) : old.address(),
                    body.has("company_ids") ? companies(connection, call) : old.companyIds(),
                    body.has("events") ? events(call) : old.events(),
                    body.has("least_severity") ? call.wholeNumber("least_severity", 1, 4) : old.leastSeverity(),
                    body.has("language") ? call.oneOf("language", LANGUAGES) : old.language());
            Receivers.change(connection, id, wanted);
            if (body.has("paused")) {
                if (call.flag("paused")) {
                    Receivers.pause(connection, id, now);
                } else {
                    Receivers.resume(connection, id, now);
                }
            }
            Map<String, Object> detail = new LinkedHashMap<>();
            body.properties()
                    .forEach(
                            field -> detail.put(field.getKey(), field.getValue().asText("…")));
            audit(connection, call, id, "change", detail);
            return one(connection, call, id);
        }));
    }

    private Answer remove(Call call) throws SQLException {
        long id = call.pathId("id");
        database.write(call.scope(), call.user().userId(), connection -> {
            ReceiverRow old = held(connection, call, id);
            Receivers.remove(connection, id, clock.instant());
            audit(connection, call, id, "remove", Map.of("name", old.name(), "waiting", old.waiting()));
            return true;
        });
        return Answer.empty();
    }

    private Answer renewSecret(Call call) throws SQLException {
        long id = call.pathId("id");
        return Answer.json(201, database.write(call.scope(), call.user().userId(), connection -> {
            ReceiverRow old = held(connection, call, id);
            if (!old.kind().equals("webhook")) {
                throw Refusal.ruleBroken("no-secret", "Letters are not signed: this receiver has no secret.");
            }
            String secret = makeSecret(connection, id);
            audit(connection, call, id, "secret", Map.of());
            return Map.of("secret", secret);
        }));
    }

    private Answer test(Call call) throws SQLException {
        long id = call.pathId("id");
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            ReceiverRow old = held(connection, call, id);
            if (old.paused()) {
                throw Refusal.conflict(
                        "receiver-paused", "This receiver is paused; let it go on first: id=" + id + ".");
            }
            UUID delivery = ids.get();
            Outbox.add(
                    connection,
                    delivery,
                    id,
                    old.companyIds().isEmpty() ? 0 : old.companyIds().getFirst(),
                    Event.TEST,
                    delivery.toString(),
                    bodies.test(old.name()),
                    clock.instant());
            return Map.of("delivery_id", delivery.toString());
        }));
    }

    private String makeSecret(Connection connection, long id) throws SQLException {
        byte[] secret = Signature.newSecret(random);
        Receivers.keepSecret(connection, id, secrets.seal(secret, WebhookChannel.secretName(id)));
        return Signature.text(secret);
    }

    private static String name(Call call) {
        String name = call.text("name", 1, LONGEST_NAME).strip();
        if (name.isEmpty()) {
            throw Refusal.badValue("\"name\" must not be blank.");
        }
        return name;
    }

    private String address(Call call, String kind) {
        String address = call.text("address", 3, LONGEST_ADDRESS).strip();
        if (kind.equals("email")) {
            if (address.length() > 254 || !MAILBOX.matcher(address).matches()) {
                throw Refusal.badValue("\"address\" must be a mailbox such as safety@company.example.");
            }
            return address;
        }
        try {
            return checked(new URI(address), address);
        } catch (URISyntaxException e) {
            throw noAddress();
        }
    }

    private String checked(URI uri, String text) {
        String scheme = uri.getScheme();
        if (uri.getHost() == null
                || scheme == null
                || !Set.of("http", "https").contains(scheme)
                || uri.getUserInfo() != null
                || uri.getFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > 65_535
                || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw noAddress();
        }
        InetAddress[] places;
        try {
            String host = uri.getHost();
            places = InetAddress.getAllByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (UnknownHostException e) {
            // It may be there tomorrow; a test message says it, and each message is judged when it is sent.
            places = new InetAddress[0];
        }
        for (InetAddress place : places) {
            if (!options.targets().allows(place)) {
                throw Refusal.ruleBroken(
                        "target-closed",
                        "This address is not in the public network; the operator opens it with notifications.allow_targets: host="
                                + uri.getHost() + ".");
            }
            if (scheme.equals("http") && !options.targets().isOpened(place)) {
                throw Refusal.ruleBroken(
                        "target-plain", "What is sent through the public network goes by https: address=" + text + ".");
            }
        }
        return text;
    }

    private static Refusal noAddress() {
        return Refusal.badValue(
                "\"address\" must be an address such as https://example.com/haulwatch, without user, password or fragment.");
    }

    private static List<String> events(Call call) {
        JsonNode given = call.object().path("events");
        Set<String> events = new TreeSet<>();
        given.forEach(each -> events.add(each.asText("")));
        if (!given.isArray() || events.isEmpty() || !Event.CHOSEN.containsAll(events)) {
            throw Refusal.badValue("\"events\" must name some of " + String.join(", ", Event.CHOSEN) + ".");
        }
        return new ArrayList<>(events);
    }

    /** Companies of the body; empty means everybody's, which only who sees everybody may ask for. */
    private static List<Integer> companies(Connection connection, Call call) throws SQLException {
        JsonNode given = call.object().path("company_ids");
        Set<Integer> companies = new TreeSet<>();
        for (JsonNode each : given) {
            if (!each.isInt() || each.intValue() < 0) {
                throw Refusal.badValue("\"company_ids\" must be a list of ids of companies.");
            }
            companies.add(each.intValue());
        }
        if (!given.isArray() || companies.size() > MOST_COMPANIES) {
            throw Refusal.badValue(
                    "\"company_ids\" must be a list of at most " + MOST_COMPANIES + " ids of companies.");
        }
        if (companies.isEmpty() && !(call.scope() instanceof Scope.All)) {
            throw Refusal.badValue("\"company_ids\" must name some of your companies.");
        }
        int seen = new SqlText("select count(*) from hw.company c where c.company_id = any (?)", companies)
                .within(call.scope(), "c.company_id = any (?)")
                .first(connection, row -> row.getInt(1))
                .orElse(0);
        if (seen < companies.size()) {
            throw Refusal.badValue("\"company_ids\" names a company that is not among those that you may see.");
        }
        return new ArrayList<>(companies);
    }

    private static ReceiverRow held(Connection connection, Call call, long id) throws SQLException {
        if (!Receivers.hold(connection, call.scope(), id)) {
            throw Refusal.notFound("There is no such receiver among those that you may see: id=" + id + ".");
        }
        return one(connection, call, id);
    }

    private static ReceiverRow one(Connection connection, Call call, long id) throws SQLException {
        return Receivers.one(connection, call.scope(), id).orElseThrow();
    }

    private void audit(Connection connection, Call call, long id, String what, Map<String, ?> detail)
            throws SQLException {
        audit.add(connection, call.user().userId(), "receiver." + what, "receiver:" + id, detail, call.address());
    }

    /** A new receiver with its secret, this once. @param secret null for a mailbox */
    record Made(@JsonUnwrapped ReceiverRow row, @Nullable String secret) {}
}
