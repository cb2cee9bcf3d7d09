package io.haulwatch.gateway.command;

import io.haulwatch.gateway.command.CommandChange.Fix;
import io.haulwatch.gateway.command.CommandChange.Response;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.parameter.Parameter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one signed-on terminal: one is on its way at a time, the others wait. A command becomes {@code sent} in the table
 * before its first byte is written, so after a crash the table never says less than the terminal has seen. Not answered, it is sent
 * again with the same serial; the wait grows as T(N+1) = T(N) × (N+1), N the number of the retransmission (section 4 of the
 * protocol): 5, 10, 30, 120 s.
 *
 * <p>Knows no socket, no clock and no database: time comes in, frames and steps go out. One thread.
 */
public final class CommandQueue {
    /** Commands kept in memory; the rest stays in the table until these are done. */
    public static final int MOST_WAITING = 32;

    private static final long DATABASE_PAUSE_MILLIS = 5_000;

    /** From 0x0001 to what was taken (0x0805) or how the doors are (0x0500): cameras wake up slowly, and some terminals say no more. */
    private static final long MORE_MILLIS = 30_000;

    /** The terminal's connection. */
    public interface Wire {
        /** The first of that many consecutive message serials of this terminal. */
        int nextSerials(int count);

        /** Packages, and so serials, that a command takes for this terminal, at least 1. */
        int packages(TerminalCommand.Content content);

        /** Writes a command; its packages take the serials from this one on. */
        void send(TerminalCommand.Content content, int serial);

        /** Writes some packages of a command again, unchanged. */
        void sendAgain(TerminalCommand.Content content, int serial, List<Integer> packages);

        /** Why this terminal's edition or the packages of one message cannot carry it; null if they can. */
        @Nullable
        String unfit(TerminalCommand.Content content);

        /** Asks for the commands of this vehicle to be read from the table again. */
        void reload();
    }

    /** How a step was taken by the table. */
    public enum Outcome {
        TAKEN,
        /** The command is no longer in the state that the step starts from. */
        GONE,
        /** The table could not be asked. */
        FAILED
    }

    /** Takes steps to the table. */
    public interface Steps {
        /** Makes a step durable and then says how it went, on the thread of the queue. */
        void take(CommandChange change, StepListener then);

        /** Makes a step durable sooner or later; nobody waits for it. */
        void report(CommandChange change);
    }

    /** Told how a step went. */
    public interface StepListener {
        void done(Outcome outcome, long nowMillis);
    }

    /** What a terminal owes after it confirmed a command with 0x0001. */
    private enum Owes {
        NOTHING,
        /** Its own answer: without one the command times out. */
        ANSWER,
        /** More, if it is one that says more; otherwise the confirmation is all there is. */
        PERHAPS
    }

    private enum Phase {
        IDLE,
        CLAIMING,
        AWAITING
    }

    private final long firstWaitMillis;
    private final int retransmissions;
    private final Wire wire;
    private final Steps steps;

    private final ArrayDeque<TerminalCommand> waiting = new ArrayDeque<>();
    private final Set<UUID> known = new HashSet<>();
    private boolean moreInTable;
    private long pausedUntilMillis = Long.MIN_VALUE;
    private boolean closed;

    private Phase phase = Phase.IDLE;
    private @Nullable TerminalCommand current;
    /** Of the first package. */
    private int serial;

    private int packages;
    private int attempts;
    private int repeated;
    private boolean confirmed;
    private long waitMillis;
    private long deadlineMillis;

    /**
     * @param firstWaitMillis wait for an answer to the first sending, at least 1
     * @param retransmissions times that an unanswered command is sent again, 0..10
     */
    public CommandQueue(long firstWaitMillis, int retransmissions, Wire wire, Steps steps) {
        if (firstWaitMillis < 1 || retransmissions < 0 || retransmissions > 10) {
            throw new IllegalArgumentException("wait must be positive and retransmissions 0 to 10: firstWaitMillis="
                    + firstWaitMillis + " retransmissions=" + retransmissions);
        }
        this.firstWaitMillis = firstWaitMillis;
        this.retransmissions = retransmissions;
        this.wire = wire;
        this.steps = steps;
    }

    /** Takes what the table says is pending, oldest first; what is known already is not taken twice. */
    public void offer(List<TerminalCommand> pending, long nowMillis) {
        moreInTable = false;
        for (TerminalCommand command : pending) {
            if (known.contains(command.commandId())) {
                continue;
            }
            if (waiting.size() >= MOST_WAITING) {
                moreInTable = true;
                break;
            }
            known.add(command.commandId());
            waiting.add(command);
        }
        pump(nowMillis);
    }

