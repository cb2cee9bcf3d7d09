package io.haulwatch.analytics.risk;

import java.util.List;

/**
 * What stands behind a company's figures, as far as somebody can do something about it.
 *
 * @param papers by kind, services among them
 * @param events by rule, severity and age
 * @param worstDrivers the three with most event points, the worst first
 * @param undrilled drivers without the hours of the last whole month; 0 where training is not recorded
 * @param late episodes that nobody had in hand in time
 */
public record RiskBehind(
        List<Gap> papers, List<Events> events, List<DriverPoints> worstDrivers, int undrilled, int late) {
    /** Nothing known. */
    public static final RiskBehind NOTHING = new RiskBehind(List.of(), List.of(), List.of(), 0, 0);

    /** One kind of paper. @param risk Σ weight times p(state) @param open how many are overdue, held back or missing */
    public record Gap(String kind, double weight, double risk, int open) {}

    /** Episodes of one sort. @param age 30, 90 or 180: the days that they are not older than */
    public record Events(String rule, int severity, int age, long count) {}

    /** What one driver adds to X. */
    public record DriverPoints(int driverId, double points) {}

    public RiskBehind {
        papers = List.copyOf(papers);
        events = List.copyOf(events);
        worstDrivers = List.copyOf(worstDrivers);
    }
}
