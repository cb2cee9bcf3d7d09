package io.haulwatch.store.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.store.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody sees another company's rows, whatever a query forgets. The list of tables comes from the catalogue. */
@ParameterizedClass
@MethodSource("io.haulwatch.store.TestDatabase#fresh")
class TenancyTest {
    /** Tables that hold no tenant's rows; the console's own code guards those of accounts. */
    private static final Set<String> NOT_OF_A_TENANT = Set.of(
            "app_user",
            "session",
            "one_time_link",
            "second_factor",
            "recovery_code",
            "api_token",
            "provider_link",
            "audit",
            "audit_chain",
            "reader_offset",
            "risk_of_size",
            "reference_number",
            "position_hour",
            "position_hour_due",
            "position_hours_packed",
            "desk_duty",
            "cab_text",
            "cab_text_change",
            "kiosk",
            "outbox_switch",
            "paper_reminder_day",
            "kpi_day",
            "kpi_period",
            "kpi_region_month",
            "entry_code",
            "course",
            "lesson",
            "lesson_version",
            "lesson_picture",
            "course_video",
            "question",
            "question_version",
            "training_effect_count",
            "learning_push",
            "schema_version");

    /** Rows of several companies at once, or of all; each has a test of its own. */
    private static final Set<String> OF_SEVERAL = Set.of(
            "terminal_order",
            "inspection_plan",
            "register_import",
            "register_change",
            "receiver",
            "shift_handover",
            "training_plan");

    /** What a driver finds of himself on his phone; of every other table he finds nothing. */
    private static final Set<String> OF_A_DRIVER = Set.of(
            "driver",
            "assignment",
            "paper",
            "episode",
            "training_record",
            "training_task",
            "training_cause",
            "study",
            "study_event",
            "study_day",
            "study_stretch",
            "study_at_wheel",
            "quiz_answer",
            "exam_attempt",
            "exam_answer",
            "training_signature",
            "certificate",
            "driver_message",
            "learning_statement");

    private static final String BASE_TABLES = """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'hw' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'position'
            """;

    private final TestDatabase database;
    private final ScopedDatabase scoped;

    TenancyTest(TestDatabase database) {
        this.database = database;
        this.scoped = new ScopedDatabase(database.databases().app());
    }

    @BeforeParameterizedClassInvocation
    static void putRowsOfTwoCompaniesIntoEveryTable(TestDatabase database) throws Exception {
        RowsOfTwoCompanies.put(database);
    }

    private List<String> tenantTables() throws SQLException {
        return database.column(BASE_TABLES).stream()
                .map(String::valueOf)
                .filter(table -> !NOT_OF_A_TENANT.contains(table) && !OF_SEVERAL.contains(table))
                .toList();
    }

    @Test
    void everyTableOfATenantIsUnderForcedRowSecurity() throws Exception {
        assertThat(tenantTables()).hasSizeGreaterThan(15);
        for (String table : tenantTables()) {
            assertThat(database.one("select relrowsecurity and relforcerowsecurity from pg_class where oid = 'hw."
                            + table + "'::regclass"))
                    .as("row security of %s", table)
                    .isEqualTo("t");
            assertThat(database.one("select count(*) from information_schema.columns where table_schema = 'hw'"
                            + " and column_name = 'company_id' and is_nullable = 'NO' and table_name = '" + table
                            + "'"))
                    .as("company_id of %s", table)
                    .isEqualTo("1");
        }
    }

    @Test
    void aCompanySeesItsOwnRowsAndNoOthersInEveryTable() throws Exception {
        for (String table : tenantTables()) {
            assertThat(companiesSeen(new Scope.Companies(Set.of(1)), table))
                    .as("rows of %s in the scope of company 1", table)
                    .contains(1)
                    .doesNotContain(2);
            assertThat(companiesSeen(new Scope.Companies(Set.of(1, 2)), table))
                    .as("rows of %s in the scope of both", table)
                    .contains(1, 2);
            assertThat(companiesSeen(Scope.ALL, table))
                    .as("all rows of %s", table)
                    .contains(1, 2);
            assertThat(companiesSeen(new Scope.Companies(Set.of()), table))
                    .as("rows of %s in an empty scope", table)
                    .doesNotContain(1, 2);
        }
    }

    @Test
    void aDriverSeesTheRowsThatNameHimAndNothingElse() throws Exception {
        for (String table : tenantTables()) {
            List<Integer> seen = companiesSeen(new Scope.OneDriver(1), table);
            // Zones and rules of company 0 are everyone's.
            seen.removeIf(company -> company == 0);
            assertThat(seen)
                    .as("rows of %s on the phone of driver 1", table)
                    .hasSameElementsAs(OF_A_DRIVER.contains(table) ? Set.of(1) : Set.of());
        }
        for (String table : OF_SEVERAL) {
            List<Integer> rows = scoped.read(
                    new Scope.OneDriver(1), 1, connection -> numbers(connection, "select 1 from hw." + table));
            assertThat(rows).as("rows of %s", table).isEmpty();
        }
    }

