package io.haulwatch.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.gateway.command.CommandChange.Fix;
import io.haulwatch.gateway.command.CommandQueue.Outcome;
import io.haulwatch.gateway.command.CommandQueue.StepListener;
import io.haulwatch.jt808.parameter.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
    private static final long EXPIRES = 3_600_000;
    private static final TerminalCommand.Content TEXT = new TerminalCommand.Text("请休息", true, true, true);
    private static final TerminalCommand.Content PHOTO = new TerminalCommand.Photo(1, 1, 1);
    private static final TerminalCommand.Content DOORS = new TerminalCommand.Doors(true);
    private static final TerminalCommand.Content LOCATE = new TerminalCommand.Locate();

    private final List<String> wire = new ArrayList<>();
    private final List<CommandChange> steps = new ArrayList<>();
    private @Nullable StepListener claiming;
    private int reloads;
    private Outcome answer = Outcome.TAKEN;
    private boolean answersLater;
    private long now;
    private int serial;
    private int packages = 1;
    private @Nullable String unfit;

    private CommandQueue queue() {
        return new CommandQueue(
                5_000,
                3,
                new CommandQueue.Wire() {
                    @Override
                    public int nextSerials(int count) {
                        serial += count;
                        return serial - count & 0xFFFF;
                    }

                    @Override
                    public int packages(TerminalCommand.Content content) {
                        return packages;
                    }

                    @Override
                    public void sendAgain(TerminalCommand.Content content, int commandSerial, List<Integer> numbers) {
                        wire.add("again " + Integer.toHexString(content.messageId()) + " #" + commandSerial + " "
                                + numbers);
                    }

                    @Override
                    public void send(TerminalCommand.Content content, int commandSerial) {
                        wire.add(now / 1000 + "s " + Integer.toHexString(content.messageId()) + " #" + commandSerial);
                    }

                    @Override
                    public @Nullable String unfit(TerminalCommand.Content content) {
                        return unfit;
                    }

                    @Override
                    public void reload() {
                        reloads++;
                    }
                },
                new CommandQueue.Steps() {
                    @Override
                    public void take(CommandChange change, StepListener then) {
                        if (answersLater) {
                            claiming = then;
                            return;
                        }
                        if (answer == Outcome.TAKEN) {
                            steps.add(change);
                        }
                        then.done(answer, now);
                    }

                    @Override
                    public void report(CommandChange change) {
                        steps.add(change);
                    }
                });
    }

    private static TerminalCommand command(int n, TerminalCommand.Content content) {
        return new TerminalCommand(new UUID(0, n), 7, content, CommandState.QUEUED, 0, EXPIRES);
    }

    private List<CommandState> reached() {
        return steps.stream().map(CommandChange::to).toList();
    }

    @Test
    void aPictureOwesItsAnswerAfterItWasConfirmedAndIsNotAskedForAgain() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, PHOTO)), now);
        assertThat(queue.answered(0, 0x8801, 0, now)).isTrue();
        assertThat(reached()).containsExactly(CommandState.SENT);
        now = 29_000;
        queue.tick(now);
        assertThat(wire).hasSize(1);
        assertThat(queue.shot(0, 0, List.of(9L), now)).isTrue();
        assertThat(reached()).containsExactly(CommandState.SENT, CommandState.ACKNOWLEDGED);
        assertThat(steps.getLast().response()).isEqualTo(new CommandChange.Pictures(List.of(9L)));
        assertThat(queue.shot(0, 0, List.of(9L), now))
                .as("nothing waits for it")
                .isFalse();
    }

    @Test
    void aConfirmedPictureOfWhichNothingElseIsSaidWasConfirmedAndNoMore() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, PHOTO)), now);
        queue.answered(0, 0x8801, 0, now);
        now = 30_000;
        queue.tick(now);
        assertThat(reached()).containsExactly(CommandState.SENT, CommandState.ACKNOWLEDGED);
        assertThat(steps.getLast().result()).isEqualTo("The terminal confirmed and did not say what it took.");
        assertThat(steps.getLast().response()).isNull();
        // The next one starts unconfirmed: it is repeated like any other.
        queue.offer(List.of(command(2, PHOTO)), now);
        now = 35_000;
        queue.tick(now);
        assertThat(wire).containsExactly("0s 8801 #0", "30s 8801 #1", "35s 8801 #1");
    }

    @Test
    void doorsAreLockedWhenTheTerminalsStatusSaysSoAndRefusedWhenItSaysOtherwise() {
        Fix fix = new Fix(29_000_000, 106_000_000, 0, 0, 0, true, 1L);
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, DOORS), command(2, DOORS), command(3, DOORS)), now);
        queue.answered(0, 0x8500, 0, now);
        assertThat(reached()).containsExactly(CommandState.SENT);
        assertThat(queue.controlled(0, true, fix, now)).isTrue();
        assertThat(steps.get(1).to()).isEqualTo(CommandState.ACKNOWLEDGED);
        assertThat(steps.get(1).response()).isEqualTo(fix);
        assertThat(queue.controlled(1, false, fix, now)).isTrue();
        assertThat(steps.get(3).to()).isEqualTo(CommandState.REFUSED);
        assertThat(steps.get(3).result()).isEqualTo("terminal answered: the doors are unlocked");
        queue.answered(2, 0x8500, 0, now);
        now = 30_000;
        queue.tick(now);
        assertThat(steps.getLast().to()).isEqualTo(CommandState.ACKNOWLEDGED);
        assertThat(steps.getLast().result()).isEqualTo("The terminal confirmed and did not say how the doors are.");
    }

    @Test
    void aLongCommandIsAcknowledgedByTheAnswerToItsLastPackage() {
        packages = 3;
        serial = 0xFFFE;
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT), command(2, TEXT)), now);
        assertThat(queue.answered(0xFFFD, 0x8300, 0, now)).isFalse();
        assertThat(queue.answered(0xFFFE, 0x8300, 0, now)).isTrue();
        assertThat(queue.answered(0xFFFF, 0x8300, 0, now)).isTrue();
        assertThat(reached()).containsExactly(CommandState.SENT);
        assertThat(queue.answered(0, 0x8300, 0, now)).isTrue();
        assertThat(wire).as("the serials go round").containsExactly("0s 8300 #65534", "0s 8300 #1");
        assertThat(reached()).containsExactly(CommandState.SENT, CommandState.ACKNOWLEDGED, CommandState.SENT);
        assertThat(queue.answered(0, 0x8300, 0, now)).as("of the one before").isFalse();
    }

    @Test
    void anAnswerToAnEarlierPackageAloneIsKeptApartFromOneToTheLast() {
        packages = 2;
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT)), now);
        assertThat(queue.answered(0, 0x8300, 0, now)).isTrue();
        now = 29_000;
        queue.tick(now);
        assertThat(wire).as("it is there and is not sent again").hasSize(1);
        now = 30_000;
        queue.tick(now);
        assertThat(steps.getLast().to()).isEqualTo(CommandState.ACKNOWLEDGED);
        assertThat(steps.getLast().result()).isEqualTo("The terminal confirmed a package of 2 and not the last one.");
    }

    @Test
    void aRefusalOfAnyPackageRefusesTheCommand() {
        packages = 2;
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT)), now);
        assertThat(queue.answered(0, 0x8300, 2, now)).isTrue();
        assertThat(steps.getLast().to()).isEqualTo(CommandState.REFUSED);
    }

    @Test
    void packagesThatATerminalMissesAreSentAgainWhileTheCommandIsOnItsWay() {
        packages = 3;
        CommandQueue queue = queue();
        assertThat(queue.askedAgain(0, List.of(2))).isFalse();
        queue.offer(List.of(command(1, TEXT)), now);
        assertThat(queue.askedAgain(1, List.of(2))).as("not its first serial").isFalse();
        assertThat(queue.askedAgain(0, List.of(2, 3))).isTrue();
        queue.answered(2, 0x8300, 0, now);
        assertThat(queue.askedAgain(0, List.of(2))).as("it is done").isFalse();
        assertThat(wire).containsExactly("0s 8300 #0", "again 8300 #0 [2, 3]");
        assertThat(steps).as("what is asked for again is no new attempt").hasSize(2);
    }

    @Test
    void aCameraThatIsNotThereIsARefusal() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, PHOTO)), now);
        assertThat(queue.shot(0, 2, List.of(), now)).isTrue();
        assertThat(reached()).containsExactly(CommandState.SENT, CommandState.REFUSED);
        assertThat(steps.getLast().result()).isEqualTo("terminal answered: no such camera (2)");
    }

    @Test
    void goesFromQueuedOverSentToAcknowledged() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT)), now);
        assertThat(wire).containsExactly("0s 8300 #0");
        assertThat(queue.answered(0, 0x8300, 0, now)).isTrue();
        assertThat(reached()).containsExactly(CommandState.SENT, CommandState.ACKNOWLEDGED);
        assertThat(queue.idle()).isTrue();
        assertThat(queue.answered(0, 0x8300, 0, now)).isFalse();
    }

    @Test
    void isSentInTheTableBeforeItsFirstByteIsWritten() {
        answersLater = true;
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT)), now);
        assertThat(wire).isEmpty();
        StepListener step = claiming;
        assertThat(step).isNotNull();
        if (step != null) {
            step.done(Outcome.TAKEN, now);
        }
        assertThat(wire).hasSize(1);
    }

    @Test
    void sendsAgainWithTheSameSerialAfterFiveTenThirtyAndThenGivesUpAfterOneHundredAndTwenty() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT)), now);
        for (now = 0; now <= 200_000; now += 1000) {
            queue.tick(now);
        }
        assertThat(wire).containsExactly("0s 8300 #0", "5s 8300 #0", "15s 8300 #0", "45s 8300 #0");
        assertThat(reached())
                .containsExactly(
                        CommandState.SENT,
                        CommandState.SENT,
                        CommandState.SENT,
                        CommandState.SENT,
                        CommandState.TIMED_OUT);
        CommandChange last = steps.getLast();
        assertThat(last.atMillis()).isEqualTo(165_000);
        assertThat(last.attempts()).isEqualTo(4);
        assertThat(last.result()).isEqualTo("no answer after 4 attempts");
    }

    @Test
    void holdsOneOnItsWayAndTheOthersInOrder() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT), command(2, LOCATE), command(3, TEXT)), now);
        assertThat(wire).containsExactly("0s 8300 #0");
        queue.answered(0, 0x8300, 1, now);
        assertThat(wire).containsExactly("0s 8300 #0", "0s 8201 #1");
        assertThat(steps.get(1).to()).isEqualTo(CommandState.REFUSED);
        assertThat(steps.get(1).result()).isEqualTo("terminal answered: failure (1)");
        Fix fix = new Fix(29_563_000, 106_551_000, 0, 0, 250, true, 0);
        // A general answer first does not settle a query; its 0x0201 does.
        assertThat(queue.answered(1, 0x8201, 0, now)).isTrue();
        assertThat(queue.located(0, fix, now)).isFalse();
        assertThat(queue.located(1, fix, now)).isTrue();
        assertThat(steps.get(3).response()).isEqualTo(fix);
        assertThat(wire).hasSize(3);
    }

    @Test
    void takesNothingTwiceWhenTheTableIsReadAgain() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT), command(2, TEXT)), now);
        queue.offer(List.of(command(1, TEXT), command(2, TEXT), command(3, TEXT)), now);
        assertThat(queue.waiting()).isEqualTo(2);
    }

    @Test
    void keepsABoundedNumberAndReadsTheRestLater() {
        List<TerminalCommand> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(command(i, TEXT));
        }
        CommandQueue queue = queue();
        queue.offer(many, now);
        assertThat(queue.waiting()).isLessThanOrEqualTo(CommandQueue.MOST_WAITING);
        for (int i = 0; i <= CommandQueue.MOST_WAITING; i++) {
            queue.answered(i, 0x8300, 0, now);
        }
        assertThat(reloads).isEqualTo(1);
    }

    @Test
    void expiresUnsentAndTimesOutSentWhenItsTimeIsOver() {
        CommandQueue queue = queue();
        now = EXPIRES;
        TerminalCommand sentBefore = new TerminalCommand(new UUID(0, 2), 7, TEXT, CommandState.SENT, 2, EXPIRES);
        queue.offer(List.of(command(1, TEXT), sentBefore), now);
        assertThat(wire).isEmpty();
        assertThat(reached()).containsExactly(CommandState.EXPIRED, CommandState.TIMED_OUT);
    }

    @Test
    void sendsACommandThatWasSentBeforeARestartOnceMoreAndCountsOn() {
        CommandQueue queue = queue();
        queue.offer(List.of(new TerminalCommand(new UUID(0, 1), 7, TEXT, CommandState.SENT, 2, EXPIRES)), now);
        assertThat(wire).containsExactly("0s 8300 #0");
        assertThat(steps.getFirst().from()).isEqualTo(CommandState.SENT);
        assertThat(steps.getFirst().attempts()).isEqualTo(3);
    }

    @Test
    void waitsWhileTheTableCannotBeAsked() {
        CommandQueue queue = queue();
        answer = Outcome.FAILED;
        queue.offer(List.of(command(1, TEXT)), now);
        now = 4_000;
        queue.tick(now);
        assertThat(wire).isEmpty();
        answer = Outcome.TAKEN;
        now = 5_000;
        queue.tick(now);
        assertThat(wire).containsExactly("5s 8300 #1");
    }

    @Test
    void dropsACommandThatSomebodyElseHasEnded() {
        CommandQueue queue = queue();
        answer = Outcome.GONE;
        queue.offer(List.of(command(1, TEXT)), now);
        assertThat(wire).isEmpty();
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void refusesWhatTheTerminalCannotBeSent() {
        unfit = "text is longer than one package: length=1022 most=1021";
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT)), now);
        assertThat(wire).isEmpty();
        assertThat(steps.getFirst().to()).isEqualTo(CommandState.REFUSED);
        assertThat(steps.getFirst().result()).isEqualTo(unfit);
    }

    @Test
    void asksForAllParametersWhereTheTerminalDoesNotKnowTheQueryOfSome() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, new TerminalCommand.ReadParameters(List.of(0x55L)))), now);
        assertThat(queue.answered(0, 0x8106, 3, now)).isTrue();
        assertThat(wire).containsExactly("0s 8106 #0", "0s 8104 #1");
        List<Parameter> all = List.of(Parameter.number(0x55, 90), Parameter.number(0x56, 10));
        assertThat(queue.reported(0, all, now)).isFalse();
        assertThat(queue.reported(1, all, now)).isTrue();
        assertThat(reached()).containsExactly(CommandState.SENT, CommandState.SENT, CommandState.ACKNOWLEDGED);
        assertThat(steps.getLast().response()).isEqualTo(new CommandChange.Parameters(all));
    }

    @Test
    void givesUpOnParametersThatTheTerminalDoesNotTellAtAll() {
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, new TerminalCommand.ReadParameters(List.of(0x55L)))), now);
        queue.answered(0, 0x8106, 3, now);
        queue.answered(1, 0x8104, 3, now);
        assertThat(steps.getLast().to()).isEqualTo(CommandState.REFUSED);
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void forgetsEverythingWithItsConnection() {
        answersLater = true;
        CommandQueue queue = queue();
        queue.offer(List.of(command(1, TEXT)), now);
        queue.close();
        StepListener step = claiming;
        if (step != null) {
            step.done(Outcome.TAKEN, now);
        }
        assertThat(wire).isEmpty();
        assertThat(queue.idle()).isTrue();
    }
}
