package io.haulwatch.console.alarms;

import io.haulwatch.console.alarms.AlarmQueries.Waiting;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The alarms that colour trucks on the live map: not handled yet, and going on or ended a short while ago. Fed by the stream, so it goes on
 * while the database is away; seeded from the database at start. Thread-safe.
 */
public final class LiveAlarms {
    /** How long an ended alarm that nobody has handled still colours its truck. */
    public static final Duration AFTERGLOW = Duration.ofMinutes(30);

    /** Handled alarms that are remembered. */
    static final int MOST_HANDLED = 10_000;

    private static final String NEW = "new";
    private static final Set<String> SETTLED = Set.of("resolved", "false", "appealed", "overturned");

    private final Map<UUID, Entry> entries = new HashMap<>();
    private final Map<Integer, Integer> severityOfVehicle = new HashMap<>();
    private final Map<Integer, Set<UUID>> ofVehicle = new HashMap<>();
    /** What people have made of alarms, as far as it is not {@code new}. */
    private final Map<UUID, String> handling = new HashMap<>();

    private final Set<Integer> changed = new HashSet<>();

    /** Takes what the database knows; newer revisions that came through the stream stay. */
    public synchronized void seed(List<Waiting> waiting) {
        for (Waiting alarm : waiting) {
            put(
                    alarm.id(),
                    new Entry(
                            alarm.vehicleId(), alarm.revision(), alarm.severity(), alarm.goingOn(), alarm.endMillis()));
        }
    }

    /** Takes what was handled before the start, so that later revisions of it do not look new. */
    public synchronized void seedHandled(Map<UUID, String> words) {
        words.forEach(handling::putIfAbsent);
    }

    /** Takes a revision from the stream. */
    synchronized void on(Episode episode, Instant now) {
        boolean goingOn = episode.state() == EpisodeState.OPEN;
        boolean counts = goingOn
                || ((episode.state() == EpisodeState.CLOSED || episode.state() == EpisodeState.AMENDED)
                        && episode.endMillis() >= now.minus(AFTERGLOW).toEpochMilli());
        if (counts) {
            put(
                    episode.id(),
                    new Entry(
                            episode.vehicleId(),
                            episode.revision(),
                            episode.severity().level(),
                            goingOn,
                            episode.endMillis()));
        } else {
            Entry known = entries.get(episode.id());
            if (known != null && known.revision <= episode.revision()) {
                remove(episode.id());
            }
        }
    }

    /** Somebody works on it, has handled it, or has given it back. */
    synchronized void handled(UUID id, String word) {
        if (handling.size() >= 2 * MOST_HANDLED) {
            handling.clear();
        }
        if (word.equals(NEW)) {
            handling.remove(id);
        } else {
            handling.put(id, word);
        }
        if (isSettled(word)) {
            remove(id);
        }
    }

    /** What people have made of it since the start, as far as is remembered here. */
    synchronized String handlingOf(UUID id) {
        return handling.getOrDefault(id, NEW);
    }

    private static boolean isSettled(String word) {
        return SETTLED.contains(word);
    }

    /** Forgets what ended too long ago. */
    public synchronized void sweep(Instant now) {
        long since = now.minus(AFTERGLOW).toEpochMilli();
        Set<UUID> over = new HashSet<>();
        entries.forEach((id, entry) -> {
            if (!entry.goingOn && entry.endMillis < since) {
                over.add(id);
            }
        });
        over.forEach(this::remove);
    }

    /** Highest severity of a vehicle's live alarms, 0 without any. */
    public synchronized int severityOf(int vehicleId) {
        return severityOfVehicle.getOrDefault(vehicleId, 0);
    }

    /** Vehicles whose severity changed since the last call. */
    public synchronized int[] drainChanged() {
        int[] ids = new int[changed.size()];
        Iterator<Integer> each = changed.iterator();
        for (int i = 0; i < ids.length; i++) {
            ids[i] = each.next();
        }
        changed.clear();
        return ids;
    }

    private void put(UUID id, Entry entry) {
        Entry known = entries.get(id);
        if (isSettled(handlingOf(id)) || (known != null && known.revision > entry.revision)) {
            return;
        }
        entries.put(id, entry);
        ofVehicle.computeIfAbsent(entry.vehicleId, key -> new HashSet<>()).add(id);
        recolour(entry.vehicleId);
    }

    private void remove(UUID id) {
        Entry known = entries.remove(id);
        if (known == null) {
            return;
        }
        Set<UUID> rest = ofVehicle.get(known.vehicleId);
        if (rest != null) {
            rest.remove(id);
            if (rest.isEmpty()) {
                ofVehicle.remove(known.vehicleId);
            }
        }
        recolour(known.vehicleId);
    }

    private void recolour(int vehicleId) {
        int highest = 0;
        for (UUID id : ofVehicle.getOrDefault(vehicleId, Set.of())) {
            Entry entry = entries.get(id);
            highest = entry == null ? highest : Math.max(highest, entry.severity);
        }
        Integer before = highest == 0 ? severityOfVehicle.remove(vehicleId) : severityOfVehicle.put(vehicleId, highest);
        if ((before == null ? 0 : before) != highest) {
            changed.add(vehicleId);
        }
    }

    private record Entry(int vehicleId, int revision, int severity, boolean goingOn, long endMillis) {}
}
