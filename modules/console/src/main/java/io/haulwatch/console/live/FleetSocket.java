package io.haulwatch.console.live;

import io.haulwatch.console.http.Standing;
import io.haulwatch.store.scope.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties a WebSocket to its channel. The client says nothing; what it says is not read. */
public final class FleetSocket {
    /** Too many listeners: try again later. */
    public static final short CLOSE_FULL = 1013;

    /** An error of ours, in the log. */
    private static final short CLOSE_FAILED = 1011;

    private static final Logger LOG = LoggerFactory.getLogger(FleetSocket.class);

    private final FleetFeed feed;
    private final InstantSource clock;

    public FleetSocket(FleetFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /** Sends the channel of {@code scope} until one side closes. @param standing 0 while the one who listens may still do so, else the code to close with */
    public void serve(ServerWebSocket socket, Scope scope, Standing standing) {
        FeedClient client = new FeedClient(new Wire(socket, standing.wall()), standing, clock::millis);
        socket.closeHandler(closed -> {
            client.ended();
            standing.end();
        });
        socket.exceptionHandler(error -> {
            LOG.debug("a line of the live feed failed: {}", error.toString());
            client.ended();
        });
        feed.join(scope, client).whenComplete((joined, error) -> {
            if (error != null) {
                LOG.error("somebody who opened the live feed could not be given it", error);
                socket.close(CLOSE_FAILED, "the feed could not be opened");
            } else if (!joined) {
                socket.close(CLOSE_FULL, "too many listeners");
            }
        });
    }

    /** @param nameless whether frames that tell plates and companies go out without them */
    private record Wire(ServerWebSocket socket, boolean nameless) implements FeedClient.Socket {
        @Override
        public void send(Buffer message, Runnable done) {
            socket.writeBinaryMessage(nameless ? FleetFrames.nameless(message) : message)
                    .onComplete(written -> done.run());
        }

        @Override
        public void close(int code, String reason) {
            socket.close((short) code, reason);
        }
    }
}
