package io.haulwatch.gateway.command;

import io.haulwatch.gateway.metrics.GatewayCounters;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the table of commands and the queues of the terminals that are online: knows which vehicles have commands pending, so that a
 * sign-on costs no query, and keeps steps that the table could not take until it can. Thread-safe.
 */
public final class Commands implements CommandDesk {
    /** Steps kept while the database is down; beyond, the oldest is given up and its command is found {@code sent} again later. */
    static final int MOST_DELAYED_STEPS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final CommandPort port;
    private final GatewayCounters counters;
    private final LongSupplier clockMillis;
    private final IntFunction<@Nullable Terminal> online;

    private final Set<Integer> withPending = ConcurrentHashMap.newKeySet();
    private final Set<Integer> toAskAgain = ConcurrentHashMap.newKeySet();
    private volatile boolean loaded;
    private volatile boolean loading;

    /** Guarded by itself. */
    private final ArrayDeque<CommandChange> delayed = new ArrayDeque<>();
    /** Guarded by {@link #delayed}; how many delayed steps each command has. */
    private final Map<UUID, Integer> delayedByCommand = new HashMap<>();

    /** A terminal that is online, as far as commands are concerned. */
    public interface Terminal {
        /** Reads the commands of its vehicle again; from any thread. */
        void reloadCommands();
    }

    /** @param online the terminal of a vehicle, or null while it is not signed on */
    public Commands(
            CommandPort port,
            GatewayCounters counters,
            LongSupplier clockMillis,
            IntFunction<@Nullable Terminal> online) {
        this.port = port;
        this.counters = counters;
        this.clockMillis = clockMillis;
        this.online = online;
    }

    @Override
    public void submit(int vehicleId, UUID commandId) {
        withPending.add(vehicleId);
        wake(vehicleId);
    }

    /** Whether a terminal that signs on now should read its commands. */
    public boolean mayHavePending(int vehicleId) {
        return withPending.contains(vehicleId);
    }

    /** Reads the pending commands of a vehicle and hands them over on {@code loop}; asks again later if the database is down. */
    public void load(int vehicleId, Executor loop, Consumer<List<TerminalCommand>> then) {
        var unused = port.pending(vehicleId).whenComplete((pending, failure) -> {
            if (failure != null) {
                toAskAgain.add(vehicleId);
                return;
            }
            if (pending.isEmpty()) {
                withPending.remove(vehicleId);
                return;
            }
            withPending.add(vehicleId);
            List<TerminalCommand> fresh = pending.stream()
                    .filter(command -> !stepDelayed(command.commandId()))
                    .toList();
            if (fresh.size() < pending.size()) {
                toAskAgain.add(vehicleId);
            }
            run(loop, () -> then.accept(fresh));
        });
    }

    /** The steps of one terminal's queue, answered on {@code loop}. */
    public CommandQueue.Steps stepsOn(Executor loop) {
        return new CommandQueue.Steps() {
            @Override
            public void take(CommandChange change, CommandQueue.StepListener then) {
                var unused = port.change(change).whenComplete((taken, failure) -> {
                    CommandQueue.Outcome outcome = failure != null
                            ? CommandQueue.Outcome.FAILED
                            : taken ? CommandQueue.Outcome.TAKEN : CommandQueue.Outcome.GONE;
                    if (outcome == CommandQueue.Outcome.TAKEN) {
                        counters.commands.count(change.to());
                    }
                    run(loop, () -> then.done(outcome, clockMillis.getAsLong()));
                });
            }

            @Override
            public void report(CommandChange change) {
                if (change.to() == change.from()) {
                    counters.commandsRepeated.increment();
                }
                Commands.this.report(change);
            }
        };
    }

    /** Every few seconds: what the database could not do before is tried again. */
    public void retry() {
        if (!loaded && !loading) {
            loadVehicles();
        }
        for (Integer vehicleId : List.copyOf(toAskAgain)) {
            toAskAgain.remove(vehicleId);
            wake(vehicleId);
        }
        List<CommandChange> again;
        synchronized (delayed) {
            again = List.copyOf(delayed);
            delayed.clear();
            delayedByCommand.clear();
        }
        for (CommandChange change : again) {
            report(change);
        }
    }

    /** Every minute: ends what no terminal will end. */
    public void endOverdue() {
        var unused = port.endOverdue(clockMillis.getAsLong()).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("overdue commands not ended now, tried again in a minute", failure);
            }
        });
    }

    /** Steps that wait for the database. */
    public int delayedSteps() {
        synchronized (delayed) {
            return delayed.size();
        }
    }

    private void loadVehicles() {
        loading = true;
        var unused = port.vehiclesWithPending().whenComplete((vehicles, failure) -> {
            loading = false;
            if (failure != null) {
                LOG.debug("pending commands not read now, tried again in some seconds", failure);
                return;
            }
            withPending.addAll(vehicles);
            loaded = true;
            vehicles.forEach(this::wake);
        });
    }

    private void wake(int vehicleId) {
        Terminal terminal = online.apply(vehicleId);
        if (terminal != null) {
            terminal.reloadCommands();
        }
    }

    private void report(CommandChange change) {
        if (stepDelayed(change.commandId())) {
            // Behind its own earlier step, which must reach the table first.
            delay(change);
            return;
        }
        var unused = port.change(change).whenComplete((taken, failure) -> {
            if (failure != null) {
                counters.commandStepsDelayed.increment();
                delay(change);
            } else if (taken && change.from() != change.to()) {
                counters.commands.count(change.to());
            }
        });
    }

    private boolean stepDelayed(UUID commandId) {
        synchronized (delayed) {
            return delayedByCommand.containsKey(commandId);
        }
    }

    private void delay(CommandChange change) {
        synchronized (delayed) {
            delayed.addLast(change);
            delayedByCommand.merge(change.commandId(), 1, Integer::sum);
            if (delayed.size() > MOST_DELAYED_STEPS) {
                CommandChange given = delayed.removeFirst();
                delayedByCommand.computeIfPresent(given.commandId(), (id, n) -> n == 1 ? null : n - 1);
                counters.commandStepsLost.increment();
            }
        }
    }

    private static void run(Executor loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the event loop has ended; the command stays in the table", e);
        }
    }
}