    /** Nothing waits and nothing is on its way. */
    public boolean idle() {
        return phase == Phase.IDLE && waiting.isEmpty();
    }

    /** Commands waiting, without the one on its way. */
    public int waiting() {
        return waiting.size();
    }

    /**
     * A general answer (0x0001) of the terminal. One that quotes the last package of a long command answers it whole; terminals that
     * answer each package come to that by themselves, and for one that quotes only an earlier package the rest is waited for.
     *
     * @param messageId id that it says it answers
     * @param result 0 done, 1 failure, 2 message wrong, 3 not supported
     * @return false if nothing waits for it
     */
    public boolean answered(int answeredSerial, int messageId, int result, long nowMillis) {
        TerminalCommand command = current;
        if (phase != Phase.AWAITING
                || command == null
                || !isMine(answeredSerial)
                || messageId != command.content().messageId()) {
            return false;
        }
        if (result == 0 && answeredSerial != (serial + packages - 1 & 0xFFFF)) {
            confirmed = true;
            deadlineMillis = nowMillis + MORE_MILLIS;
            return true;
        }
        if (result == 0) {
            switch (owes(command.content())) {
                case NOTHING -> finish(CommandState.ACKNOWLEDGED, null, null, nowMillis);
                case PERHAPS -> {
                    confirmed = true;
                    deadlineMillis = nowMillis + MORE_MILLIS;
                }
                case ANSWER -> {
                    // The wait goes on.
                }
            }
            return true;
        }
        if (result == GeneralAnswer.UNSUPPORTED
                && command.content() instanceof TerminalCommand.ReadParameters(List<Long> ids)
                && !ids.isEmpty()) {
            askForAll(command, nowMillis);
            return true;
        }
        String why = switch (result) {
            case 1 -> "terminal answered: failure (1)";
            case 2 -> "terminal answered: message wrong (2)";
            case 3 -> "terminal answered: not supported (3)";
            default -> "terminal answered: " + result;
        };
        finish(CommandState.REFUSED, why, null, nowMillis);
        return true;
    }

    /**
     * Packages of the command on its way that the terminal has not got (0x0005 of edition 2019).
     *
     * @param firstSerial serial of its first package
     * @return false if no such command is on its way
     */
    public boolean askedAgain(int firstSerial, List<Integer> numbers) {
        TerminalCommand command = current;
        if (phase != Phase.AWAITING || command == null || firstSerial != serial || packages == 1) {
            return false;
        }
        wire.sendAgain(command.content(), serial, numbers);
        return true;
    }

    private boolean isMine(int answeredSerial) {
        return (answeredSerial - serial & 0xFFFF) < packages;
    }

    /** A position that answers a query (0x0201). @return false if nothing waits for it */
    public boolean located(int querySerial, Fix fix, long nowMillis) {
        TerminalCommand command = current;
        if (phase != Phase.AWAITING
                || command == null
                || querySerial != serial
                || !(command.content() instanceof TerminalCommand.Locate)) {
            return false;
        }
        finish(CommandState.ACKNOWLEDGED, null, fix, nowMillis);
        return true;
    }

    /** Parameters that answer a query (0x0104). @return false if nothing waits for them */
    public boolean reported(int querySerial, List<Parameter> parameters, long nowMillis) {
        TerminalCommand command = current;
        if (phase != Phase.AWAITING
                || command == null
                || querySerial != serial
                || !(command.content() instanceof TerminalCommand.ReadParameters)) {
            return false;
        }
        finish(CommandState.ACKNOWLEDGED, null, new CommandChange.Parameters(parameters), nowMillis);
        return true;
    }

    /**
     * What a terminal took when it was told to (0x0805).
     *
     * @param result 0 ok, 1 failed, 2 channel unsupported
     * @return false if nothing waits for it
     */
    public boolean shot(int commandSerial, int result, List<Long> mediaIds, long nowMillis) {
        TerminalCommand command = current;
        if (phase != Phase.AWAITING
                || command == null
                || commandSerial != serial
                || !(command.content() instanceof TerminalCommand.Photo)) {
            return false;
        }
        switch (result) {
            case 0 -> finish(CommandState.ACKNOWLEDGED, null, new CommandChange.Pictures(mediaIds), nowMillis);
            case 1 -> finish(CommandState.REFUSED, "terminal answered: shooting failed (1)", null, nowMillis);
            case 2 -> finish(CommandState.REFUSED, "terminal answered: no such camera (2)", null, nowMillis);
            default -> finish(CommandState.REFUSED, "terminal answered: " + result, null, nowMillis);
        }
        return true;
    }

