package io.haulwatch.gateway.diary;

import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.frame.FrameView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one terminal since the gateway's start; about 700 bytes, whatever it does. A frame that is right costs one look at a field and
 * a position one more write; comings, goings and faults take the lock.
 */
public final class TerminalDiary {
    /** Comings and goings that are remembered. */
    static final int MOST_EVENTS = 24;

    private final long[] eventMillis = new long[MOST_EVENTS];
    /** Why it went, null for a coming. */
    private final @Nullable CloseCause[] events = new CloseCause[MOST_EVENTS];

    private final Map<Rejection, Integer> faults = new EnumMap<>(Rejection.class);
    private long eventCount;
    private int signOns;
    private int wrongLengths;
    private String firmware = "";
    private String address = "";

    /** Written by the terminal's event loop alone; a reader may see an older one. */
    private long clockAheadMillis = Long.MIN_VALUE;

    private volatile @Nullable FrameTap tap;

    TerminalDiary() {}

    /**
     * A coming or going.
     *
     * @param why how its connection ended; null for a coming
     */
    public record Event(long atMillis, @Nullable CloseCause why) {}

    /**
     * All of it at one moment.
     *
     * @param signOns since the gateway's start
     * @param firmware that it told when it signed on last; empty before 2019
     * @param address where it came from last
     * @param clockAheadMillis device time of its newest report less the receive time; null before the first
     * @param events oldest first, the last {@value #MOST_EVENTS}
     */
    public record Page(
            int signOns,
            String firmware,
            String address,
            int wrongLengths,
            @Nullable Long clockAheadMillis,
            Map<Rejection, Integer> faults,
            List<Event> events) {}

    /** It has signed on. */
    public synchronized void came(long atMillis, String from, String itsFirmware) {
        signOns++;
        address = from;
        if (!itsFirmware.isEmpty()) {
            firmware = itsFirmware;
        }
        note(atMillis, null);
    }

    /** Its connection has ended. */
    public synchronized void went(long atMillis, CloseCause why) {
        note(atMillis, why);
    }

    private void note(long atMillis, @Nullable CloseCause event) {
        int place = (int) (eventCount++ % MOST_EVENTS);
        eventMillis[place] = atMillis;
        events[place] = event;
    }

    /** Something was wrong with what it sent. */
    public synchronized void fault(Rejection cause) {
        faults.merge(cause, 1, Integer::sum);
    }

    /** The header announced another length than the frame had. */
    public synchronized void wrongLength() {
        wrongLengths++;
    }

    /** A report that was made just now. Called by its event loop for every live position. */
    public void reported(long deviceMillis, long receiveMillis) {
        clockAheadMillis = deviceMillis - receiveMillis;
    }

    /** A frame of it that is right. Called by its event loop. */
    public void frame(FrameView frame, long atMillis) {
        FrameTap open = tap;
        if (open != null && !open.take(frame, atMillis)) {
            tap = null;
        }
    }

    void open(FrameTap fresh) {
        tap = fresh;
    }

    /** Where its frames are kept at the moment, or null. */
    @Nullable
    FrameTap tap() {
        return tap;
    }

    public synchronized Page page() {
        List<Event> told = new ArrayList<>();
        for (long i = Math.max(0, eventCount - MOST_EVENTS); i < eventCount; i++) {
            int place = (int) (i % MOST_EVENTS);
            told.add(new Event(eventMillis[place], events[place]));
        }
        long ahead = clockAheadMillis;
        return new Page(
                signOns,
                firmware,
                address,
                wrongLengths,
                ahead == Long.MIN_VALUE ? null : ahead,
                new EnumMap<>(faults),
                List.copyOf(told));
    }
}
