package io.haulwatch.store.order;

/**
 * When the next wave of an order goes out. A failure is a truck whose terminal refused or did not answer. One that was not online before its
 * command ran out was not reached, which says nothing about the order; it does not count against the wave.
 */
final class WaveRule {
    /** What to do with an order. */
    enum Step {
        /** The wave is on its way. */
        WAIT,
        /** Trucks of this wave have no command: they get one. */
        SEND_REST,
        SEND_NEXT,
        HALT,
        DONE
    }

    /**
     * How a wave stands.
     *
     * @param trucks of the wave, without those that dropped out
     * @param waiting have no command
     * @param underWay queued or sent
     * @param failed refused or timed out
     */
    record Wave(int trucks, int waiting, int underWay, int failed) {}

    private WaveRule() {}

    /**
     * @param wave the newest one; all zero before the first
     * @param isLast no other follows
     * @param isJudged false for the wave that halted the order, after somebody let it go on
     */
    static Step next(Wave wave, boolean isLast, boolean isJudged, int stopPercent) {
        boolean tooMany = wave.failed() > 0 && 100L * wave.failed() > (long) stopPercent * wave.trucks();
        if (isJudged && tooMany && (!isLast || wave.waiting() > 0 || wave.underWay() > 0)) {
            return Step.HALT;
        }
        if (wave.waiting() > 0) {
            return Step.SEND_REST;
        }
        if (wave.underWay() > 0) {
            return Step.WAIT;
        }
        return isLast ? Step.DONE : Step.SEND_NEXT;
    }
}