    /** Recorder data (0x0700) that were kept. @return false if nothing waits for them */
    public boolean recorded(int commandSerial, long nowMillis) {
        TerminalCommand command = current;
        if (phase != Phase.AWAITING
                || command == null
                || commandSerial != serial
                || !(command.content() instanceof TerminalCommand.ReadRecorder)) {
            return false;
        }
        finish(CommandState.ACKNOWLEDGED, null, null, nowMillis);
        return true;
    }

    /**
     * Zones that a terminal holds (0x0608). The answer does not quote the query's serial, so its kind is what it is known by.
     *
     * @param announced how many there are, as the answer says; where fewer could be read, what the terminal holds stays unknown
     * @return false if nothing waits for them
     */
    public boolean holds(CommandChange.Zones zones, long announced, long nowMillis) {
        TerminalCommand command = current;
        if (phase != Phase.AWAITING
                || command == null
                || !(command.content() instanceof TerminalCommand.ReadZones(ZoneKind kind))
                || kind != zones.kind()) {
            return false;
        }
        int read = zones.held().size();
        if (announced > read) {
            finish(
                    CommandState.ACKNOWLEDGED,
                    "The terminal announced " + announced + " zones and " + read
                            + " could be read: what it holds is not known.",
                    null,
                    nowMillis);
        } else {
            finish(CommandState.ACKNOWLEDGED, null, zones, nowMillis);
        }
        return true;
    }

    /**
     * How the doors are after they were told to lock or unlock (0x0500).
     *
     * @param locked status bit 12 of the position in it
     * @return false if nothing waits for it
     */
    public boolean controlled(int commandSerial, boolean locked, Fix fix, long nowMillis) {
        TerminalCommand command = current;
        if (phase != Phase.AWAITING
                || command == null
                || commandSerial != serial
                || !(command.content() instanceof TerminalCommand.Doors(boolean lock))) {
            return false;
        }
        if (locked == lock) {
            finish(CommandState.ACKNOWLEDGED, null, fix, nowMillis);
        } else {
            finish(
                    CommandState.REFUSED,
                    "terminal answered: the doors are " + (locked ? "locked" : "unlocked"),
                    fix,
                    nowMillis);
        }
        return true;
    }

    private static Owes owes(TerminalCommand.Content content) {
        return switch (content) {
            case TerminalCommand.Locate locate -> Owes.ANSWER;
            case TerminalCommand.ReadParameters read -> Owes.ANSWER;
            case TerminalCommand.ReadRecorder read -> Owes.ANSWER;
            case TerminalCommand.ReadZones read -> Owes.ANSWER;
            case TerminalCommand.Photo photo -> Owes.PERHAPS;
            case TerminalCommand.Doors doors -> Owes.PERHAPS;
            case TerminalCommand.Text text -> Owes.NOTHING;
            case TerminalCommand.SetParameters set -> Owes.NOTHING;
            case TerminalCommand.Control control -> Owes.NOTHING;
            case TerminalCommand.Track track -> Owes.NOTHING;
            case TerminalCommand.ConfirmAlarms confirm -> Owes.NOTHING;
            case TerminalCommand.Call call -> Owes.NOTHING;
            case TerminalCommand.SetZone zone -> Owes.NOTHING;
            case TerminalCommand.DeleteZone zone -> Owes.NOTHING;
        };
    }

    /** Edition 2011 does not know the query of given parameters: it is asked for all of them. */
    private void askForAll(TerminalCommand command, long nowMillis) {
        TerminalCommand whole = new TerminalCommand(
                command.commandId(),
                command.vehicleId(),
                new TerminalCommand.ReadParameters(List.of()),
                command.state(),
                command.attempts(),
                command.expiresMillis());
        current = whole;
        serial = wire.nextSerials(1);
        packages = 1;
        repeated = 0;
        attempts++;
        waitMillis = firstWaitMillis;
        deadlineMillis = nowMillis + waitMillis;
        wire.send(whole.content(), serial);
        steps.report(step(whole, CommandState.SENT, CommandState.SENT, nowMillis, null, null));
    }

    /** Whether 0x0201 with this serial is awaited; spares making a {@link Fix} for those that are not. */
    public boolean awaitsPosition(int querySerial) {
        return phase == Phase.AWAITING
                && querySerial == serial
                && current != null
                && current.content() instanceof TerminalCommand.Locate;
    }

