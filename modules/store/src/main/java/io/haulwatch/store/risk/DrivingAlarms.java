package io.haulwatch.store.risk;

/** Which alarms count for driving in scores and reports, and what each weighs. */
public final class DrivingAlarms {
    /** The condition on episodes; the words of the index {@code episode_driving}. */
    public static final String COUNTED = """
            rule in ('speeding', 'fatigue', 'fatigue_night', 'cum24') and state not in ('prewarned', 'withdrawn')
                and handling not in ('false', 'overturned')
            """;

    /** Points by severity. */
    public static final String POINTS = "case severity when 1 then 1 when 2 then 3 when 3 then 6 else 10 end";

    private DrivingAlarms() {}
}
