package io.haulwatch.console.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.port.OperationsStatus;
import io.haulwatch.console.session.Right;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says how the system is: on request, every five seconds, and at once when reports are refused or the database goes or comes back. */
public final class StatusWatch {
    /** How often it looks. */
    public static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration REPEAT = Duration.ofSeconds(5);

    private final OperationsStatus operations;
    private final String version;
    private final JsonNode tileSources;
    private final ObjectMapper json;
    private final InstantSource clock;

    private @Nullable String lastSaid;
    private long lastSaidMillis = Long.MIN_VALUE;

    /** @param tileSources map sources of the deployment, sent as they are */
    public StatusWatch(
            OperationsStatus operations, String version, JsonNode tileSources, ObjectMapper json, InstantSource clock) {
        this.operations = operations;
        this.version = version;
        this.tileSources = tileSources;
        this.json = json;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/status", Right.WATCH, call -> Answer.json(now())));
    }

    /** Looks once; gives a message to {@code tell} when there is something to say. One thread. */
    public void look(Consumer<Object> tell) {
        OperationsStatus.Log log = operations.log();
        OperationsStatus.Database database = operations.database();
        String said = log + "|" + database;
        long nowMillis = clock.millis();
        if (said.equals(lastSaid) && nowMillis - lastSaidMillis < REPEAT.toMillis()) {
            return;
        }
        lastSaid = said;
        lastSaidMillis = nowMillis;
        tell.accept(message());
    }

    /** The message of the alarm stream. */
    public String messageText() {
        try {
            return json.writeValueAsString(message());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the status is a record of numbers and strings", e);
        }
    }

    private Message message() {
        return new Message("status", now());
    }

    private Status now() {
        OperationsStatus.Log log = operations.log();
        OperationsStatus.Database database = operations.database();
        Map<String, Long> lags = new TreeMap<>();
        operations.readers().lagRecords().forEach((reader, lag) -> lags.put(reader + "_lag", lag));
        lags.putIfAbsent("writer_lag", 0L);
        lags.putIfAbsent("rules_lag", 0L);
        return new Status(
                Json.time(clock.instant()),
                new LogView(log.accepting(), log.accepting() ? null : log.reason()),
                new DatabaseView(database.up(), database.up() ? null : database.reason()),
                lags,
                version,
                tileSources);
    }

    /** The status as a message of the alarm stream. */
    record Message(String type, Status status) {}

    /** How the system is. @param readers records by which each reader of the log is behind */
    record Status(
            String now,
            LogView log,
            DatabaseView database,
            Map<String, Long> readers,
            String version,
            JsonNode tileSources) {}

    /** Whether reports are taken in. */
    record LogView(boolean accepting, @Nullable String reason) {}

    /** Whether the database answers. */
    record DatabaseView(boolean up, @Nullable String reason) {}
}
