package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.LocationBatchView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.simulator.SimulatorOptions;
import java.time.Duration;

/** What terminals have not had acknowledged yet, and the message in which it goes: a batch of the oldest, or the one report of now. */
final class Backlog {
    /** Twenty-two positions of 46 bytes fit into one package of 1,023; a second package would be acknowledged on its own. */
    private static final int BATCH = 22;
    /** From this far behind a truck uploads in batches at 30 s. */
    private static final long BEHIND_MILLIS = 120_000;

    private static final double BATCHES_A_SECOND = 330;

    private final Reports reports;
    private final Pace batches = new Pace(BATCHES_A_SECOND);

    Backlog(Reports reports) {
        this.reports = reports;
    }

    /**
     * The step with which a terminal begins: after its last acknowledged one, but no farther back than {@code history}; trucks beyond
     * {@link SimulatorOptions#TRUCKS_WITH_HISTORY} begin now.
     *
     * @param acknowledgedMillis device time, {@link Long#MIN_VALUE} for none
     */
    static long firstStep(int truck, long acknowledgedMillis, long now, Duration history) {
        long since = truck < SimulatorOptions.TRUCKS_WITH_HISTORY
                ? Math.max(acknowledgedMillis + 1, now - history.toMillis())
                : now;
        return Reports.stepAt(truck, since - 1) + 1;
    }

    void pass(long nanos) {
        batches.pass(nanos);
    }

    /** Whether a terminal still uploads what it missed. */
    boolean isBehind(Terminal terminal, long millis) {
        return millis - Reports.millis(terminal.identity.truck(), terminal.nextStep) > BEHIND_MILLIS;
    }

    /** Whether all that happened up to {@code millis} was sent and acknowledged. */
    boolean isEmpty(Terminal terminal, long millis) {
        return terminal.nextStep > Reports.stepAt(terminal.identity.truck(), millis);
    }

    /**
     * Chooses what a terminal sends next: a batch if it is behind, else one report. What is sent at 30 s ends a minute ago at the latest,
     * so the newest minute is always there at 10 s.
     *
     * @return false if there is nothing to say, or another terminal's batch goes first
     */
    boolean choose(Terminal terminal, long millis) {
        int truck = terminal.identity.truck();
        long due = Reports.stepAt(truck, millis);
        boolean history = isBehind(terminal, millis);
        if (history && !batches.allows()) {
            return false;
        }
        long step = terminal.nextStep;
        while (step <= due && !reports.reports(truck, step, history)) {
            step++;
        }
        if (step > due) {
            terminal.nextStep = due + 1;
            return false;
        }
        terminal.nextStep = step;
        terminal.flightFirst = step;
        terminal.flightLast = step;
        terminal.flightHistory = history;
        terminal.flightPositions = 1;
        if (history && terminal.identity.edition() != Edition.V2011) {
            long end = Reports.stepAt(truck, millis - BEHIND_MILLIS / 2);
            while (++step <= end && terminal.flightPositions < BATCH) {
                if (reports.reports(truck, step, true)) {
                    terminal.flightPositions++;
                    terminal.flightLast = step;
                }
            }
        }
        batches.spend(history ? terminal.flightPositions / (double) BATCH : 0);
        return true;
    }

    /** Writes the message in flight; the same bytes each time. */
    void put(Terminal terminal, FrameWriter frame) {
        int truck = terminal.identity.truck();
        if (terminal.flightPositions == 1) {
            frame.begin(terminal.address, MessageId.LOCATION, terminal.flightSerial);
            reports.reports(truck, terminal.flightFirst, terminal.flightHistory);
            reports.put(frame, truck, terminal.flightFirst);
            return;
        }
        frame.begin(terminal.address, MessageId.LOCATION_BATCH, terminal.flightSerial);
        frame.putU16(terminal.flightPositions).putU8(LocationBatchView.BLIND_AREA);
        for (long step = terminal.flightFirst; step <= terminal.flightLast; step++) {
            if (reports.reports(truck, step, true)) {
                int mark = frame.size();
                frame.putU16(0);
                reports.put(frame, truck, step);
                frame.setU16(mark, frame.size() - mark - 2);
            }
        }
    }
}
