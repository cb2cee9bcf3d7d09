package io.haulwatch.gateway.register;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Terminals by phone: the newest reference set as an unchanging map that is swapped whole, and in front of it what this gateway itself
 * had changed since (enrolments, registrations), which the next set may not hold yet. Look-ups take no lock and allocate nothing.
 */
public final class TerminalRegister {
    /** A local change is believed at most this long against a newer set: by then the set was loaded after the change. */
    static final long LOCAL_MILLIS = 120_000;

    private final LongSupplier clockMillis;
    private final Map<String, Local> local = new ConcurrentHashMap<>();
    private volatile Map<String, Terminal> byPhone = Map.of();
    private volatile long version;

    private record Local(Terminal terminal, long sinceMillis) {}

    /** @param clockMillis ms since 1970; ages local changes */
    public TerminalRegister(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /** Takes the terminals of a newer set. */
    public synchronized void replace(ReferenceSet set) {
        Map<String, Terminal> fresh = HashMap.newHashMap(set.terminals().size());
        for (Terminal terminal : set.terminals()) {
            fresh.put(terminal.phone(), terminal);
        }
        long now = clockMillis.getAsLong();
        byPhone = fresh;
        local.entrySet().removeIf(entry -> {
            Local change = entry.getValue();
            Terminal loaded = fresh.get(entry.getKey());
            return now - change.sinceMillis() > LOCAL_MILLIS
                    || change.terminal().equals(loaded)
                    || (loaded != null
                            && loaded.generation() > change.terminal().generation());
        });
        version++;
    }

    /** Takes one terminal that the database has just confirmed. */
    public synchronized void put(Terminal terminal) {
        local.put(terminal.phone(), new Local(terminal, clockMillis.getAsLong()));
        version++;
    }

    /** The terminal of a phone without leading zeros, or null if unknown. */
    public @Nullable Terminal byPhone(String phone) {
        Local change = local.isEmpty() ? null : local.get(phone);
        return change != null ? change.terminal() : byPhone.get(phone);
    }

    /** Rises with each change: whoever has seen this number has seen everything. */
    public long version() {
        return version;
    }

    /** Terminals known. */
    public int size() {
        Map<String, Terminal> loaded = byPhone;
        int added = 0;
        for (String phone : local.keySet()) {
            added += loaded.containsKey(phone) ? 0 : 1;
        }
        return loaded.size() + added;
    }
}
