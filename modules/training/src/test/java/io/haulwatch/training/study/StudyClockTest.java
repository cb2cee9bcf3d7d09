package io.haulwatch.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.training.study.StudyClock.Outcome;
import io.haulwatch.training.study.StudyClock.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** E-1 to E-3 are worked examples of the training sheet §3. */
class StudyClockTest {
    private static final StudyParameters USUAL = StudyParameters.USUAL;
    private static final PresenceChecks NEVER = index -> Long.MAX_VALUE;

    @Test
    void example1HiddenTimeAndOneMissedCheckAreNotCredited() {
        Player player = Player.ofLesson(1_800, 300, 825);
        player.play(300);
        assertThat(player.asked()).isTrue();
        assertThat(player.answer(0).outcome()).isEqualTo(Outcome.PRESENT);
        player.play(525);
        assertThat(player.asked()).isTrue();
        Step missed = player.play(75);
        assertThat(missed.outcome()).isEqualTo(Outcome.CHECK_MISSED);
        assertThat(missed.revokedMillis()).isEqualTo(585_000);
        assertThat(player.creditedSeconds()).isEqualTo(300);
        player.show(false);
        player.play(300);
        player.show(true);
        player.play(600);
        assertThat(player.state().maxPositionMillis()).isEqualTo(1_800_000);
        assertThat(player.creditedSeconds()).isEqualTo(1_800 - 300 - 600);
        assertThat(StudyHours.USUAL.hours(player.state().creditedMillis())).isEqualTo("0.33");
    }

    /** The player's clock is not asked, so only what ours says can be credited, whatever position it claims. */
    @Test
    void example2NoMoreIsCreditedThanTheTimeByOurClock() {
        Player player = Player.ofLesson(10_000);
        for (int i = 0; i < 40; i++) {
            player.pass(15_000, i == 20 ? 7_200_000 : 15_000);
        }
        assertThat(player.creditedSeconds()).isLessThanOrEqualTo(600).isGreaterThan(500);
        Player honest = Player.ofLesson(10_000);
        honest.play(600);
        assertThat(honest.creditedSeconds()).isEqualTo(600);
        Player hasty = Player.ofLesson(10_000);
        for (int i = 0; i < 40; i++) {
            hasty.pass(15_000, 18_000);
        }
        assertThat(hasty.creditedSeconds()).isEqualTo(600);
    }

    @Test
    void example3AJumpAheadGoesBackAndIsWorthNothing() {
        Player player = Player.ofLesson(1_800);
        player.play(195);
        player.pass(5_000, 5_000);
        assertThat(player.creditedSeconds()).isEqualTo(200);
        Step jump = player.seek(1_700);
        assertThat(jump.outcome()).isEqualTo(Outcome.JUMPED);
        assertThat(jump.creditedMillis()).isZero();
        assertThat(jump.state().positionMillis()).isEqualTo(200_000);
        player.play(15);
        assertThat(player.creditedSeconds()).isEqualTo(215);
    }

    @Test
    void playingTwiceAsFastIsAJumpAtEachBeat() {
        Player player = Player.ofLesson(1_800);
        for (int i = 0; i < 10; i++) {
            assertThat(player.pass(15_000, 30_000).outcome()).isEqualTo(Outcome.JUMPED);
        }
        assertThat(player.creditedSeconds()).isZero();
    }

    @Test
    void aLessonThatWasDoneMayBeJumpedThrough() {
        StudyClock free = new StudyClock(1_800_000, true, NEVER, USUAL);
        Player player = new Player(free);
        assertThat(player.seek(1_700).outcome()).isEqualTo(Outcome.CREDITED);
        assertThat(player.creditedSeconds()).isEqualTo(1);
    }

    @Test
    void goingBackIsFreeAndStudyingAgainCountsUpToTheLength() {
        Player player = Player.ofLesson(60);
        player.play(45);
        assertThat(player.seek(0).outcome()).isEqualTo(Outcome.CREDITED);
        player.play(60);
        assertThat(player.creditedSeconds()).isEqualTo(60);
        player.seek(0);
        player.play(60);
        assertThat(player.creditedSeconds()).isEqualTo(60);
    }

