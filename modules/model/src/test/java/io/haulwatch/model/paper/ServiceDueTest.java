package io.haulwatch.model.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.paper.ServiceDue.Interval;
import io.haulwatch.model.register.VehicleClass;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Services by days or by kilometres, whichever comes first; worked by hand. */
class ServiceDueTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-06-15");
    private static final LocalDate LAST = LocalDate.parse("2026-05-01");
    private static final Interval GENERAL = Interval.of(VehicleClass.GENERAL);

    @Test
    void aTruckThatDrivesLittleIsDueByDays() {
        // 40,000 - 4,500 = 35,500 km at 100 km a day are 355 days; 120 days end on 29 August.
        assertThat(ServiceDue.of(GENERAL, LAST, 4_500, 100, TODAY)).isEqualTo(LocalDate.parse("2026-08-29"));
    }

    @Test
    void aTruckThatDrivesMuchIsDueByKilometres() {
        // 40,000 - 27,000 = 13,000 km at 600 km a day: 21 whole days.
        assertThat(ServiceDue.of(GENERAL, LAST, 27_000, 600, TODAY)).isEqualTo(LocalDate.parse("2026-07-06"));
    }

    @Test
    void dangerousGoodsAreServicedMoreOften() {
        Interval interval = Interval.of(VehicleClass.DANGEROUS_GOODS);
        assertThat(ServiceDue.of(interval, LAST, 0, 0, TODAY)).isEqualTo(LocalDate.parse("2026-07-30"));
        assertThat(ServiceDue.of(interval, LAST, 27_000, 600, TODAY)).isEqualTo(LocalDate.parse("2026-06-20"));
    }

    @Test
    void usedUpKilometresAreOverdueForAStandingTruckToo() {
        assertThat(ServiceDue.of(GENERAL, LAST, 41_200, 600, TODAY)).isEqualTo(LocalDate.parse("2026-06-13"));
        assertThat(ServiceDue.of(GENERAL, LAST, 41_200, 0, TODAY)).isEqualTo(LocalDate.parse("2026-06-14"));
        assertThat(ServiceDue.of(GENERAL, LAST, 39_000, 0, TODAY)).isEqualTo(LocalDate.parse("2026-08-29"));
    }

    @Test
    void fewKilometresLeftWarnBeforeTheDaysDo() {
        LocalDate far = TODAY.plusDays(60);
        assertThat(ServiceDue.state(far, 2_000, TODAY)).isEqualTo(PaperState.DUE_SOON);
        assertThat(ServiceDue.state(far, 2_001, TODAY)).isEqualTo(PaperState.VALID);
        assertThat(ServiceDue.state(TODAY.minusDays(1), 9_000, TODAY)).isEqualTo(PaperState.OVERDUE);
    }

    @Test
    void moreKilometresNeverPutTheDayOff() {
        long seed = 20_261_121;
        Random dice = new Random(seed);
        for (int round = 0; round < 500; round++) {
            double km = dice.nextInt(60_000);
            double mean = dice.nextInt(900);
            LocalDate due = ServiceDue.of(GENERAL, LAST, km, mean, TODAY);
            assertThat(ServiceDue.of(GENERAL, LAST, km + 500, mean, TODAY))
                    .as("seed=%d km=%s mean=%s", seed, km, mean)
                    .isBeforeOrEqualTo(due);
            assertThat(due).isBetween(LAST, LAST.plusDays(120));
        }
    }
}
