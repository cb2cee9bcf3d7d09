package io.haulwatch.console.driver;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.driver.CodeDelivery.Sent;
import io.haulwatch.console.driver.EntryCodes.Waiting;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.session.Entrance;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SignedIn;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.users.DriverAccounts;
import io.haulwatch.console.users.DriverAccounts.Account;
import io.haulwatch.console.users.DriverAccounts.Driver;
import io.haulwatch.console.users.Link;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a driver gets in: by a code that his phone gets, or by a one-time link of his company, shown to him as a QR code. Whoever asks for a code
 * learns nothing: a phone that nobody has is answered in the same words after the same work.
 */
public final class EntryRoutes {
    private static final int WAIT_SECONDS = 60;
    private static final Pattern PHONE = Pattern.compile("1[0-9]{10}");
    private static final Pattern BESIDE_DIGITS = Pattern.compile("[\\s()-]");
    private static final int LONGEST_PHONE = 24;
    private static final int LONGEST_LINK = 128;

    private final ScopedDatabase database;
    private final EntryCodes codes;
    private final CodeDelivery delivery;
    private final DriverAccounts accounts;
    private final Entrance entrance;
    private final Supplier<FleetBook> book;
    private final AuditLog audit;
    private final InstantSource clock;
    private final EntryLimits limits = new EntryLimits();

