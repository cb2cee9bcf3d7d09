package io.haulwatch.gateway.diary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The diaries of all terminals that have signed on since the gateway's start, by vehicle. Thread-safe. */
public final class Diaries {
    /** Terminals whose frames are kept at once. */
    static final int MOST_TAPS = 64;

    private static final long TAP_MILLIS = 5 * 60_000;

    private final Map<Integer, TerminalDiary> byVehicle = new ConcurrentHashMap<>();
    private final LongSupplier clockMillis;
    /** Guarded by itself. */
    private final List<FrameTap> taps = new ArrayList<>();

    public Diaries(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /** The diary of a vehicle's terminal; begun if there is none. */
    public TerminalDiary begin(int vehicleId) {
        return byVehicle.computeIfAbsent(vehicleId, id -> new TerminalDiary());
    }

    /** The diary of a vehicle's terminal, or null if it has not signed on. */
    public @Nullable TerminalDiary of(int vehicleId) {
        return byVehicle.get(vehicleId);
    }

    /** All of them, as of now; a copy of the map, not of what is in it. */
    public Map<Integer, TerminalDiary> all() {
        return Map.copyOf(byVehicle);
    }

    /**
     * The last frames of a terminal, newest first. The first question opens the tap, so it is answered with none; while questions come, frames are kept.
     *
     * @return null if too many terminals are looked at already
     */
    public @Nullable List<FrameTap.Frame> frames(TerminalDiary diary) {
        long now = clockMillis.getAsLong();
        FrameTap tap = diary.tap();
        if (tap != null && tap.openAt(now)) {
            tap.keepOpen(now + TAP_MILLIS);
            return tap.frames();
        }
        synchronized (taps) {
            taps.removeIf(each -> !each.openAt(now));
            if (taps.size() >= MOST_TAPS) {
                return null;
            }
            FrameTap fresh = new FrameTap(now + TAP_MILLIS);
            taps.add(fresh);
            diary.open(fresh);
        }
        return List.of();
    }
}
