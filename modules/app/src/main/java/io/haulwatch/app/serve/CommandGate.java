package io.haulwatch.app.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.gateway.command.CommandChange;
import io.haulwatch.gateway.command.CommandPort;
import io.haulwatch.gateway.command.CommandState;
import io.haulwatch.gateway.command.TerminalCommand;
import io.haulwatch.jt808.terminal.TerminalControl;
import io.haulwatch.store.command.CommandStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's view of the table of commands. */
final class CommandGate implements CommandPort, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandGate.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAITING = 10_000;

    private final CommandStore store;
    private final ExecutorService work = new ThreadPoolExecutor(
            1,
            2,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("commands-", 0).daemon(true).factory());

    CommandGate(CommandStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Set<Integer>> vehiclesWithPending() {
        return later(store::vehiclesWithPending);
    }

    @Override
    public CompletionStage<List<TerminalCommand>> pending(int vehicleId) {
        return later(() -> {
            List<TerminalCommand> commands = new ArrayList<>();
            for (CommandStore.Pending pending : store.pending(vehicleId)) {
                TerminalCommand command = command(pending);
                if (command != null) {
                    commands.add(command);
                }
            }
            return commands;
        });
    }

    @Override
    public CompletionStage<Boolean> change(CommandChange change) {
        return later(() -> store.change(new CommandStore.Step(
                change.commandId(),
                change.from().word(),
                change.to().word(),
                change.serial(),
                change.attempts(),
                change.atMillis(),
                change.result(),
                response(change.response()))));
    }

    @Override
    public CompletionStage<Integer> endOverdue(long nowMillis) {
        return later(() -> store.endOverdue(nowMillis));
    }

    private static @Nullable TerminalCommand command(CommandStore.Pending pending) {
        try {
            JsonNode payload = JSON.readTree(pending.payload());
            return new TerminalCommand(
                    pending.commandId(),
                    pending.vehicleId(),
                    content(pending.kind(), payload),
                    CommandState.valueOf(pending.state().toUpperCase(Locale.ROOT)),
                    pending.attempts(),
                    pending.expiresMillis());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.error("a command cannot be read and waits for its end: commandId={}", pending.commandId(), e);
            return null;
        }
    }

    private static TerminalCommand.Content content(String kind, JsonNode payload) {
        return switch (kind) {
            case "TEXT" ->
                new TerminalCommand.Text(
                        payload.path("text").asText(),
                        flag(payload, "urgent"),
                        flag(payload, "display"),
                        flag(payload, "tts"));
            case "LOCATE" -> new TerminalCommand.Locate();
            case "READ_PARAMETERS" -> {
                List<Long> ids = new ArrayList<>();
                payload.path("ids").forEach(id -> ids.add(id.longValue()));
                yield new TerminalCommand.ReadParameters(ids);
            }
            case "SET_PARAMETERS" -> new TerminalCommand.SetParameters(ParameterJson.read(payload.path("parameters")));
            case "TERMINAL_CONTROL" ->
                new TerminalCommand.Control(
                        switch (payload.path("control").asText()) {
                            case "restart" -> TerminalControl.RESET;
                            case "factory_settings" -> TerminalControl.FACTORY_SETTINGS;
                            case "power_off" -> TerminalControl.POWER_OFF;
                            default ->
                                throw new IllegalArgumentException("control is restart, factory_settings or power_off");
                        });
            case "DOORS" -> new TerminalCommand.Doors(payload.path("lock").asBoolean());
            case "PHOTO" ->
                new TerminalCommand.Photo(
                        payload.path("channel").asInt(),
                        payload.path("pictures").asInt(),
                        payload.path("size").asInt());
            case "TRACK" ->
                new TerminalCommand.Track(
                        payload.path("interval_s").asInt(),
                        payload.path("seconds").asLong());
            case "CONFIRM_ALARMS" ->
                new TerminalCommand.ConfirmAlarms(payload.path("alarms").asLong());
            case "CALL", "LISTEN" ->
                new TerminalCommand.Call(
                        kind.equals("LISTEN"), payload.path("phone").asText());
            case "READ_RECORDER" ->
                new TerminalCommand.ReadRecorder(payload.path("command").asInt());
            case "SET_ZONE" -> ZoneJson.read(payload);
            case "DELETE_ZONE" ->
                new TerminalCommand.DeleteZone(payload.path("zone_id").asLong(), ZoneJson.kind(payload));
            case "READ_ZONES" -> new TerminalCommand.ReadZones(ZoneJson.kind(payload));
            default -> throw new IllegalArgumentException("no such command: kind=" + kind);
        };
    }

    private static boolean flag(JsonNode payload, String name) {
        for (JsonNode flag : payload.path("flags")) {
            if (flag.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String response(CommandChange.@Nullable Response response) {
        return switch (response) {
            case null -> null;
            case CommandChange.Fix fix -> place(fix);
            case CommandChange.Pictures(List<Long> ids) -> {
                ObjectNode node = JSON.createObjectNode();
                ids.forEach(node.putArray("media_ids")::add);
                yield node.toString();
            }
            case CommandChange.Zones zones -> ZoneJson.write(zones).toString();
            case CommandChange.Parameters parameters ->
                JSON.createObjectNode()
                        .<ObjectNode>set("parameters", ParameterJson.write(parameters.all()))
                        .toString();
        };
    }

    private static String place(CommandChange.Fix fix) {
        ObjectNode node = JSON.createObjectNode();
        node.put("lat", fix.latitudeMicrodeg() / 1e6).put("lon", fix.longitudeMicrodeg() / 1e6);
        node.put("speed_kmh", fix.speedDeciKmh() / 10.0).put("heading_deg", fix.headingDeg());
        node.put("altitude_m", fix.altitudeMetres()).put("fixed", fix.fixed());
        node.put(
                "device_time",
                fix.deviceMillis() == Long.MIN_VALUE
                        ? null
                        : Instant.ofEpochMilli(fix.deviceMillis()).toString());
        return node.toString();
    }

    /** A question to the database. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private <T> CompletionStage<T> later(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            work.execute(() -> {
                try {
                    answer.complete(question.ask());
                } catch (SQLException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    @Override
    public void close() {
        work.shutdownNow();
    }
}