    @Test
    void threeBeatsMayBeMissingAndNoMore() {
        Player three = Player.ofLesson(1_800);
        Step late = three.pass(45_000, 45_000);
        assertThat(late.outcome()).isEqualTo(Outcome.CREDITED);
        assertThat(late.creditedMillis()).isEqualTo(15_000);

        Player player = Player.ofLesson(1_800);
        player.play(60);
        Step gap = player.pass(45_001, 1_000);
        assertThat(gap.outcome()).isEqualTo(Outcome.GAP);
        assertThat(gap.creditedMillis()).isZero();
        player.play(15);
        assertThat(player.creditedSeconds()).isEqualTo(75);
        assertThat(player.pass(300_000, 300_000).outcome())
                .as("who played on without a line goes back")
                .isEqualTo(Outcome.JUMPED);
    }

    @Test
    void whatIsHiddenIsNotCreditedAndWhatCameBeforeIs() {
        Player player = Player.ofLesson(1_800);
        player.pass(7_000, 7_000);
        player.show(false);
        assertThat(player.creditedSeconds()).isEqualTo(7);
        assertThat(player.play(45).outcome()).isEqualTo(Outcome.HIDDEN);
        player.show(true);
        assertThat(player.creditedSeconds()).isEqualTo(7);
        player.play(15);
        assertThat(player.creditedSeconds()).isEqualTo(22);
    }

    @Test
    void aPausedLessonIsWorthNothing() {
        Player player = Player.ofLesson(1_800);
        player.play(30);
        player.pass(15_000, 0);
        player.pass(15_000, 0);
        assertThat(player.creditedSeconds()).isEqualTo(30);
    }

