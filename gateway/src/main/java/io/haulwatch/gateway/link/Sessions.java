package io.haulwatch.gateway.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who is signed on: by phone, since one phone is one terminal, and by vehicle for those who want to reach a truck. Thread-safe. */
public final class Sessions {
    private final Map<String, TerminalLink> byPhone = new ConcurrentHashMap<>();
    private final Map<Integer, TerminalLink> byVehicle = new ConcurrentHashMap<>();

    /** Enters a link that has just authenticated. @return the link of the same terminal that it takes over from, or null */
    @Nullable
    TerminalLink signedOn(TerminalLink link) {
        TerminalLink old = byPhone.put(link.phone(), link);
        byVehicle.put(link.vehicleId(), link);
        return old == link ? null : old;
    }

    /** Takes a link out. @return whether its vehicle has no link any more */
    boolean lost(TerminalLink link) {
        byPhone.remove(link.phone(), link);
        return byVehicle.remove(link.vehicleId(), link);
    }

    /** The link of a terminal, or null. */
    @Nullable
    TerminalLink byPhone(String phone) {
        return byPhone.get(phone);
    }

    /** The newest link of a vehicle, or null. */
    public @Nullable TerminalLink byVehicle(int vehicleId) {
        return byVehicle.get(vehicleId);
    }

    /** Whether a vehicle has a terminal signed on. */
    public boolean online(int vehicleId) {
        return byVehicle.containsKey(vehicleId);
    }

    /** Terminals signed on. */
    public int size() {
        return byPhone.size();
    }

    /** Vehicles with a terminal signed on, as of now; a copy. */
    public int[] vehicles() {
        return byVehicle.keySet().stream().mapToInt(Integer::intValue).toArray();
    }
}