    /** Time passes. */
    public void tick(long nowMillis) {
        TerminalCommand command = current;
        if (phase == Phase.AWAITING && command != null && nowMillis >= deadlineMillis) {
            if (confirmed) {
                finish(CommandState.ACKNOWLEDGED, saidNoMore(command.content()), null, nowMillis);
            } else if (repeated >= retransmissions || nowMillis >= command.expiresMillis()) {
                finish(CommandState.TIMED_OUT, "no answer after " + attempts + " attempts", null, nowMillis);
            } else {
                repeated++;
                attempts++;
                waitMillis *= repeated + 1;
                deadlineMillis = nowMillis + waitMillis;
                wire.send(command.content(), serial);
                steps.report(step(command, CommandState.SENT, CommandState.SENT, nowMillis, null, null));
            }
        }
        pump(nowMillis);
    }

    private String saidNoMore(TerminalCommand.Content content) {
        if (packages > 1) {
            return "The terminal confirmed a package of " + packages + " and not the last one.";
        }
        return content instanceof TerminalCommand.Doors
                ? "The terminal confirmed and did not say how the doors are."
                : "The terminal confirmed and did not say what it took.";
    }

    /** The connection is gone. What was not finished stays in the table as it is and comes back with the next sign-on. */
    public void close() {
        closed = true;
        waiting.clear();
        known.clear();
        current = null;
        phase = Phase.IDLE;
    }

    private void pump(long nowMillis) {
        while (!closed && phase == Phase.IDLE && nowMillis >= pausedUntilMillis) {
            TerminalCommand command = waiting.poll();
            if (command == null) {
                if (moreInTable) {
                    moreInTable = false;
                    wire.reload();
                }
                return;
            }
            String unfit = wire.unfit(command.content());
            if (nowMillis >= command.expiresMillis()) {
                boolean sent = command.state() == CommandState.SENT;
                drop(
                        command,
                        sent ? CommandState.TIMED_OUT : CommandState.EXPIRED,
                        sent ? "no answer before its time was over" : "its time was over before it could be sent",
                        nowMillis);
            } else if (unfit != null) {
                drop(command, CommandState.REFUSED, unfit, nowMillis);
            } else {
                claim(command, nowMillis);
            }
        }
    }

    private void drop(TerminalCommand command, CommandState to, String why, long nowMillis) {
        known.remove(command.commandId());
        steps.report(new CommandChange(
                command.commandId(), command.state(), to, -1, command.attempts(), nowMillis, why, null));
    }

    private void claim(TerminalCommand command, long nowMillis) {
        phase = Phase.CLAIMING;
        current = command;
        packages = wire.packages(command.content());
        serial = wire.nextSerials(packages);
        attempts = command.attempts() + 1;
        repeated = 0;
        confirmed = false;
        steps.take(
                step(command, command.state(), CommandState.SENT, nowMillis, null, null),
                (outcome, then) -> claimed(command, outcome, then));
    }

    private void claimed(TerminalCommand command, Outcome outcome, long nowMillis) {
        if (closed || phase != Phase.CLAIMING || !command.equals(current)) {
            return;
        }
        switch (outcome) {
            case TAKEN -> {
                phase = Phase.AWAITING;
                waitMillis = firstWaitMillis;
                deadlineMillis = nowMillis + waitMillis;
                wire.send(command.content(), serial);
            }
            case GONE -> {
                phase = Phase.IDLE;
                current = null;
                known.remove(command.commandId());
                pump(nowMillis);
            }
            case FAILED -> {
                phase = Phase.IDLE;
                current = null;
                waiting.addFirst(command);
                pausedUntilMillis = nowMillis + DATABASE_PAUSE_MILLIS;
            }
        }
    }

    private void finish(CommandState to, @Nullable String why, @Nullable Response response, long nowMillis) {
        TerminalCommand command = current;
        if (command == null) {
            throw new IllegalStateException("nothing to finish: phase=" + phase);
        }
        steps.report(step(command, CommandState.SENT, to, nowMillis, why, response));
        known.remove(command.commandId());
        current = null;
        phase = Phase.IDLE;
        pump(nowMillis);
    }

    private CommandChange step(
            TerminalCommand command,
            CommandState from,
            CommandState to,
            long nowMillis,
            @Nullable String why,
            @Nullable Response response) {
        return new CommandChange(command.commandId(), from, to, serial, attempts, nowMillis, why, response);
    }
}