    @Test
    void aPlanIsSeenByEachOfItsCompaniesAndMadeForOnesOwnOnly() throws Exception {
        assertThat(plans(new Scope.Companies(Set.of(1)))).isEqualTo(3);
        assertThat(plans(new Scope.Companies(Set.of(1, 2)))).isEqualTo(4);
        assertThat(plans(Scope.ALL)).isEqualTo(4);
        for (String others : List.of("{}", "{2}", "{1,2}")) {
            assertThatThrownBy(() -> scoped.write(new Scope.Companies(Set.of(1)), 1, connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.executeUpdate(
                                    "insert into hw.training_plan (kind, title, course_ids, begins_on, due_on, company_ids, made_by, made_at)"
                                            + " values ('monthly', 't', '{1}', now(), now(), '" + others
                                            + "', 1, now())");
                        }
                    }))
                    .as(others)
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void aDriverWritesNothingInAnothersName() {
        assertThatThrownBy(() -> scoped.write(new Scope.OneDriver(1), 1, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(
                                "insert into hw.study_day select task_id + 100, now(), 2, 2, 1 from hw.training_task");
                    }
                }))
                .hasMessageContaining("row-level security");
    }

    @Test
    void aChangedRowOfTheLedgerBreaksItsChain() throws Exception {
        assertThatThrownBy(() -> database.run("update hw.training_record set hours = 3"))
                .hasMessageContaining("only ever added to");
        database.run(
                "insert into hw.training_record (company_id, driver_id, kind, held_on, hours) values (1, 1, 'monthly', '2026-02-01', 2)");
        String broken = """
                select count(*) from (select chain, hw.training_record_hash(lag(chain) over (partition by driver_id order by record_id), r) as says
                    from hw.training_record r) c where chain <> says
                """;
        assertThat(database.one(broken)).isEqualTo("0");
        database.run(
                "alter table hw.training_record disable trigger only_added_to",
                "update hw.training_record set hours = 3 where held_on = '2026-01-01' and driver_id = 1",
                "alter table hw.training_record enable trigger only_added_to");
        assertThat(database.one(broken)).isEqualTo("1");
        database.run(
                "alter table hw.training_record disable trigger only_added_to",
                "update hw.training_record set hours = 2 where held_on = '2026-01-01' and driver_id = 1",
                "alter table hw.training_record enable trigger only_added_to");
    }

    private int plans(Scope scope) throws SQLException {
        return scoped.read(scope, 1, connection -> numbers(connection, "select plan_id from hw.training_plan"))
                .size();
    }

    @Test
    void anOrderIsSeenAndChangedOnlyByWhoSeesEachOfItsCompanies() throws Exception {
        assertThat(
                        database.one(
                                "select relrowsecurity and relforcerowsecurity from pg_class where oid = 'hw.terminal_order'::regclass"))
                .isEqualTo("t");
        assertThat(orders(new Scope.Companies(Set.of(1)))).isEqualTo(1);
        assertThat(orders(new Scope.Companies(Set.of(1, 2)))).isEqualTo(3);
        assertThat(orders(Scope.ALL)).isEqualTo(3);
        assertThat(orders(new Scope.Companies(Set.of()))).isZero();
        try (Connection connection = database.databases().app().getConnection()) {
            assertThat(numbers(connection, "select targets from hw.terminal_order"))
                    .isEmpty();
        }
        assertThatThrownBy(() -> scoped.write(new Scope.Companies(Set.of(1)), 1, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(
                                "insert into hw.terminal_order (order_id, kind, payload, company_ids, chosen, note, targets,"
                                        + " wave_size, stop_percent, answer_minutes, second_person, state, created_by) values"
                                        + " (gen_random_uuid(), 'TEXT', '{}', '{1,2}', '{}', 'n', 1, 1, 0, 1, false, 'running', 1)");
                    }
                }))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void aReceiverIsSeenAndMadeOnlyByWhoSeesEachOfItsCompaniesAndOneOfAllOnlyByWhoSeesAll() throws Exception {
        assertThat(
                        database.one(
                                "select relrowsecurity and relforcerowsecurity from pg_class where oid = 'hw.receiver'::regclass"))
                .isEqualTo("t");
        String all = "update hw.receiver set name = name";
        assertThat(updated(new Scope.Companies(Set.of(1)), all)).isEqualTo(1);
        assertThat(updated(new Scope.Companies(Set.of(1, 2)), all)).isEqualTo(3);
        assertThat(updated(new Scope.Companies(Set.of()), all)).isZero();
        assertThat(updated(Scope.ALL, all)).as("those of the centre too").isEqualTo(5);
        for (String ids : List.of("false, '{}'", "false, '{1,2}'", "true, '{1}'")) {
            assertThatThrownBy(() -> updated(
                            new Scope.Companies(Set.of(1)),
                            "insert into hw.receiver (kind, name, address, of_centre, company_ids, events, least_severity, language, made_by, made_at)"
                                    + " values ('email', 'r', 'a@b', " + ids + ", '{alarm}', 1, 'en', 1, now())"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void aNoteOfAShiftIsSeenOnlyByWhoSeesEachCompanyOfItsAuthor() throws Exception {
        assertThat(
                        database.one(
                                "select relrowsecurity and relforcerowsecurity from pg_class where oid = 'hw.shift_handover'::regclass"))
                .isEqualTo("t");
        String all = "update hw.shift_handover set read_by = null";
        assertThat(updated(new Scope.Companies(Set.of(1)), all)).isEqualTo(1);
        assertThat(updated(new Scope.Companies(Set.of(1, 2)), all)).isEqualTo(3);
        assertThat(updated(Scope.ALL, all)).isEqualTo(4);
        assertThatThrownBy(() -> updated(
                        new Scope.Companies(Set.of(1)),
                        "insert into hw.shift_handover (from_user, at, everywhere, company_ids, note, held)"
                                + " values (1, now(), true, '{}', 'n', '{}')"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void anInspectionIsSeenOnlyByWhoSeesEachOfItsCompaniesAndChangedByNobody() throws Exception {
        assertThat(
                        database.one(
                                "select relrowsecurity and relforcerowsecurity from pg_class where oid = 'hw.inspection_plan'::regclass"))
                .isEqualTo("t");
        assertThat(inspections(new Scope.Companies(Set.of(1)))).hasSize(1);
        assertThat(inspections(new Scope.Companies(Set.of(1, 2)))).hasSize(3);
        assertThat(inspections(Scope.ALL)).hasSize(3);
        assertThatThrownBy(() -> database.run("delete from hw.inspection_result"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("is only ever added to");
    }

    private List<Integer> inspections(Scope scope) throws SQLException {
        return scoped.read(scope, 1, connection -> numbers(connection, "select plan_id from hw.inspection_plan"));
    }

    @Test
    void anImportIsSeenAndMadeOnlyByWhoSeesEveryCompany() throws Exception {
        String insert =
                "insert into hw.register_import (import_id, created_by, created_at, expires_at, file_name, report,"
                        + " created, changed, unchanged, wrong, state) values (gen_random_uuid(), 1, now(), now(), 'x.csv', '', 0, 0,"
                        + " 0, 1, 'wrong')";
        assertThat(
                        database.one(
                                "select relrowsecurity and relforcerowsecurity from pg_class where oid = 'hw.register_import'::regclass"))
                .isEqualTo("t");
        assertThat(updated(Scope.ALL, insert)).isEqualTo(1);
        for (Scope narrow : List.of(new Scope.Companies(Set.of(1, 2)), new Scope.Companies(Set.of()))) {
            assertThat(updated(narrow, "update hw.register_import set state = state"))
                    .isZero();
            assertThat(updated(narrow, "delete from hw.register_import")).isZero();
            assertThatThrownBy(() -> updated(narrow, insert)).hasMessageContaining("row-level security");
        }
        assertThat(updated(Scope.ALL, "delete from hw.register_import")).isEqualTo(1);
    }

    @Test
    void whatWasChangedInTheRegisterIsReadByWhoSeesEveryCompanyAndWrittenByTheWriterAlone() throws Exception {
        String insert = "insert into hw.register_change (table_name, subject, outcome, changes, user_id, at)"
                + " values ('vehicles', '渝A11111', 'changed', '[]', 1, now())";
        try (Connection connection = database.databases().writer().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(insert);
        }
        assertThat(numbersIn(Scope.ALL, "select 1 from hw.register_change")).hasSize(1);
        assertThat(numbersIn(new Scope.Companies(Set.of(1, 2)), "select 1 from hw.register_change"))
                .isEmpty();
        assertThatThrownBy(() -> updated(Scope.ALL, insert)).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> database.run("delete from hw.register_change"))
                .hasMessageContaining("only ever added to");
    }

    private List<Integer> numbersIn(Scope scope, String query) throws SQLException {
        return scoped.read(scope, 1, connection -> numbers(connection, query));
    }

    private int updated(Scope scope, String sql) throws SQLException {
        return scoped.write(scope, 1, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private int orders(Scope scope) throws SQLException {
        return updated(scope, "update hw.terminal_order set state = state");
    }

    @Test
    void aTransactionWithoutAScopeSeesNothing() throws Exception {
        for (String table : tenantTables()) {
            try (Connection connection = database.databases().app().getConnection()) {
                assertThat(numbers(connection, "select company_id from hw." + table + " where company_id <> 0"))
                        .as("rows of %s without a scope", table)
                        .isEmpty();
            }
        }
    }

    @Test
    void theScopeIsGoneWithItsTransaction() throws Exception {
        scoped.read(Scope.ALL, 1, connection -> 0);
        try (Connection connection = database.databases().app().getConnection()) {
            assertThat(numbers(connection, "select company_id from hw.vehicle")).isEmpty();
        }
    }

    @Test
    void positionsAreSeenThroughTheViewInTheScopeOnly() throws Exception {
        for (String view : List.of("position_scoped", "position_hour_scoped")) {
            assertThat(companiesSeen(new Scope.Companies(Set.of(1)), view))
                    .as(view)
                    .containsExactly(1);
            assertThat(companiesSeen(Scope.ALL, view)).as(view).containsExactlyInAnyOrder(1, 2);
            try (Connection connection = database.databases().app().getConnection()) {
                assertThat(numbers(connection, "select company_id from hw." + view))
                        .as(view)
                        .isEmpty();
            }
        }
    }

    @Test
    void aFunctionInTheQueryDoesNotSeeRowsThatTheViewHides() throws Exception {
        assertThat(scoped.<List<Integer>>read(
                        new Scope.Companies(Set.of(1)),
                        1,
                        connection -> numbers(
                                connection,
                                "select vehicle_id from hw.position_scoped where 1 / (vehicle_id - 22) is not null")))
                .containsExactly(11);
    }

    @Test
    void theConsoleHasNoRightOnPositionsThemselvesNorOnTheirDays() throws Exception {
        assertDenied("select 1 from hw.position");
        for (String day : days()) {
            assertDenied("select 1 from " + day);
        }
        assertDenied("select 1 from hw.position_hour");
        assertDenied("select 1 from hw.position_hour_d20261120");
        assertDenied("select 1 from hw.position_hour_due");
    }

    private List<String> days() throws SQLException {
        String query = database.layout().hypertable()
                ? "select show_chunks('hw.position')::text"
                : "select inhrelid::regclass::text from pg_inherits where inhparent = 'hw.position'::regclass";
        List<String> days = database.column(query).stream().map(String::valueOf).toList();
        assertThat(days).isNotEmpty();
        return days;
    }

    @Test
    void theConsoleCannotWriteForAnotherCompany() {
        assertThatThrownBy(() -> scoped.write(new Scope.Companies(Set.of(1)), 1, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(
                                "insert into hw.command (command_id, company_id, vehicle_id, kind,"
                                        + " payload, created_by, expires_at) values (gen_random_uuid(), 2, 22, 'LOCATE', '{}', 1,"
                                        + " now())");
                    }
                }))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void theConsoleCannotMakeOrDropDays() {
        assertDenied("select hw.ensure_position_day('2026-11-21')");
        assertDenied("select hw.drop_position_days('2026-11-21')");
        assertDenied("select hw.ensure_position_hour_day('2026-11-21')");
        assertDenied("select hw.drop_position_hour_days('2026-11-21')");
        assertDenied("set role haulwatch_owner");
    }

    @Test
    void nothingBelongsToASuperuser() throws Exception {
        assertThat(database.column("""
                        select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
                        where c.relnamespace = 'hw'::regnamespace and r.rolname <> 'haulwatch_owner'
                        """)).isEmpty();
        assertThat(database.one("""
                        select count(*) from pg_roles where rolname like 'haulwatch%' and (rolsuper or rolbypassrls)
                        """)).isEqualTo("0");
        assertThat(database.one("select rolcanlogin from pg_roles where rolname = 'haulwatch_owner'"))
                .isEqualTo("f");
    }

    @Test
    void theWriterReadsNoMoreOfAPositionThanItsKey() throws Exception {
        try (Connection connection = database.databases().writer().getConnection()) {
            assertThat(numbers(connection, "select vehicle_id from hw.position"))
                    .contains(11, 22);
            assertThatThrownBy(() -> numbers(connection, "select lat from hw.position"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> numbers(connection, "select positions from hw.position_hour"))
                    .hasMessageContaining("permission denied");
        }
    }

    private void assertDenied(String sql) {
        assertThatThrownBy(() -> scoped.write(Scope.ALL, 1, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute(sql);
                    }
                }))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    private List<Integer> companiesSeen(Scope scope, String table) throws SQLException {
        return scoped.read(scope, 1, connection -> numbers(connection, "select company_id from hw." + table));
    }

    private static List<Integer> numbers(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<Integer> numbers = new java.util.ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }
}
