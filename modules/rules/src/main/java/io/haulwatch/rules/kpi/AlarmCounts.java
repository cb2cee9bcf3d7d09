package io.haulwatch.rules.kpi;

/**
 * What became of alarms of severity 2 and above in a period, and of appeals; without alarms that were withdrawn and those whose appeal was accepted.
 *
 * @param due alarms whose deadline to be handled lies in the period
 * @param handled of them
 * @param inTime of them, by the deadline
 * @param loopsDue alarms whose time to be settled for good ends in the period
 * @param looped of them settled by then, with every step that their state and their case ask for
 * @param appeals that were decided in the period, accepted ones too
 * @param rejected of them
 */
public record AlarmCounts(
        long due, long handled, long inTime, long loopsDue, long looped, long appeals, long rejected) {
    /** An alarm is to be handled within this many hours of its opening; {@code kpi.handling_hours} and {@code risk.handling_hours}. */
    public static final int HANDLING_HOURS = 24;

    /** No alarm, no appeal. */
    public static final AlarmCounts NONE = new AlarmCounts(0, 0, 0, 0, 0, 0, 0);

    /** Both sums. */
    public AlarmCounts plus(AlarmCounts other) {
        return new AlarmCounts(
                due + other.due,
                handled + other.handled,
                inTime + other.inTime,
                loopsDue + other.loopsDue,
                looped + other.looped,
                appeals + other.appeals,
                rejected + other.rejected);
    }
}