    EntryRoutes(
            ScopedDatabase database,
            EntryCodes codes,
            CodeDelivery delivery,
            DriverAccounts accounts,
            Entrance entrance,
            Supplier<FleetBook> book,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.codes = codes;
        this.delivery = delivery;
        this.accounts = accounts;
        this.entrance = entrance;
        this.book = book;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/driver/codes", Right.PUBLIC, this::askForCode),
                Route.post("/api/v1/driver/session", Right.PUBLIC, this::signIn),
                Route.get("/api/v1/driver/session", Right.LEARN, call -> Answer.json(view(call.user()))),
                Route.delete("/api/v1/driver/session", Right.LEARN, entrance::close),
                Route.post("/api/v1/drivers/:id/entry-link", Right.ASSIGN_TRAINING, this::link),
                Route.get("/api/v1/drivers/:id/entry-code", Right.SEE_DRIVER_PHONES, this::code));
    }

    private Answer askForCode(Call call) throws SQLException {
        String phone = phone(call.text("phone", 1, LONGEST_PHONE));
        Instant now = clock.instant();
        Duration wait = limits.ask(phone, call.address(), now);
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Codes are few: one a minute and five an hour for a phone. Wait " + (wait.toSeconds() + 1)
                            + " s and ask again; the newest code counts.",
                    wait.toSeconds() + 1);
        }
        // A phone that nobody has gets a code too, which goes nowhere: it costs the same time.
        Made made = database.write(
                Scope.ALL,
                ScopedDatabase.NO_USER,
                connection -> new Made(
                        codes.make(connection, phone, now),
                        !drivers(connection, phone).isEmpty()));
        if (made.known) {
            delivery.send(phone, made.code, now.plus(EntryCodes.LIFE));
        }
        return Answer.json(202, new Asked(WAIT_SECONDS, delivery.isSending() ? "sent" : "told"));
    }

    private Answer signIn(Call call) throws SQLException {
        Instant now = clock.instant();
        Duration wait = limits.waitToTry(call.address(), now);
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Too many codes and links from this address that were not good; wait " + (wait.toSeconds() + 1)
                            + " s.",
                    wait.toSeconds() + 1);
        }
        String link = call.optionalText("link", LONGEST_LINK);
        Account account = link == null ? byCode(call, now) : byLink(call, link, now);
        if (account.disabled()) {
            throw Refusal.notAllowedYet("driver-disabled", "Your account is closed: ask your company.");
        }
        Entrance.OnPhone opened = entrance.openOnPhone(
                account.userId(), account.username(), Map.of("by", link == null ? "code" : "link"), call);
        return Answer.json(view(opened.session())).with("Set-Cookie", opened.setCookie());
    }

    private Account byCode(Call call, Instant now) throws SQLException {
        String phone = phone(call.text("phone", 1, LONGEST_PHONE));
        String code = call.text("code", 1, LONGEST_PHONE).strip();
        Integer wanted = call.optionalNumber("driver_id", 0, Integer.MAX_VALUE);
        Optional<Account> account = database.write(Scope.ALL, ScopedDatabase.NO_USER, connection -> {
            List<Choice> drivers =
                    codes.check(connection, phone, code, now) ? drivers(connection, phone) : List.<Choice>of();
            if (drivers.size() > 1 && wanted == null) {
                throw Refusal.conflict(
                                "choose-company",
                                "Several companies have a driver with this number: say for which one you sign in, as driver_id.")
                        .saying("choices", drivers);
            }
            for (Choice choice : drivers) {
                if (wanted == null || wanted == choice.driverId) {
                    codes.spend(connection, phone);
                    return Optional.of(
                            accounts.of(connection, new Driver(choice.driverId, choice.companyId, choice.name)));
                }
            }
            return Optional.empty();
        });
        if (account.isEmpty()) {
            limits.wrong(call.address(), now);
            String masked = Sight.maskedPhone(phone);
            entrance.note(
                    null, "session.refused", "", Map.of("why", "code", "phone", masked == null ? "" : masked), call);
            throw Refusal.signInNeeded(
                    "wrong-code",
                    "The code is wrong, was used, or is older than five minutes: look at the newest message, or ask for another code.");
        }
        return account.get();
    }

    private Account byLink(Call call, String link, Instant now) throws SQLException {
        Account account = database.write(
                        Scope.ALL, ScopedDatabase.NO_USER, connection -> accounts.redeem(connection, link, now))
                .orElse(null);
        if (account == null) {
            limits.wrong(call.address(), now);
            throw Refusal.signInNeeded(
                    "bad-link", "This link is not good, or no longer: ask your company for another one.");
        }
        return account;
    }

    private Answer link(Call call) throws SQLException {
        int id = call.pathId("id");
        Link link = database.write(call.scope(), call.user().userId(), connection -> {
            Driver driver = new SqlText("select company_id, name from hw.driver where retired_at is null")
                    .within(call.scope(), "company_id = any (?)")
                    .and("driver_id = ?", id)
                    .first(connection, row -> new Driver(id, row.getInt(1), row.getString(2)))
                    .orElseThrow(() -> unknown(id));
            Account account = accounts.of(connection, driver);
            if (account.disabled()) {
                throw Refusal.ruleBroken(
                        "user-disabled",
                        "A disabled account gets no link; an administrator enables it first: driver=" + id + ".");
            }
            return accounts.link(connection, account, call.user().userId(), call.address(), clock.instant());
        });
        return Answer.json(201, new EntryLink(link.path(), Json.time(link.expiresAt())));
    }

    /** What the centre tells a driver who calls because he has no code: the code itself where nothing sends it, else what came of sending it. */
    private Answer code(Call call) throws SQLException {
        int id = call.pathId("id");
        Instant now = clock.instant();
        String phone = database.read(
                call.scope(),
                call.user().userId(),
                connection -> new SqlText("select coalesce(phone, '') from hw.driver where retired_at is null")
                        .within(call.scope(), "company_id = any (?)")
                        .and("driver_id = ?", id)
                        .first(connection, row -> row.getString(1))
                        .map(EntryRoutes::digits)
                        .orElseThrow(() -> unknown(id)));
        if (!delivery.isSending() && opensMoreThan(call.scope(), phone)) {
            throw Refusal.ruleBroken(
                    "phone-of-others",
                    "This number is also a driver's of a company that you may not see, and the code would let in there too: make a link for this driver instead.");
        }
        return Answer.json(database.write(call.scope(), call.user().userId(), connection -> {
            Waiting waiting = codes.waiting(connection, phone, now)
                    .orElseThrow(
                            () -> Refusal.notFound(
                                    "No code waits for this driver: he asks for one on his phone's sign-in page first, with the number that the register has."));
            Sent sent = delivery.last(phone);
            if (delivery.isSending()) {
                return new EntryCode(
                        null,
                        Json.time(waiting.expiresAt()),
                        sent == null ? "unknown" : sent.state(),
                        sent == null ? null : sent.fault());
            }
            audit.add(connection, call.user().userId(), "driver.entry_code", "driver:" + id, Map.of(), call.address());
            return new EntryCode(waiting.code(), Json.time(waiting.expiresAt()), "told", null);
        }));
    }

    /** Whether the code of a phone lets in drivers whom a scope does not see. */
    private boolean opensMoreThan(Scope scope, String phone) throws SQLException {
        return scope instanceof Scope.Companies mine
                && database.read(Scope.ALL, ScopedDatabase.NO_USER, connection -> drivers(connection, phone)).stream()
                        .anyMatch(driver -> !mine.ids().contains(driver.companyId));
    }

    private SessionView view(SignedIn who) throws SQLException {
        Integer driverId = who.driverId();
        if (driverId == null) {
            throw Refusal.notAllowedYet("no-driver", "This account names no driver of the register.");
        }
        Driver driver = database.read(
                new Scope.OneDriver(driverId),
                who.userId(),
                connection -> new SqlText("select company_id, name from hw.driver where driver_id = ?", driverId)
                        .first(connection, row -> new Driver(driverId, row.getInt(1), row.getString(2)))
                        .orElseThrow());
        FleetBook.Company company = book.get().company(driver.companyId());
        return new SessionView(
                who.csrf(),
                new DriverView(driverId, driver.name(), driver.companyId(), company == null ? "" : company.name()));
    }

    private static List<Choice> drivers(Connection connection, String phone) throws SQLException {
        return new SqlText("""
                        select d.driver_id, c.name, d.company_id, d.name from hw.driver d join hw.company c on c.company_id = d.company_id
                        where d.phone = any (?) and d.retired_at is null order by d.driver_id limit 20
                        """, List.of(phone, "86" + phone, "+86" + phone))
                .list(connection, row -> new Choice(row.getInt(1), row.getString(2), row.getInt(3), row.getString(4)));
    }

    private static String phone(String said) {
        String digits = digits(said);
        if (!PHONE.matcher(digits).matches()) {
            throw Refusal.badValue("\"phone\" is the number of a mobile telephone, eleven digits that begin with 1.");
        }
        return digits;
    }

    /** A number without what people write around it. */
    private static String digits(String said) {
        String bare = BESIDE_DIGITS.matcher(said).replaceAll("");
        String national = bare.startsWith("+86") ? bare.substring(3) : bare;
        return national.length() == 13 && national.startsWith("86") ? national.substring(2) : national;
    }

    private static Refusal unknown(int id) {
        return Refusal.notFound("There is no such driver among those that you may see: id=" + id + ".");
    }

    private record Made(String code, boolean known) {}

    /**
     * The same for every number.
     *
     * @param delivery sent where the installation sends codes, told where somebody says them
     */
    record Asked(int waitSeconds, String delivery) {}

    /** A driver's row with this number, named to whoever has shown that he holds the phone. */
    record Choice(
            int driverId,
            String companyName,
            @JsonIgnore int companyId,
            @JsonIgnore String name) {}

    record EntryLink(String link, String expiresAt) {}

    /**
     * A code that waits.
     *
     * @param code null where it goes to the phone
     * @param state {@code told} by the centre, or {@code sending}, {@code arrived}, {@code failed}, {@code unknown}
     * @param fault why it may not have arrived
     */
    record EntryCode(
            @Nullable String code,
            String expiresAt,
            String state,
            @Nullable String fault) {}

    record SessionView(String csrfToken, DriverView driver) {}

    /** The driver himself: what nobody else sees unmasked he does. */
    record DriverView(int id, String name, int companyId, String companyName) {}
}
