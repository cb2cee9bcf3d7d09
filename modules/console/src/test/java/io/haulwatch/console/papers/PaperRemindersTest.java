package io.haulwatch.console.papers;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.ConsoleDatabase;
import io.haulwatch.store.scope.ScopedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Reminders by the calendar: once for each version and step, whatever days the machine was off; the day is moved by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaperRemindersTest {
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 12, 31);
    private static final String TOLD =
            "select company_id || ' ' || lead_days || ' ' || reminded_on from hw.paper_reminder order by reminder_id";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private ConsoleDatabase database;
    private PaperReminders reminders;

    @BeforeAll
    void start() throws SQLException {
        database = new ConsoleDatabase();
        reminders = new PaperReminders(new ScopedDatabase(database.databases().app()), now::get);
        database.run(
                "insert into hw.company (company_id, name, adcode) values (1, '渝捷达', '500112'), (2, '蓉通', '510104')",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)"
                        + " values (1, 1, '渝B12345', 2, 'GENERAL'), (3, 2, '川A99999', 2, 'GENERAL')",
                "update hw.outbox_switch set wanted = true");
    }

    @BeforeEach
    void forget() throws SQLException {
        database.run(
                "truncate hw.paper_reminder, hw.paper_reminder_day, hw.outbox, hw.paper cascade",
                "update hw.vehicle set retired_at = null");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void aPaperIsRemindedOfOnceAtEachStepOfItsKindHoweverOftenTheDayIsLookedAt() throws Exception {
        paper(1, "veh.inspection", null, LAST_DAY);
        paper(1, "veh.ins_commercial", null, LAST_DAY);
        paper(3, "veh.inspection", null, LAST_DAY.plusDays(1));
        for (int left = 40; left >= -2; left--) {
            morning(LAST_DAY.minusDays(left));
            morning(LAST_DAY.minusDays(left));
        }
        assertThat(database.column(TOLD))
                .containsExactly(
                        "1 30 2026-12-01",
                        "1 30 2026-12-01",
                        "2 30 2026-12-02",
                        "1 15 2026-12-16",
                        "1 15 2026-12-16",
                        "2 15 2026-12-17",
                        "1 7 2026-12-24",
                        "2 7 2026-12-25");
        assertThat(database.column("select event || ' ' || object from hw.outbox order by outbox_id"))
                .as("one message a day and company, not one for each paper")
                .containsExactly(
                        "papers_due 1:2026-12-01",
                        "papers_due 2:2026-12-02",
                        "papers_due 1:2026-12-16",
                        "papers_due 2:2026-12-17",
                        "papers_due 1:2026-12-24",
                        "papers_due 2:2026-12-25");
    }

    @Test
    void aDayOnWhichTheMachineWasOffIsMadeUpForWithTheStepThatCountsByThen() throws Exception {
        paper(1, "veh.inspection", null, LAST_DAY);
        morning(LAST_DAY.minusDays(31));
        morning(LAST_DAY.minusDays(28));
        morning(LAST_DAY.minusDays(5));
        morning(LAST_DAY.minusDays(4));
        assertThat(database.column(TOLD)).containsExactly("1 30 2026-12-03", "1 7 2026-12-26");
    }

    @Test
    void whoHasRenewedOrIsRetiredIsNotRemindedAndANewVersionIsRemindedOfAnew() throws Exception {
        paper(1, "veh.ins_compulsory", null, LAST_DAY);
        morning(LAST_DAY.minusDays(30));
        paper(1, "veh.ins_compulsory", LAST_DAY.plusDays(1), LAST_DAY.plusYears(1));
        morning(LAST_DAY.minusDays(15));
        paper(3, "veh.ins_compulsory", null, LAST_DAY);
        // One day without insurance lies between.
        paper(3, "veh.ins_compulsory", LAST_DAY.plusDays(2), LAST_DAY.plusYears(1));
        morning(LAST_DAY.minusDays(7));
        morning(LAST_DAY.plusYears(1).minusDays(30));
        database.run("update hw.vehicle set retired_at = now() where vehicle_id = 1");
        morning(LAST_DAY.plusYears(1).minusDays(15));
        assertThat(database.column(TOLD))
                .containsExactly(
                        "1 30 2026-12-01", "2 7 2026-12-24", "1 30 2027-12-01", "2 30 2027-12-01", "2 15 2027-12-16");
    }

    @Test
    void nobodyIsRemindedBeforeTheMorningOfTheLocalDay() throws Exception {
        paper(1, "veh.inspection", null, LAST_DAY);
        LocalDate day = LAST_DAY.minusDays(30);
        now.set(day.minusDays(1).atTime(23, 59).toInstant(ZoneOffset.UTC));
        reminders.look();
        assertThat(database.column(TOLD)).as("07:59 in China").isEmpty();
        now.set(day.atTime(0, 0).toInstant(ZoneOffset.UTC));
        reminders.look();
        assertThat(database.column(TOLD)).containsExactly("1 30 2026-12-01");
    }

    private void morning(LocalDate day) {
        now.set(day.atTime(9, 0).toInstant(ZoneOffset.ofHours(8)));
        reminders.look();
    }

    private void paper(int vehicle, String kind, @Nullable LocalDate issued, LocalDate expires) throws SQLException {
        database.run(
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, issued, expires, effective_from) values ("
                        + (vehicle == 1 ? 1 : 2) + ", 'VEHICLE', " + vehicle + ", '" + kind + "', 'n', "
                        + (issued == null ? "null" : "'" + issued + "'") + ", '" + expires + "', '-infinity')");
    }
}
