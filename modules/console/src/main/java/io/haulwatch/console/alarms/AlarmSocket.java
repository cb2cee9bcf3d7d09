package io.haulwatch.console.alarms;

import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Standing;
import io.haulwatch.store.scope.Scope;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties a WebSocket to the alarm stream. The client says nothing; what it says is not read. */
public final class AlarmSocket {
    /** Too many listeners: try again later. */
    private static final int CLOSE_FULL = 1013;

    /** Something broke here: try again. */
    private static final int CLOSE_BROKEN = 1011;

    private static final Logger LOG = LoggerFactory.getLogger(AlarmSocket.class);

    private final AlarmStream stream;
    private final ExecutorService workers;
    private final Supplier<String> status;

    /** @param status the message that every listener gets first */
    public AlarmSocket(AlarmStream stream, ExecutorService workers, Supplier<String> status) {
        this.stream = stream;
        this.workers = workers;
        this.status = status;
    }

    /** The cursor of an address, or null without one. */
    public static @Nullable Long after(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            long cursor = Long.parseLong(value);
            if (cursor >= -1) {
                return cursor;
            }
        } catch (NumberFormatException e) {
            // Told below in the API's words.
        }
        throw Refusal.badValue("after must be the cursor of a message: a number from -1 up.");
    }

    /**
     * Sends what {@code scope} may see until one side closes.
     *
     * @param after the last cursor that the client has, or null
     * @param standing 0 while the session allows it, else the code to close with
     */
    public void serve(ServerWebSocket socket, Scope scope, @Nullable Long after, Standing standing) {
        AlarmClient client = new AlarmClient(scope, standing.sight(), new SocketWire(socket), standing);
        socket.closeHandler(closed -> {
            stream.leave(client);
            standing.end();
        });
        socket.exceptionHandler(error -> stream.leave(client));
        workers.execute(() -> {
            try {
                client.send(status.get());
                if (!stream.join(client, after)) {
                    client.close(CLOSE_FULL, "too many listeners");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                client.close(CLOSE_FULL, "the server stops");
            } catch (RuntimeException e) {
                // An open line that is told nothing would look like a quiet day.
                LOG.error("a listener of the alarms could not be served", e);
                client.close(CLOSE_BROKEN, "something broke here");
            }
        });
    }

    private record SocketWire(ServerWebSocket socket) implements AlarmClient.Wire {
        @Override
        public void send(String message, Runnable done) {
            socket.writeTextMessage(message).onComplete(written -> done.run());
        }

        @Override
        public void close(int code, String reason) {
            socket.close((short) code, reason);
        }
    }
}
