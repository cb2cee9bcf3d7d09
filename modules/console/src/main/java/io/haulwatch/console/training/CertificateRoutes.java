package io.haulwatch.console.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Page;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.print.PrintShop;
import io.haulwatch.console.print.PrintWords;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SignInLimits;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.console.training.CertificateRows.CertificateRow;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates: who has which, on paper, revoked, and whether one that somebody shows is worth something. That last question anybody may ask. */
final class CertificateRoutes {
    /** Where the page is that answers whether a certificate holds; the number follows. */
    static final String CHECK_PAGE = "/check/";

    private static final Pattern NUMBER = Pattern.compile("[A-Z0-9][A-Z0-9-]{2,39}");
    private static final int LONGEST_REASON = 300;
    private static final String CHECKER = "certificate-check";

    private final ScopedDatabase database;
    private final DriverNames names;
    private final PrintShop shop;
    private final AuditLog audit;
    private final Cursors cursors;
    private final String address;
    private final InstantSource clock;
    private final SignInLimits guesses = new SignInLimits();

    /** @param publicOrigin under which the console is reached from outside, null if that is not known */
    CertificateRoutes(
            ScopedDatabase database,
            PrintShop shop,
            AuditLog audit,
            Cursors cursors,
            @Nullable String publicOrigin,
            InstantSource clock) {
        this.database = database;
        this.names = new DriverNames(database);
        this.shop = shop;
        this.audit = audit;
        this.cursors = cursors;
        this.address = (publicOrigin == null ? "" : publicOrigin.replaceAll("/+$", "")) + CHECK_PAGE;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/certificates", Right.WATCH, this::list),
                Route.post("/api/v1/certificates/:no/revoke", Right.ASSIGN_TRAINING, this::revoke),
                Route.get("/api/v1/certificates/:no/pdf", Right.WATCH, this::pdf),
                Route.get("/api/v1/certificate-checks/:no", Right.PUBLIC, this::check));
    }

    private Answer list(Call call) throws SQLException {
        Instant now = clock.instant();
        int limit = call.limit();
        Integer company = call.number("company", 1, Integer.MAX_VALUE);
        Integer driver = call.number("driver", 1, Integer.MAX_VALUE);
        String state = call.word("state", List.of("valid", "expired", "revoked"));
        String number = call.search("number");
        String listName = call.user().userId() + "|certificates|" + company + "|" + driver + "|" + state + "|" + number;
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        LocalDate today = TrainingDays.today(now);
        List<CertificateRow> rows = database.read(call.scope(), call.user().userId(), connection -> {
            SqlText sql = CertificateRows.in(call.scope());
            if (company != null) {
                sql.and("x.company_id = ?", company);
            }
            if (driver != null) {
                sql.and("x.driver_id = ?", driver);
            }
            if (number != null) {
                sql.and("starts_with(x.certificate_no, ?)", number.toUpperCase(Locale.ROOT));
            }
            if (state != null) {
                switch (state) {
                    case "valid" -> sql.and("x.revoked_at is null and x.expires_on >= ?", today);
                    case "expired" -> sql.and("x.revoked_at is null and x.expires_on < ?", today);
                    default -> sql.and("x.revoked_at is not null");
                }
            }
            if (after != null) {
                sql.and(
                        "(x.issued_at, x.certificate_no) < (?, ?)",
                        Instant.parse(after.get(0).textValue()),
                        after.get(1).textValue());
            }
            return sql.add("order by x.issued_at desc, x.certificate_no desc limit ?", limit + 1)
                    .list(connection, row -> CertificateRows.row(row, now));
        });
        Page<CertificateRow> page =
                cursors.page(listName, limit, rows, last -> List.of(last.issuedAt(), last.number()));
        return Answer.json(new Page<>(named(page.items()), page.nextCursor()));
    }

    private List<CertificateRow> named(List<CertificateRow> rows) throws SQLException {
        return names.in(rows, CertificateRow::driverId, CertificateRow::of);
    }

    private CertificateRow one(Connection connection, Call call, String number) throws SQLException {
        Instant now = clock.instant();
        return CertificateRows.in(call.scope())
                .and("x.certificate_no = ?", number)
                .first(connection, row -> CertificateRows.row(row, now))
                .orElseThrow(() -> Refusal.notFound("There is no such certificate among those that you may see: number="
                        + (number.isEmpty() ? "?" : number) + "."));
    }

    /** The number of a path, as it is printed; people write it in small letters too. Empty for what can be none. */
    private static String number(Call call) {
        String number = call.pathParameters().getOrDefault("no", "").strip().toUpperCase(Locale.ROOT);
        return NUMBER.matcher(number).matches() ? number : "";
    }

    private Answer revoke(Call call) throws SQLException {
        String number = number(call);
        int me = call.user().userId();
        CertificateRow revoked = database.write(call.scope(), me, connection -> {
            CertificateRow before = one(connection, call, number);
            String reason = call.said("reason", LONGEST_REASON);
            Instant now = clock.instant();
            int changed = new SqlText(
                            "update hw.certificate set revoked_at = ?, revoked_by = ?, revoked_reason = ? where revoked_at is null",
                            now,
                            me,
                            reason)
                    .within(call.scope(), "company_id = any (?)")
                    .and("certificate_no = ?", number)
                    .run(connection);
            if (changed == 0) {
                throw Refusal.conflict(
                        "certificate-revoked",
                        "The certificate was revoked before: revoked_at=" + before.revokedAt() + ".");
            }
            new SqlText(
                            "update hw.training_task set state = 'revoked', closed_by = ?, reason = ? where task_id = ?",
                            me,
                            reason,
                            before.taskId())
                    .run(connection);
            UUID attempt = new SqlText("select attempt_id from hw.certificate where certificate_no = ?", number)
                    .first(connection, row -> row.getObject(1, UUID.class))
                    .orElseThrow();
            LearningRecords.examVoided(connection, attempt, now);
            new SqlText(
                            "insert into hw.driver_message (company_id, driver_id, kind, task_id, words, at) values (?, ?, 'note', ?, ?, ?)",
                            before.companyId(),
                            before.driverId(),
                            before.taskId(),
                            "证书 " + number + " 已撤销 / certificate revoked: " + reason,
                            now)
                    .run(connection);
            audit.add(
                    connection,
                    me,
                    "certificate.revoke",
                    "certificate:" + number,
                    Map.of("reason", reason, "driver", before.driverId()),
                    call.address());
            return one(connection, call, number);
        });
        return Answer.json(named(List.of(revoked)).getFirst());
    }

    private Answer pdf(Call call) throws SQLException, InterruptedException {
        String number = number(call);
        PrintWords words = PrintWords.of(call.word("lang", PrintWords.LANGUAGES));
        Sight sight = Sight.of(call.user().role());
        try (PrintShop.Place place = shop.place()) {
            record Read(
                    CertificateRow row,
                    String company,
                    BigDecimal hours,
                    @Nullable String identity) {}
            Read read = database.write(call.scope(), call.user().userId(), connection -> {
                CertificateRow row = one(connection, call, number);
                String company = TrainingSight.company(connection, call, row.companyId());
                BigDecimal hours = new SqlText(
                                "select coalesce(sum(hours), 0) from hw.training_record where task_id = ?",
                                row.taskId())
                        .first(connection, each -> each.getBigDecimal(1))
                        .orElseThrow();
                audit.add(
                        connection,
                        call.user().userId(),
                        "certificate.print",
                        "certificate:" + number,
                        Map.of("language", words.language()),
                        call.address());
                String identity = new SqlText(
                                "select coalesce(id_card, '') from hw.driver where driver_id = ?", row.driverId())
                        .first(connection, each -> each.getString(1))
                        .orElse("");
                return new Read(row, company, hours, identity.isEmpty() ? null : Sight.maskedIdentity(identity));
            });
            String name = named(List.of(read.row)).getFirst().driver();
            CertificatePrint print = new CertificatePrint(
                    words,
                    read.row,
                    sight.drivers() ? name : Sight.maskedName(name),
                    read.identity,
                    read.company,
                    read.hours,
                    address + number);
            byte[] bytes = place.print(words, print.head(), print::write);
            return Answer.bytes(200, bytes, "application/pdf")
                    .with(
                            "Content-Disposition",
                            "attachment; filename=\"" + number + "-" + words.language() + ".pdf\"");
        }
    }

    /**
     * What anybody learns of a certificate: whether it holds, and enough to see that it is the one he was shown.
     *
     * @param holder family name alone
     */
    record Check(
            String number,
            boolean valid,
            CourseTitle course,
            String issuedOn,
            String expiresOn,
            boolean revoked,
            String holder) {}

    record CourseTitle(String title, @Nullable String titleEn) {}

    private Answer check(Call call) throws SQLException {
        String number = number(call);
        Instant now = clock.instant();
        Duration wait = guesses.waitFor(CHECKER, call.address(), now);
        if (!wait.isZero()) {
            throw Refusal.slowDown(
                    "Too many numbers that are none were asked for from here; wait a little.", wait.toSeconds() + 1);
        }
        Optional<Check> found = number.isEmpty()
                ? Optional.empty()
                : database.read(Scope.ALL, ScopedDatabase.NO_USER, connection -> find(connection, number, now));
        if (found.isEmpty()) {
            guesses.failed(CHECKER, call.address(), now);
            throw Refusal.notFound(
                    "No certificate has this number. Look at it again: letters, digits and dashes as they are printed.");
        }
        return Answer.json(found.get()).with("Cache-Control", "no-store");
    }

    private static Optional<Check> find(Connection connection, String number, Instant now) throws SQLException {
        return new SqlText("""
                select c.title, c.title_en, x.issued_at, x.expires_on, x.revoked_at, x.holder
                from hw.certificate x join hw.course c using (course_id) where x.certificate_no = ?
                """, number).first(connection, row -> {
            LocalDate expires = row.getObject(4, LocalDate.class);
            Timestamp revoked = row.getTimestamp(5);
            return new Check(
                    number,
                    revoked == null && !expires.isBefore(TrainingDays.today(now)),
                    new CourseTitle(row.getString(1), row.getString(2)),
                    TrainingDays.today(row.getTimestamp(3).toInstant()).toString(),
                    expires.toString(),
                    revoked != null,
                    row.getString(6));
        });
    }
}
