package io.haulwatch.gateway;

import io.haulwatch.gateway.command.CommandChange;
import io.haulwatch.gateway.command.CommandPort;
import io.haulwatch.gateway.command.CommandState;
import io.haulwatch.gateway.command.TerminalCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of commands, by hand. */
final class FakeCommands implements CommandPort {
    private final Map<UUID, TerminalCommand> pending = new LinkedHashMap<>();
    private final Map<UUID, CommandState> states = new LinkedHashMap<>();
    private final List<CommandChange> changes = new ArrayList<>();
    private UUID lastId = new UUID(0, 0);
    private boolean down;

    synchronized void down(boolean isDown) {
        down = isDown;
    }

    synchronized UUID add(int vehicleId, TerminalCommand.Content content, long expiresMillis) {
        UUID id = UUID.nameUUIDFromBytes(new byte[] {(byte) states.size(), (byte) vehicleId});
        lastId = id;
        pending.put(id, new TerminalCommand(id, vehicleId, content, CommandState.QUEUED, 0, expiresMillis));
        states.put(id, CommandState.QUEUED);
        return id;
    }

    synchronized UUID lastId() {
        return lastId;
    }

    synchronized @Nullable CommandState state(UUID id) {
        return states.get(id);
    }

    synchronized List<CommandChange> changes() {
        return List.copyOf(changes);
    }

    @Override
    public CompletionStage<Set<Integer>> vehiclesWithPending() {
        return answer(
                () -> pending.values().stream().map(TerminalCommand::vehicleId).collect(Collectors.toSet()));
    }

    @Override
    public CompletionStage<List<TerminalCommand>> pending(int vehicleId) {
        return answer(() -> pending.values().stream()
                .filter(command -> command.vehicleId() == vehicleId)
                .toList());
    }

    @Override
    public CompletionStage<Boolean> change(CommandChange change) {
        return answer(() -> {
            if (states.get(change.commandId()) != change.from()) {
                return false;
            }
            changes.add(change);
            states.put(change.commandId(), change.to());
            if (change.to().isFinal()) {
                pending.remove(change.commandId());
            } else {
                pending.computeIfPresent(
                        change.commandId(),
                        (id, old) -> new TerminalCommand(
                                id,
                                old.vehicleId(),
                                old.content(),
                                change.to(),
                                change.attempts(),
                                old.expiresMillis()));
            }
            return true;
        });
    }

    @Override
    public CompletionStage<Integer> endOverdue(long nowMillis) {
        return answer(() -> 0);
    }

    private synchronized <T> CompletionStage<T> answer(Supplier<T> value) {
        return down
                ? CompletableFuture.failedFuture(new IllegalStateException("the database is down"))
                : CompletableFuture.completedFuture(value.get());
    }
}
