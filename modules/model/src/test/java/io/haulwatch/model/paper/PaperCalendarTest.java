package io.haulwatch.model.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.paper.PaperCalendar.Bar;
import io.haulwatch.model.paper.PaperCalendar.CycleBasis;
import io.haulwatch.model.paper.PaperVersion.Review;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.model.register.VehicleClass;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The worked examples of the sheet on papers, and what its words say of days and versions. */
class PaperCalendarTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-06-15");

    @Test
    void aTruckThatTurnsTenBeforeTheLongerCycleIsOverIsInspectedAfterHalfAYear() {
        LocalDate registered = LocalDate.parse("2016-03-15");
        LocalDate last = LocalDate.parse("2025-11-20");
        assertThat(PaperCalendar.nextInspection(registered, last, CycleBasis.AT_DUE))
                .isEqualTo(LocalDate.parse("2026-05-20"));
        assertThat(PaperCalendar.nextInspection(registered, last, CycleBasis.AT_LAST))
                .isEqualTo(LocalDate.parse("2026-11-20"));
    }

    @Test
    void aQualificationLapsesHalfAYearAfterItsEnd() {
        LocalDate expires = LocalDate.parse("2026-05-01");
        assertThat(by(PaperKind.DRV_QUALIFICATION, expires, "2026-05-01")).isEqualTo(PaperState.DUE_URGENT);
        assertThat(by(PaperKind.DRV_QUALIFICATION, expires, "2026-05-02")).isEqualTo(PaperState.OVERDUE);
        assertThat(by(PaperKind.DRV_QUALIFICATION, expires, "2026-10-28")).isEqualTo(PaperState.OVERDUE);
        assertThat(by(PaperKind.DRV_QUALIFICATION, expires, "2026-10-29")).isEqualTo(PaperState.LAPSED);
        assertThat(by(PaperKind.VEH_INSPECTION, expires, "2036-10-29")).isEqualTo(PaperState.OVERDUE);
    }

    @Test
    void anInsuranceRenewedWithoutAGapStaysValidAndOneDayOfGapIsOverdue() {
        PaperVersion old = approved(1, "2025-07-01", "2026-06-30");
        List<PaperVersion> seamless = List.of(old, approved(2, "2026-07-01", "2027-06-30"));
        List<PaperVersion> gap = List.of(old, approved(3, "2026-07-02", "2027-07-01"));
        assertThat(insurance(seamless, "2026-06-30")).isEqualTo(PaperState.DUE_URGENT);
        assertThat(insurance(seamless, "2026-07-01")).isEqualTo(PaperState.VALID);
        assertThat(insurance(gap, "2026-07-01")).isEqualTo(PaperState.OVERDUE);
        assertThat(insurance(gap, "2026-07-02")).isEqualTo(PaperState.VALID);
    }

    @Test
    void monthsEndOnTheLastDayThatThereIsAndTheSeriesFindsBack() {
        assertThat(PaperCalendar.series(LocalDate.parse("2027-01-31"), 1, 3))
                .containsExactly(
                        LocalDate.parse("2027-02-28"), LocalDate.parse("2027-03-31"), LocalDate.parse("2027-04-30"));
        assertThat(PaperCalendar.after(LocalDate.parse("2028-01-31"), 1)).isEqualTo(LocalDate.parse("2028-02-29"));
    }

    @Test
    void stepsFromValidToUrgentLieAtThirtyAndSevenDays() {
        assertThat(by(PaperKind.VEH_PERMIT, TODAY.plusDays(31), TODAY.toString()))
                .isEqualTo(PaperState.VALID);
        assertThat(by(PaperKind.VEH_PERMIT, TODAY.plusDays(30), TODAY.toString()))
                .isEqualTo(PaperState.DUE_SOON);
        assertThat(by(PaperKind.VEH_PERMIT, TODAY.plusDays(8), TODAY.toString()))
                .isEqualTo(PaperState.DUE_SOON);
        assertThat(by(PaperKind.VEH_PERMIT, TODAY.plusDays(7), TODAY.toString()))
                .isEqualTo(PaperState.DUE_URGENT);
    }

    @Test
    void eachWarningStepIsReachedOnItsDay() {
        PaperKind licence = PaperKind.CO_LICENCE;
        assertThat(PaperCalendar.step(licence, TODAY.plusDays(91), TODAY)).isEmpty();
        assertThat(PaperCalendar.step(licence, TODAY.plusDays(90), TODAY)).contains(90);
        assertThat(PaperCalendar.step(licence, TODAY.plusDays(61), TODAY)).contains(90);
        assertThat(PaperCalendar.step(licence, TODAY.plusDays(7), TODAY)).contains(7);
        assertThat(PaperCalendar.step(licence, TODAY, TODAY)).contains(7);
        assertThat(PaperCalendar.step(licence, TODAY.minusDays(1), TODAY)).isEmpty();
        assertThat(PaperCalendar.step(licence, null, TODAY)).isEmpty();
    }

    @Test
    void whatNobodyAgreedToIsNeverValid() {
        PaperVersion unknown = new PaperVersion(1, Review.PENDING, null, null);
        PaperVersion refused = new PaperVersion(2, Review.REJECTED, null, TODAY.plusYears(1));
        assertThat(of(List.of(), false)).isEqualTo(PaperState.MISSING);
        assertThat(of(List.of(unknown), false)).isEqualTo(PaperState.PENDING_REVIEW);
        assertThat(of(List.of(refused), false)).isEqualTo(PaperState.MISSING);
        assertThat(of(List.of(approved(3, "2020-01-01", "2026-06-01"), unknown), false))
                .isEqualTo(PaperState.OVERDUE);
    }

    @Test
    void aVersionIsSupersededByTheOneThatLastsLongerAndASuspensionHoldsTheOneThatCounts() {
        PaperVersion old = approved(1, "2020-01-01", "2026-06-30");
        PaperVersion renewed = approved(2, "2026-06-01", "2027-06-30");
        PaperVersion later = approved(3, "2027-07-01", "2028-06-30");
        List<PaperVersion> all = List.of(renewed, old, later);
        assertThat(version(old, all, true)).isEqualTo(PaperState.SUPERSEDED);
        assertThat(version(renewed, all, true)).isEqualTo(PaperState.SUSPENDED);
        assertThat(version(renewed, all, false)).isEqualTo(PaperState.VALID);
        assertThat(version(later, all, false)).isEqualTo(PaperState.VALID);
        assertThat(of(all, true)).isEqualTo(PaperState.SUSPENDED);
    }

    @Test
    void thePapersOfATruckThatIsLaidUpAreFrozenWhateverTheyAreAndCountNothing() {
        PaperVersion old = approved(1, "2020-01-01", "2026-05-30");
        PaperVersion over = approved(2, "2026-06-01", "2026-06-10");
        PaperVersion sent = new PaperVersion(3, Review.PENDING, null, null);
        List<PaperVersion> all = List.of(old, over, sent);
        assertThat(PaperCalendar.of(PaperKind.VEH_PERMIT, all, Bar.LAID_UP, TODAY))
                .isEqualTo(PaperState.INACTIVE);
        assertThat(PaperCalendar.of(PaperKind.VEH_PERMIT, List.of(), Bar.LAID_UP, TODAY))
                .as("one that is not there")
                .isEqualTo(PaperState.INACTIVE);
        assertThat(PaperCalendar.of(PaperKind.VEH_PERMIT, all, Bar.of(true, true), TODAY))
                .as("one that is held back besides")
                .isEqualTo(PaperState.INACTIVE);
        assertThat(all)
                .extracting(version -> PaperCalendar.ofVersion(PaperKind.VEH_PERMIT, version, all, Bar.LAID_UP, TODAY))
                .containsExactly(PaperState.SUPERSEDED, PaperState.INACTIVE, PaperState.PENDING_REVIEW);
        assertThat(PaperState.INACTIVE.risk()).isZero();
        assertThat(PaperState.INACTIVE.stops()).isTrue();
        assertThat(PaperState.INACTIVE.word()).isEqualTo("inactive");
    }

    @Test
    void aPaperWhoseDatesContradictCoversNoDay() {
        assertThat(PaperVersion.canBe(TODAY.plusDays(1), TODAY)).isFalse();
        assertThat(PaperVersion.canBe(TODAY, TODAY)).isTrue();
        PaperVersion impossible = approved(1, "2026-06-20", "2026-06-10");
        for (LocalDate day = TODAY.minusDays(10); day.isBefore(TODAY.plusDays(10)); day = day.plusDays(1)) {
            assertThat(impossible.covers(day, day)).as(day.toString()).isFalse();
        }
    }

    @Test
    void theOrderOfVersionsDoesNotMatter() {
        long seed = 20_261_121;
        Random dice = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<PaperVersion> versions = dice
                    .ints(dice.nextInt(6), 0, 1_000)
                    .mapToObj(n -> new PaperVersion(
                            n,
                            List.of(Review.PENDING, Review.APPROVED, Review.REJECTED)
                                    .get(n % 3),
                            n % 5 == 0 ? null : TODAY.plusDays(n % 41 - 30),
                            n % 7 == 0 ? null : TODAY.plusDays(n % 97 - 40)))
                    .collect(Collectors.toMap(PaperVersion::id, version -> version, (one, other) -> one))
                    .values()
                    .stream()
                    .toList();
            List<PaperVersion> shuffled = new java.util.ArrayList<>(versions);
            java.util.Collections.shuffle(shuffled, dice);
            assertThat(of(shuffled, false)).as("seed=%d round=%d", seed, round).isEqualTo(of(versions, false));
        }
    }

    @Test
    void theCatalogueNamesEachKindOnceWithItsOwnerAndWarnsTheLongestFirst() {
        assertThat(Arrays.stream(PaperKind.values()).map(PaperKind::code)).doesNotHaveDuplicates();
        for (PaperKind kind : PaperKind.values()) {
            assertThat(kind.leadDays()).as(kind.code()).isSortedAccordingTo((one, other) -> other - one);
            assertThat(PaperKind.of(kind.code())).isEqualTo(kind);
        }
        assertThat(PaperKind.CRITICAL)
                .allSatisfy(code -> assertThat(PaperKind.of(code)).isNotNull());
        assertThat(Arrays.stream(PaperKind.values()).filter(kind -> kind.riskWeight() > 0))
                .as("the kinds of the score")
                .hasSize(7);
        assertThat(PaperKind.VEH_INS_CARRIER.isNeededBy(Owner.VEHICLE, VehicleClass.GENERAL))
                .isFalse();
        assertThat(PaperKind.VEH_INS_CARRIER.isNeededBy(Owner.VEHICLE, VehicleClass.DANGEROUS_GOODS))
                .isTrue();
        assertThat(PaperKind.DRV_LICENCE.isNeededBy(Owner.DRIVER, null)).isTrue();
        assertThat(PaperKind.DRV_LICENCE.isNeededBy(Owner.VEHICLE, VehicleClass.GENERAL))
                .isFalse();
    }

    private static PaperState by(PaperKind kind, LocalDate expires, String today) {
        return PaperCalendar.byDay(kind, expires, LocalDate.parse(today));
    }

    private static PaperState insurance(List<PaperVersion> versions, String today) {
        return PaperCalendar.of(PaperKind.VEH_INS_COMPULSORY, versions, Bar.NONE, LocalDate.parse(today));
    }

    private static PaperState of(List<PaperVersion> versions, boolean held) {
        return PaperCalendar.of(PaperKind.VEH_PERMIT, versions, Bar.of(held, false), TODAY);
    }

    private static PaperState version(PaperVersion version, List<PaperVersion> all, boolean held) {
        return PaperCalendar.ofVersion(PaperKind.VEH_PERMIT, version, all, Bar.of(held, false), TODAY);
    }

    private static PaperVersion approved(long id, @Nullable String issued, String expires) {
        return new PaperVersion(
                id, Review.APPROVED, issued == null ? null : LocalDate.parse(issued), LocalDate.parse(expires));
    }
}
