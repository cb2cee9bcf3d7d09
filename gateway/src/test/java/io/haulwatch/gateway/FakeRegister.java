package io.haulwatch.gateway;

import io.haulwatch.gateway.register.NewTerminal;
import io.haulwatch.gateway.register.RegisterPort;
import io.haulwatch.gateway.register.RegistrationRefusedException;
import io.haulwatch.gateway.register.RegistrationResult;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The database's side of the register, by hand: can be down, can refuse. */
final class FakeRegister implements RegisterPort {
    private final Map<String, Terminal> terminals = new ConcurrentHashMap<>();
    private final AtomicInteger nextVehicle = new AtomicInteger(1000);
    final AtomicInteger calls = new AtomicInteger();
    volatile boolean down;
    volatile boolean refuses;

    void know(Terminal terminal) {
        terminals.put(terminal.phone(), terminal);
    }

    @Override
    public CompletionStage<Terminal> enrol(NewTerminal said) {
        return answer(() -> terminals.computeIfAbsent(
                said.phone(),
                phone -> new Terminal(nextVehicle.getAndIncrement(), 0, phone, said.terminalId(), said.plate(), 1)));
    }

    @Override
    public CompletionStage<Terminal> acceptChanged(Terminal known, NewTerminal said) {
        return answer(() -> {
            int generation = known.terminalId() == null ? known.generation() : known.generation() + 1;
            Terminal changed = new Terminal(
                    known.vehicleId(), known.companyId(), known.phone(), said.terminalId(), known.plate(), generation);
            terminals.put(known.phone(), changed);
            return changed;
        });
    }

    @Override
    public CompletionStage<Terminal> raiseGeneration(int vehicleId) {
        return answer(() -> {
            Terminal known = terminals.values().stream()
                    .filter(terminal -> terminal.vehicleId() == vehicleId)
                    .findFirst()
                    .orElseThrow();
            Terminal raised = new Terminal(
                    vehicleId,
                    known.companyId(),
                    known.phone(),
                    known.terminalId(),
                    known.plate(),
                    known.generation() + 1);
            terminals.put(raised.phone(), raised);
            return raised;
        });
    }

    private CompletionStage<Terminal> answer(java.util.function.Supplier<Terminal> change) {
        calls.incrementAndGet();
        if (down) {
            return CompletableFuture.failedFuture(new IllegalStateException("the database is down"));
        }
        if (refuses) {
            return CompletableFuture.failedFuture(new RegistrationRefusedException(
                    RegistrationResult.VEHICLE_ALREADY_REGISTERED, "the test refuses"));
        }
        return CompletableFuture.supplyAsync(change);
    }
}
