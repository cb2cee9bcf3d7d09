package io.haulwatch.app.serve;

import io.haulwatch.gateway.register.NewTerminal;
import io.haulwatch.gateway.register.RegisterPort;
import io.haulwatch.gateway.register.RegistrationRefusedException;
import io.haulwatch.gateway.register.RegistrationResult;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import io.haulwatch.store.register.Enrolment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The gateway's changes to the register, done by the database. Enrolments that come together are one transaction. */
final class RegisterGate implements RegisterPort, AutoCloseable {
    private static final int WAITING = 20_000;
    private static final int TOGETHER = 500;

    private final Enrolment enrolment;
    private final BlockingQueue<Wish> wishes = new ArrayBlockingQueue<>(WAITING);
    private final Thread enroller;
    private final ExecutorService changes;

    private record Wish(Enrolment.Said said, CompletableFuture<Terminal> answer) {}

    RegisterGate(Enrolment enrolment) {
        this.enrolment = enrolment;
        this.enroller = Thread.ofPlatform().name("enrolment").daemon(true).start(this::enrolTogether);
        this.changes = new ThreadPoolExecutor(
                1,
                2,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("register-", 0).daemon(true).factory());
    }

    @Override
    public CompletionStage<Terminal> enrol(NewTerminal terminal) {
        Wish wish = new Wish(said(terminal), new CompletableFuture<>());
        if (!wishes.offer(wish)) {
            wish.answer.completeExceptionally(
                    new RejectedExecutionException("too many terminals wait for enrolment: waiting=" + WAITING));
        }
        return wish.answer;
    }

    @Override
    public CompletionStage<Terminal> acceptChanged(Terminal known, NewTerminal said) {
        return later(() -> enrolment.accept(known.vehicleId(), said(said)));
    }

    @Override
    public CompletionStage<Terminal> raiseGeneration(int vehicleId) {
        return later(() -> enrolment.raiseGeneration(vehicleId));
    }

    /** Work on the database that ends in an answer to a terminal. */
    @FunctionalInterface
    private interface Change {
        Enrolment.Outcome run() throws SQLException;
    }

    private CompletionStage<Terminal> later(Change change) {
        CompletableFuture<Terminal> answer = new CompletableFuture<>();
        try {
            changes.execute(() -> {
                try {
                    switch (change.run()) {
                        case Enrolment.Outcome.Accepted accepted -> answer.complete(accepted.terminal());
                        case Enrolment.Outcome.OtherVehicle other ->
                            answer.completeExceptionally(new RegistrationRefusedException(
                                    RegistrationResult.VEHICLE_NOT_IN_DATABASE,
                                    "the plate is not the one in the register"));
                        case Enrolment.Outcome.Unknown unknown ->
                            answer.completeExceptionally(new RegistrationRefusedException(
                                    RegistrationResult.TERMINAL_NOT_IN_DATABASE,
                                    "the terminal is not in the register any more"));
                    }
                } catch (SQLException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private void enrolTogether() {
        List<Wish> batch = new ArrayList<>();
        try {
            while (true) {
                batch.clear();
                batch.add(wishes.take());
                wishes.drainTo(batch, TOGETHER - 1);
                try {
                    Map<String, Terminal> terminals =
                            enrolment.enrol(batch.stream().map(Wish::said).toList());
                    for (Wish wish : batch) {
                        Terminal terminal = terminals.get(wish.said.phone());
                        if (terminal == null) {
                            wish.answer.completeExceptionally(new RegistrationRefusedException(
                                    RegistrationResult.TERMINAL_NOT_IN_DATABASE,
                                    "the terminal's vehicle was taken out of the register"));
                        } else {
                            wish.answer.complete(terminal);
                        }
                    }
                } catch (SQLException | RuntimeException e) {
                    batch.forEach(wish -> wish.answer.completeExceptionally(e));
                }
            }
        } catch (InterruptedException e) {
            batch.addAll(wishes);
            batch.forEach(wish -> wish.answer.completeExceptionally(e));
        }
    }

    private static Enrolment.Said said(NewTerminal terminal) {
        return new Enrolment.Said(
                terminal.phone(),
                terminal.maker(),
                terminal.model(),
                terminal.terminalId(),
                terminal.plateColour(),
                terminal.plate(),
                terminal.edition());
    }

    @Override
    public void close() {
        enroller.interrupt();
        changes.shutdownNow();
    }
}
