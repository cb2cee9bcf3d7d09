package io.haulwatch.console.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Cursors;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.store.scope.Scope;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans: who has to learn which courses until when. Tasks are made of them by {@link PlanAssignment}, so that a plan of everybody is answered at once. */
final class PlanRoutes {
    private static final List<String> KINDS = List.of("monthly", "continuing", "prejob", "remedial");
    private static final List<String> CARGO =
            Arrays.stream(VehicleClass.values()).map(Enum::name).toList();
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_REASON = 300;
    private static final int MOST_COURSES = 20;
    private static final int MOST_COMPANIES = 5_000;
    private static final int LONGEST_MONTHS = 36;

    private static final String ROW = """
            select p.plan_id, p.kind, p.title, p.course_ids, p.begins_on, p.due_on, p.company_ids, p.cargo, p.hired_from, p.wanted, p.assigned,
                p.assigned_at, p.made_at, p.withdrawn_at, p.reason, coalesce(u.display_name, u.username)
            from hw.training_plan p left join hw.app_user u on u.user_id = p.made_by where true
            """;

    private final ScopedDatabase database;
    private final AuditLog audit;
    private final Cursors cursors;
    private final InstantSource clock;

    PlanRoutes(ScopedDatabase database, AuditLog audit, Cursors cursors, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.cursors = cursors;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/training-plans", Right.WATCH, this::list),
                Route.post("/api/v1/training-plans", Right.ASSIGN_TRAINING, this::make),
                Route.get("/api/v1/training-plans/:id", Right.WATCH, this::one),
                Route.post("/api/v1/training-plans/:id/withdraw", Right.ASSIGN_TRAINING, this::withdraw));
    }

    /**
     * A plan.
     *
     * @param companyIds those of its companies that the reader sees; empty for everyone's
     * @param wanted drivers, null while nobody has counted them and for who does not see all of its companies
     * @param assigned drivers who have its tasks
     * @param state waiting for its day, assigning, running, over or withdrawn
     */
    record PlanRow(
            int id,
            String kind,
            String title,
            List<Integer> courseIds,
            String beginsOn,
            String dueOn,
            List<Integer> companyIds,
            List<String> cargo,
            @Nullable String hiredFrom,
            @Nullable Integer wanted,
            @Nullable Integer assigned,
            @Nullable String assignedAt,
            String state,
            @Nullable String madeBy,
            String madeAt,
            @Nullable String withdrawnAt,
            @Nullable String reason) {}

    /** What is left of a withdrawn plan. @param takenBack tasks that nobody had begun @param stay tasks that were begun or done */
    record Withdrawn(int id, int takenBack, int stay) {}

    private Answer list(Call call) throws SQLException {
        int limit = call.limit();
        String listName = call.user().userId() + "|training-plans";
        JsonNode after = cursors.read(listName, call.query().get("cursor"));
        LocalDate today = TrainingDays.today(clock.instant());
        List<PlanRow> rows = database.read(call.scope(), call.user().userId(), connection -> {
            SqlText sql = new SqlText(ROW).within(call.scope(), "p.company_ids = '{}' or p.company_ids && ?");
            if (after != null) {
                sql.and("p.plan_id < ?", after.get(0).intValue());
            }
            return sql.add("order by p.plan_id desc limit ?", limit + 1)
                    .list(connection, row -> row(row, call.scope(), today));
        });
        return Answer.json(cursors.page(listName, limit, rows, last -> List.of(last.id())));
    }

    private Answer one(Call call) throws SQLException {
        int id = call.pathId("id");
        return Answer.json(database.read(call.scope(), call.user().userId(), connection -> plan(connection, call, id)));
    }

    private PlanRow plan(Connection connection, Call call, int id) throws SQLException {
        LocalDate today = TrainingDays.today(clock.instant());
        return new SqlText(ROW)
                .within(call.scope(), "p.company_ids = '{}' or p.company_ids && ?")
                .and("p.plan_id = ?", id)
                .first(connection, row -> row(row, call.scope(), today))
                .orElseThrow(
                        () -> Refusal.notFound("There is no such plan among those that you may see: id=" + id + "."));
    }

    private static PlanRow row(ResultSet row, Scope scope, LocalDate today) throws SQLException {
        List<Integer> companies = numbers(row.getArray(7));
        boolean own = isOwn(companies, scope);
        Timestamp assignedAt = row.getTimestamp(12);
        Timestamp withdrawnAt = row.getTimestamp(14);
        LocalDate begins = row.getObject(5, LocalDate.class);
        LocalDate due = row.getObject(6, LocalDate.class);
        String state = withdrawnAt != null
                ? "withdrawn"
                : begins.isAfter(today)
                        ? "waiting"
                        : assignedAt == null ? "assigning" : due.isBefore(today) ? "over" : "running";
        return new PlanRow(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                numbers(row.getArray(4)),
                begins.toString(),
                due.toString(),
                scope instanceof Scope.Companies mine
                        ? companies.stream().filter(mine.ids()::contains).toList()
                        : companies,
                words(row.getArray(8)),
                row.getString(9),
                own ? (Integer) row.getObject(10) : null,
                own ? (Integer) row.getInt(11) : null,
                assignedAt == null ? null : Json.time(assignedAt.toInstant()),
                state,
                row.getString(16),
                Json.time(row.getTimestamp(13).toInstant()),
                withdrawnAt == null ? null : Json.time(withdrawnAt.toInstant()),
                row.getString(15));
    }

    /** Whether a plan is of nobody but those whom the scope holds. */
    private static boolean isOwn(List<Integer> companies, Scope scope) {
        return !(scope instanceof Scope.Companies mine)
                || (!companies.isEmpty() && mine.ids().containsAll(companies));
    }

    private Answer make(Call call) throws SQLException {
        String kind = call.oneOf("kind", KINDS);
        String title = call.saidInOneLine("title", LONGEST_TITLE);
        Set<Integer> courses = numbers(call, "course_ids", MOST_COURSES);
        if (courses.isEmpty()) {
            throw Refusal.badValue("\"course_ids\" must name 1 to " + MOST_COURSES + " courses.");
        }
        LocalDate today = TrainingDays.today(clock.instant());
        LocalDate begins = day(call, "begins_on");
        LocalDate due = day(call, "due_on");
        if (due.isBefore(begins) || due.isBefore(today)) {
            throw Refusal.ruleBroken(
                    "plan-dates",
                    "A plan ends on or after its first day, and not before today: begins_on=" + begins + ", due_on="
                            + due + ".");
        }
        if (due.isAfter(begins.plusMonths(LONGEST_MONTHS)) || begins.isAfter(today.plusMonths(LONGEST_MONTHS))) {
            throw Refusal.ruleBroken(
                    "plan-dates",
                    "A plan begins within " + LONGEST_MONTHS + " months and lasts no longer: begins_on=" + begins
                            + ", due_on=" + due + ".");
        }
        Set<Integer> companies = companies(call);
        List<String> cargo = cargo(call);
        LocalDate hired = call.optionalDay("hired_from");
        int me = call.user().userId();
        return Answer.json(201, database.write(call.scope(), me, connection -> {
            needCourses(connection, courses);
            needCompanies(connection, call.scope(), companies);
            int id = new SqlText(
                            """
                            insert into hw.training_plan (kind, title, course_ids, begins_on, due_on, company_ids, cargo, hired_from, made_by, made_at)
                            values (?, ?, ?::integer[], ?, ?, ?::integer[], ?::text[], nullif(?, '')::date, ?, ?) returning plan_id
                            """,
                            kind,
                            title,
                            courses,
                            begins,
                            due,
                            companies,
                            cargo,
                            hired == null ? "" : hired.toString(),
                            me,
                            clock.instant())
                    .first(connection, row -> row.getInt(1))
                    .orElseThrow();
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("kind", kind);
            detail.put("title", title);
            detail.put("courses", courses);
            detail.put("begins_on", begins.toString());
            detail.put("due_on", due.toString());
            detail.put("companies", companies.size());
            detail.put("cargo", cargo);
            audit.add(connection, me, "training_plan.make", "training_plan:" + id, detail, call.address());
            return plan(connection, call, id);
        }));
    }

    private static void needCourses(Connection connection, Set<Integer> courses) throws SQLException {
        List<Integer> there = new SqlText(
                        "select course_id from hw.course where course_id = any (?::integer[]) and published_at is not null"
                                + " and retired_at is null",
                        courses)
                .list(connection, row -> row.getInt(1));
        Set<Integer> missing = new TreeSet<>(courses);
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw Refusal.ruleBroken(
                    "course-not-published",
                    "Only courses that are published and not retired can be assigned: course_ids=" + missing + ".");
        }
    }

    private static void needCompanies(Connection connection, Scope scope, Set<Integer> companies) throws SQLException {
        List<Integer> there = new SqlText(
                        "select company_id from hw.company where company_id > 0 and retired_at is null and company_id = any (?::integer[])",
                        companies)
                .within(scope, "company_id = any (?)")
                .list(connection, row -> row.getInt(1));
        Set<Integer> missing = new TreeSet<>(companies);
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw Refusal.notFound(
                    "There is no such company among those that you may see: company_ids=" + missing + ".");
        }
    }

    private Answer withdraw(Call call) throws SQLException {
        int id = call.pathId("id");
        int me = call.user().userId();
        return Answer.json(database.write(call.scope(), me, connection -> {
            PlanRow before = plan(connection, call, id);
            String reason = call.said("reason", LONGEST_REASON);
            List<Integer> companies = new SqlText("select company_ids from hw.training_plan where plan_id = ?", id)
                    .first(connection, row -> numbers(row.getArray(1)))
                    .orElseThrow();
            if (!isOwn(companies, call.scope())) {
                throw Refusal.ruleBroken(
                        "plan-of-others",
                        "The plan is also other companies'. Whoever sees all of them withdraws it; single tasks of yours can be excused.");
            }
            Instant now = clock.instant();
            int changed = new SqlText(
                            "update hw.training_plan set withdrawn_by = ?, withdrawn_at = ?, reason = ? where plan_id = ?"
                                    + " and withdrawn_at is null",
                            me,
                            now,
                            reason,
                            id)
                    .run(connection);
            if (changed == 0) {
                throw Refusal.conflict(
                        "plan-withdrawn", "The plan was withdrawn before: withdrawn_at=" + before.withdrawnAt() + ".");
            }
            int takenBack = TaskClosing.close(
                    connection,
                    new SqlText(
                                    "select task_id, ?::text as reason from hw.training_task where state = 'assigned'",
                                    TaskClosing.PLAN)
                            .and("plan_id = ?", id)
                            .within(call.scope(), "company_id = any (?)"),
                    TaskClosing.As.TAKEN_BACK,
                    reason,
                    me,
                    now);
            int stay = new SqlText(
                            "select count(*) from hw.training_task where plan_id = ? and state not in ('taken_back', 'excused')",
                            id)
                    .within(call.scope(), "company_id = any (?)")
                    .first(connection, row -> row.getInt(1))
                    .orElse(0);
            audit.add(
                    connection,
                    me,
                    "training_plan.withdraw",
                    "training_plan:" + id,
                    Map.of("reason", reason, "taken_back", takenBack, "stay", stay),
                    call.address());
            return new Withdrawn(id, takenBack, stay);
        }));
    }

    /** The companies of the body; whoever does not see all of them means his own if he names none. */
    private static Set<Integer> companies(Call call) {
        Set<Integer> named = numbers(call, "company_ids", MOST_COMPANIES);
        if (!named.isEmpty() || !(call.scope() instanceof Scope.Companies mine)) {
            return named;
        }
        Set<Integer> own = new TreeSet<>(mine.ids());
        own.remove(0);
        if (own.isEmpty()) {
            throw Refusal.ruleBroken("plan-of-nobody", "There is no company in your scope to plan for.");
        }
        return own;
    }

    private static List<String> cargo(Call call) {
        JsonNode given = call.object().path("cargo");
        List<String> found = new ArrayList<>();
        if (given.isMissingNode() || given.isNull()) {
            return found;
        }
        if (!given.isArray() || given.size() > CARGO.size()) {
            throw Refusal.badValue("\"cargo\" must be a list of " + String.join(", ", CARGO) + ".");
        }
        for (JsonNode each : given) {
            if (!CARGO.contains(each.asText(""))) {
                throw Refusal.badValue("\"cargo\" must be a list of " + String.join(", ", CARGO) + ".");
            }
            found.add(each.textValue());
        }
        return found;
    }

    private static Set<Integer> numbers(Call call, String name, int most) {
        JsonNode given = call.object().path(name);
        Set<Integer> found = new TreeSet<>();
        if (given.isMissingNode() || given.isNull()) {
            return found;
        }
        if (!given.isArray() || given.size() > most) {
            throw Refusal.badValue("\"" + name + "\" must be a list of at most " + most + " numbers.");
        }
        for (JsonNode each : given) {
            if (!each.isIntegralNumber() || !each.canConvertToInt() || each.intValue() < 1) {
                throw Refusal.badValue("\"" + name + "\" must be a list of numbers from 1 up.");
            }
            found.add(each.intValue());
        }
        return found;
    }

    private static LocalDate day(Call call, String name) {
        LocalDate day = call.optionalDay(name);
        if (day == null) {
            throw Refusal.badValue("The body needs the day \"" + name + "\", such as 2026-11-30.");
        }
        return day;
    }

    private static List<Integer> numbers(Array array) throws SQLException {
        return List.of((Integer[]) array.getArray());
    }

    private static List<String> words(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
