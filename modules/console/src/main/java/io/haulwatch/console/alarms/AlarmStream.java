package io.haulwatch.console.alarms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Standing;
import io.haulwatch.console.personal.Sight;
import io.haulwatch.console.port.EpisodeSource;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.store.scope.ScopedDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each revision of an alarm to everyone who may see its company, as it comes. The newest revisions are kept in a ring; who was away
 * longer gets the newest state of each alarm from the database first. Who was away too long is told so and reads the list again.
 */
public final class AlarmStream implements AutoCloseable {
    /** Revisions kept for those who come back. */
    public static final int RING = 4_096;
    /** Alarms that are sent from the database to one who comes back. */
    static final int MOST_FROM_DATABASE = 5_000;
    /** What one who comes back gets while the others wait. */
    private static final Sight DRIVERS_SEEN = new Sight(true, false);

    private static final int AT_ONCE = 50;
    /** Listeners of one console; one more is refused. */
    static final int MAX_CLIENTS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(AlarmStream.class);

    private final AlarmQueries queries;
    private final ScopedDatabase database;
    private final LiveAlarms live;
    private final Supplier<FleetBook> book;
    private final Runnable refreshBook;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Counter slow;
    private final Set<AlarmClient> clients = ConcurrentHashMap.newKeySet();
    private final Deque<Kept> ring = new ArrayDeque<>();

    private EpisodeSource.@Nullable Subscription subscription;
    /** Everything after this offset is in the ring or still to come. */
    private long ringAfter = -1;

    public AlarmStream(
            AlarmQueries queries,
            ScopedDatabase database,
            LiveAlarms live,
            Supplier<FleetBook> book,
            Runnable refreshBook,
            ObjectMapper json,
            MeterRegistry meters,
            InstantSource clock) {
        this.queries = queries;
        this.database = database;
        this.live = live;
        this.book = book;
        this.refreshBook = refreshBook;
        this.json = json;
        this.clock = clock;
        this.slow = meters.counter("haulwatch_console_alarm_clients_too_slow");
        Gauge.builder("haulwatch_console_alarm_clients", clients::size).register(meters);
    }

    /** Begins to listen, a ring's length back, so that a restart is no gap. */
    public void start(EpisodeSource source) {
        long after = Math.max(-1, source.newest() - RING);
        synchronized (ring) {
            ringAfter = after;
        }
        subscription = source.subscribe(after, this::on);
    }

    /** Place of the newest revision that was sent. */
    public long newest() {
        synchronized (ring) {
            return ring.isEmpty() ? ringAfter : ring.getLast().offset();
        }
    }

    /** Somebody has done something about an alarm: tells the others who see it. */
    public void tell(AlarmNews news) {
        live.handled(news.id(), news.handling());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "handling");
        message.put("episode_id", news.id().toString());
        message.put("handling", news.handling());
        message.put("action", news.action());
        message.put("desk", news.desk());
        String text = text(message);
        for (AlarmClient client : clients) {
            if (client.sees(news.companyId())) {
                client.send(text);
            }
        }
    }

    /** Sends a message to everyone. */
    public void tellAll(Object message) {
        String text = text(message);
        clients.forEach(client -> client.send(text));
    }

    /** Closes those whose session is over. */
    public void checkStanding() {
        for (AlarmClient client : clients) {
            int code = client.isClosed() ? 0 : client.standing();
            if (code != 0) {
                client.close(code, code == Standing.SESSION_ENDED ? "the session is over" : "the rights have changed");
            }
        }
        clients.removeIf(AlarmClient::isClosed);
    }

    /**
     * Adds a listener. Blocks while it reads the database; call it on a thread that may wait.
     *
     * @param after the last cursor that it has, or null to begin with what comes now
     * @return false if there are too many listeners
     */
    boolean join(AlarmClient client, @Nullable Long after) throws InterruptedException {
        if (clients.size() >= MAX_CLIENTS) {
            return false;
        }
        long reached = after == null ? newest() : after;
        while (!client.isClosed()) {
            List<Kept> missed = new ArrayList<>();
            long lowest;
            synchronized (ring) {
                lowest = ringAfter;
                if (reached >= lowest) {
                    for (Kept kept : ring) {
                        if (kept.offset > reached) {
                            missed.add(kept);
                        }
                    }
                    if (missed.size() <= AT_ONCE) {
                        missed.forEach(kept -> give(client, kept));
                        clients.add(client);
                        return true;
                    }
                }
            }
            if (missed.isEmpty()) {
                fromDatabase(client, reached, lowest);
                reached = lowest;
            } else {
                for (Kept kept : missed) {
                    client.awaitRoom();
                    give(client, kept);
                    reached = kept.offset;
                }
            }
        }
        return true;
    }

    void leave(AlarmClient client) {
        client.ended();
        clients.remove(client);
    }

    @Override
    public void close() {
        EpisodeSource.Subscription running = subscription;
        if (running != null) {
            running.close();
        }
        clients.forEach(client -> client.close(1001, "the server stops"));
    }

    private void on(long offset, Episode episode) {
        live.on(episode, clock.instant());
        FleetBook known = book.get();
        if (known.vehicle(episode.vehicleId()) == null) {
            // A truck that was enrolled a moment ago.
            refreshBook.run();
            known = book.get();
        }
        AlarmRow row = AlarmRow.live(
                offset,
                episode,
                known,
                live.handlingOf(episode.id()),
                json.valueToTree(episode.measures()),
                json.valueToTree(episode.facts()));
        String masked = text(message(row), Sight.MASKED);
        Kept kept = new Kept(
                offset, row.company().id(), row.driver() == null ? masked : text(message(row), DRIVERS_SEEN), masked);
        synchronized (ring) {
            ring.addLast(kept);
            if (ring.size() > RING) {
                ringAfter = ring.removeFirst().offset;
            }
            for (AlarmClient client : clients) {
                give(client, kept);
                if (client.isClosed()) {
                    slow.increment();
                }
            }
            clients.removeIf(AlarmClient::isClosed);
        }
    }

    private static void give(AlarmClient client, Kept kept) {
        if (client.sees(kept.companyId)) {
            client.send(client.sight().drivers() ? kept.text : kept.masked);
        }
    }

    private void fromDatabase(AlarmClient client, long after, long lowest) throws InterruptedException {
        try {
            List<AlarmRow> rows = database.read(
                    client.scope(),
                    ScopedDatabase.NO_USER,
                    connection ->
                            queries.between(connection, client.scope(), after, lowest + 1, MOST_FROM_DATABASE + 1));
            if (rows.size() <= MOST_FROM_DATABASE) {
                for (AlarmRow row : rows) {
                    client.awaitRoom();
                    client.send(text(message(row), client.sight()));
                }
                return;
            }
        } catch (SQLException e) {
            LOG.warn("alarms of the past cannot be read for one who comes back: {}", e.getMessage());
        }
        Map<String, Object> gap = new LinkedHashMap<>();
        gap.put("type", "gap");
        gap.put("cursor", lowest);
        gap.put("detail", "More happened than is sent again; read the list.");
        client.send(text(gap));
    }

    private static Map<String, Object> message(AlarmRow row) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "episode");
        message.put("cursor", row.cursor());
        message.put("episode", row);
        return message;
    }

    private String text(Object message) {
        return text(message, Sight.MASKED);
    }

    private String text(Object message, Sight sight) {
        try {
            return sight.writer(json).writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("messages are records of numbers and strings", e);
        }
    }

    /** @param masked for those who do not see drivers' names */
    private record Kept(long offset, int companyId, String text, String masked) {}
}
