package io.haulwatch.console.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Standing;
import io.haulwatch.store.scope.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the channels: every {@link #TICK} it takes what changed, encodes it once for each set of rights that somebody listens to, and
 * hands the same bytes to all of its listeners. One thread owns all channels.
 */
public final class FleetFeed implements AutoCloseable {
    /** How often changes are sent. */
    public static final Duration TICK = Duration.ofMillis(500);
    /** How often a quiet line says that it lives. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);
    /** Listeners of one console; one more is refused. */
    public static final int MAX_CLIENTS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(FleetFeed.class);
    private static final long CHANNEL_KEPT_MILLIS = 600_000;
    private static final int MAX_CHANNELS = 512;

    private final FleetState state;
    private final FleetRisk risk;
    private final Supplier<FleetBook> book;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private final Map<Scope, Live> channels = new HashMap<>();
    private final Counter bytesSent;
    private final Counter framesDropped;
    private final Counter resyncs;
    private final Timer tickTime;

    private @Nullable ScheduledFuture<?> ticking;
    private int nextEpoch;
    private int clients;
    private long ticks;
    private long scoresVersion = -1;
    private volatile int clientCount;

    public FleetFeed(
            FleetState state,
            FleetRisk risk,
            Supplier<FleetBook> book,
            ObjectMapper json,
            MeterRegistry meters,
            InstantSource clock) {
        this.state = state;
        this.risk = risk;
        this.book = book;
        this.json = json;
        this.clock = clock;
        // Another number than before a restart, as long as clocks do not run backwards.
        this.nextEpoch = (int) (clock.millis() / 1000);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "haulwatch-feed");
            made.setDaemon(true);
            return made;
        });
        this.bytesSent = meters.counter("haulwatch_console_feed_bytes");
        this.framesDropped = meters.counter("haulwatch_console_feed_frames_dropped");
        this.resyncs = meters.counter("haulwatch_console_feed_resyncs");
        this.tickTime = meters.timer("haulwatch_console_feed_tick_seconds");
        Gauge.builder("haulwatch_console_feed_clients", () -> clientCount).register(meters);
    }

    /** Starts ticking; when this returns, lists know the newest states. */
    public void start() {
        // Nobody listens yet: the first channel begins with all of its members.
        state.refresh();
        long tick = TICK.toMillis();
        ticking = thread.scheduleWithFixedDelay(this::safeTick, tick, tick, TimeUnit.MILLISECONDS);
    }

    /** Adds a listener; it gets a snapshot at once. Completes false when the console has too many listeners. */
    CompletionStage<Boolean> join(Scope scope, FeedClient client) {
        return onThread(() -> {
            if (clients >= MAX_CLIENTS) {
                return false;
            }
            Live live = channel(scope);
            live.clients.add(client);
            clients++;
            clientCount = clients;
            client.resume(live.snapshot(clock.millis()));
            return true;
        });
    }

    /** The dictionary of those who hold {@code scope}, UTF-8 JSON. */
    public byte[] dictionary(Scope scope) throws InterruptedException {
        try {
            return onThread(() -> channel(scope).channel.dictionaryJson())
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the feed does not answer", e);
        }
    }

    @Override
    public void close() {
        ScheduledFuture<?> running = ticking;
        if (running != null) {
            running.cancel(false);
        }
        thread.execute(() -> channels.values()
                .forEach(live ->
                        live.clients.forEach(client -> client.close(FeedClient.CLOSE_GOING_AWAY, "the server stops"))));
        thread.shutdown();
    }

    private void safeTick() {
        try {
            tickTime.record(this::tick);
        } catch (RuntimeException e) {
            // The schedule would end silently; one bad tick must not end the feed.
            LOG.error("the live feed's tick failed; the next one follows", e);
        }
    }

    private void tick() {
        ticks++;
        int[] changed = state.refresh();
        int[] recoloured = risk.changedVehicles();
        FleetBook now = book.get();
        long nowMillis = clock.millis();
        boolean scoresChanged = scoresVersion != risk.scoresVersion();
        scoresVersion = risk.scoresVersion();
        boolean beat = ticks % (HEARTBEAT.toMillis() / TICK.toMillis()) == 0;
        Iterator<Live> each = channels.values().iterator();
        while (each.hasNext()) {
            Live live = each.next();
            live.tick(now, changed, recoloured, scoresChanged, nowMillis);
            live.serve(beat, nowMillis);
            if (live.clients.isEmpty() && nowMillis - live.lastUsedMillis > CHANNEL_KEPT_MILLIS) {
                each.remove();
            }
        }
    }

    private Live channel(Scope scope) {
        Live live = channels.get(scope);
        if (live == null) {
            if (channels.size() >= MAX_CHANNELS) {
                channels.values().removeIf(other -> other.clients.isEmpty());
            }
            live = new Live(scope, new FleetChannel(nextEpoch++, json));
            live.tick(book.get(), new int[0], new int[0], false, clock.millis());
            channels.put(scope, live);
        }
        live.lastUsedMillis = clock.millis();
        return live;
    }

    private int riskByte(int vehicleId) {
        FleetBook.Vehicle vehicle = book.get().vehicle(vehicleId);
        int decile = vehicle == null ? -1 : risk.decileOf(vehicle.companyId());
        return FleetFrames.riskByte(risk.openSeverityOf(vehicleId), decile < 0 ? FleetFrames.DECILE_UNKNOWN : decile);
    }

    private <T> CompletionStage<T> onThread(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A channel with those who listen to it. */
    private final class Live {
        final Scope scope;
        final FleetChannel channel;
        final List<FeedClient> clients = new ArrayList<>();
        long lastUsedMillis;
        private long bookVersion = -1;
        private List<Buffer> frames = new ArrayList<>();
        private @Nullable Buffer snapshot;

        Live(Scope scope, FleetChannel channel) {
            this.scope = scope;
            this.channel = channel;
        }

        void tick(FleetBook now, int[] changed, int[] recoloured, boolean scoresChanged, long nowMillis) {
            frames = new ArrayList<>();
            snapshot = null;
            boolean everyone = scoresChanged;
            if (bookVersion != now.version()) {
                bookVersion = now.version();
                for (byte[] frame :
                        channel.membership(now, companyId -> FleetScopes.sees(scope, companyId), nowMillis)) {
                    frames.add(Buffer.buffer(frame));
                }
                everyone = true;
            }
            int[] touched = everyone ? channel.members() : join(changed, recoloured);
            byte[] delta = channel.update(touched, state::of, FleetFeed.this::riskByte, nowMillis);
            if (delta != null) {
                frames.add(Buffer.buffer(delta));
            }
        }

        void serve(boolean beat, long nowMillis) {
            Buffer heartbeat = beat ? Buffer.buffer(channel.heartbeat(nowMillis)) : null;
            Iterator<FeedClient> each = clients.iterator();
            while (each.hasNext()) {
                FeedClient client = each.next();
                if (beat) {
                    int verdict = client.verdict();
                    if (verdict != 0) {
                        client.close(verdict, reason(verdict));
                    }
                }
                if (client.isClosed()) {
                    each.remove();
                    FleetFeed.this.clients--;
                    clientCount = FleetFeed.this.clients;
                    continue;
                }
                if (client.wantsSnapshot()) {
                    resyncs.increment();
                    client.resume(snapshot(nowMillis));
                    continue;
                }
                for (Buffer frame : frames) {
                    give(client, frame);
                }
                if (heartbeat != null) {
                    give(client, heartbeat);
                }
            }
        }

        Buffer snapshot(long nowMillis) {
            Buffer whole = snapshot;
            if (whole == null) {
                whole = Buffer.buffer(channel.snapshot(nowMillis));
                snapshot = whole;
            }
            bytesSent.increment(whole.length());
            return whole;
        }

        private void give(FeedClient client, Buffer frame) {
            if (client.offer(frame)) {
                bytesSent.increment(frame.length());
            } else {
                framesDropped.increment();
            }
        }
    }

    private static String reason(int code) {
        return switch (code) {
            case Standing.SESSION_ENDED -> "the session is over";
            case Standing.RIGHTS_CHANGED -> "the rights have changed";
            case FeedClient.CLOSE_TOO_SLOW -> "nothing was taken for a minute";
            default -> "closed by the server";
        };
    }

    private static int[] join(int[] a, int[] b) {
        if (b.length == 0) {
            return a;
        }
        int[] both = new int[a.length + b.length];
        System.arraycopy(a, 0, both, 0, a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