    @Test
    void aReplayedBeatChangesNothing() {
        Player player = Player.ofLesson(1_800);
        player.play(30);
        StudyState before = player.state();
        Step replay = player.replay();
        assertThat(replay.outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(replay.state()).isEqualTo(before);
        StudyClock clock = new StudyClock(1_800_000, false, NEVER, USUAL);
        long later = before.lastBeatAtMillis() + 15_000;
        assertThat(clock.beat(before, new Beat(later, before.lastSequence() + 1, before.lastNonce(), 45_000, true))
                        .outcome())
                .as("a new number around an old nonce")
                .isEqualTo(Outcome.REPLAYED);
        assertThat(clock.beat(before, new Beat(later, before.lastSequence() - 1, "new", 45_000, true))
                        .outcome())
                .as("out of order")
                .isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void aClockThatIsSetBackIsWorthNothing() {
        Player player = Player.ofLesson(1_800);
        player.play(30);
        assertThat(player.pass(-10_000, 5_000).creditedMillis()).isZero();
        assertThat(player.pass(10_000, 5_000).creditedMillis()).isZero();
        assertThat(player.creditedSeconds()).isEqualTo(30);
    }

    @Test
    void aMissedCheckRevokesExactlyOneInterval() {
        Player player = Player.ofLesson(3_600, 600, 1_200, 1_800);
        player.play(600);
        player.answer(10);
        player.play(660);
        assertThat(player.answer(0).outcome()).as("after 60 s").isEqualTo(Outcome.PRESENT);
        assertThat(player.state().securedMillis()).isEqualTo(1_260_000);
        player.play(600);
        Step late = player.answer(1);
        assertThat(late.outcome()).as("after 61 s").isEqualTo(Outcome.CHECK_MISSED);
        assertThat(late.revokedMillis()).isEqualTo(600_000);
        assertThat(player.creditedSeconds()).isEqualTo(1_260);
        assertThat(player.answer(0).outcome()).isEqualTo(Outcome.NOT_ASKED);
    }

    @Test
    void twoMissedChecksInARowEndTheSittingAndTheNextGoesOn() {
        Player player = Player.ofLesson(3_600, 60, 150, 300);
        player.play(60);
        player.play(75);
        assertThat(player.state().missedInARow()).isEqualTo(1);
        player.play(30);
        player.play(75);
        assertThat(player.state().ended()).isTrue();
        assertThat(player.creditedSeconds()).isZero();
        assertThat(player.play(15).outcome()).isEqualTo(Outcome.ENDED);
        assertThat(player.answer(0).outcome()).isEqualTo(Outcome.ENDED);
        player.nextSitting();
        player.play(60);
        assertThat(player.creditedSeconds()).isEqualTo(60);
        assertThat(player.state().ended()).isFalse();
    }

    @Test
    void anAnswerInBetweenStartsTheCountAnew() {
        Player player = Player.ofLesson(3_600, 60, 150, 240);
        player.play(135);
        assertThat(player.state().missedInARow()).isEqualTo(1);
        player.play(30);
        player.answer(5);
        assertThat(player.state().missedInARow()).isZero();
        player.play(165);
        assertThat(player.state().missedInARow()).isEqualTo(1);
        assertThat(player.state().ended()).isFalse();
    }

    @Test
    void leavingWhileACheckIsOpenIsNoWayAroundIt() {
        Player player = Player.ofLesson(1_800, 60);
        player.play(60);
        assertThat(player.state().checkOpen()).isTrue();
        player.nextSitting();
        assertThat(player.creditedSeconds()).isZero();
        Player leaving = Player.ofLesson(1_800, 60);
        leaving.play(45);
        leaving.nextSitting();
        assertThat(leaving.creditedSeconds()).isEqualTo(45);
        assertThat(leaving.state().positionMillis()).isEqualTo(45_000);
    }

    @Test
    void aLessonIsDoneWhenItWasSeenToItsEndAndCreditedNearlyInFull() {
        StudyClock clock = new StudyClock(180_000, false, NEVER, USUAL);
        Player player = new Player(clock);
        player.play(165);
        assertThat(clock.isDone(player.state())).isFalse();
        player.pass(14_600, 15_000);
        assertThat(clock.isDone(player.state())).isTrue();
        Player hidden = new Player(clock);
        hidden.show(false);
        hidden.play(180);
        assertThat(clock.isDone(hidden.state())).isFalse();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Beat(0, 1, "n", 0, true)).hasMessageContaining("serverMillis=0");
        assertThatThrownBy(() -> new StudyClock(0, false, NEVER, USUAL)).hasMessageContaining("nominalMillis=0");
        assertThatThrownBy(() -> new StudyState(0, 1, 0, 0, 0, 0, -1, "", false, 0, 0, 0, false))
                .hasMessageContaining("securedMillis=1");
        assertThatThrownBy(() -> new StudyParameters(15_000, 3, 5_000, 60_000, 2, 101))
                .hasMessageContaining("donePercent=101");
    }

    @Test
    void whateverAPlayerSaysNoMoreIsCreditedThanTimeAndLengthAllow() {
        for (int seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long nominal = random.nextLong(60_000, 1_260_000);
            StudyClock clock =
                    new StudyClock(nominal, random.nextBoolean(), PresenceChecks.drawn(seed, nominal), USUAL);
            List<Beat> beats = new ArrayList<>();
            long now = 1_000;
            long seen = 0;
            long position = 0;
            StudyState state = StudyState.FRESH;
            for (int i = 0; i < 150; i++) {
                long elapsed = random.nextInt(10) == 0 ? random.nextLong(90_000) : random.nextLong(14_000, 16_000);
                now += elapsed;
                position = random.nextInt(12) == 0 ? random.nextLong(-1_000, 2_000_000) : position + 15_000;
                Beat beat = new Beat(now, i, "n" + i, position, random.nextInt(8) != 0);
                beats.add(beat);
                seen += state.visible() ? elapsed : 0;
                Step step = clock.beat(state, beat);
                assertThat(step.creditedMillis()).as("seed %d", seed).isBetween(0L, Math.min(15_000, elapsed));
                state = step.state();
                position = state.positionMillis();
                if (state.checkOpen() && random.nextInt(3) != 0) {
                    state = clock.answer(state, now + random.nextInt(1_000)).state();
                }
                Step replay = clock.beat(state, beats.get(random.nextInt(beats.size())));
                if (!state.ended()) {
                    assertThat(replay.outcome()).as("seed %d", seed).isEqualTo(Outcome.REPLAYED);
                }
                assertThat(replay.state()).as("seed %d", seed).isEqualTo(state);
            }
            assertThat(state.creditedMillis()).as("seed %d", seed).isLessThanOrEqualTo(Math.min(nominal, seen));
        }
    }
}
