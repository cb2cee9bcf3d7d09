package io.haulwatch.console.reports;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.companies.CompanyScores;
import io.haulwatch.console.indicators.IndicatorFigures;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.console.personal.OfSomebody;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A company's month.
 *
 * @param month such as 2026-10
 * @param state final once its days are frozen; provisional while late positions or handling may still change it; running while it is not over; and "none" if no day
 *     of it was counted
 * @param asOf local day of which the open things are
 * @param figures the indicators with the score sheet, as the page of indicators shows them
 * @param risk the last score of the month, null if there is none
 * @param months of the trend, this one last
 * @param weeks the twelve weeks before the end of the month, or before today
 */
record MonthlyReport(
        Company company,
        String month,
        String state,
        String asOf,
        IndicatorFigures figures,
        @Nullable Risk risk,
        List<WorstDriver> drivers,
        List<WorstTruck> trucks,
        Done done,
        Open open,
        List<Month> months,
        List<CompanyScores.Week> weeks) {

    /** The company. @param drivers on the register now, as the trucks */
    record Company(int id, String name, String adcode, int trucks, int drivers) {}

    /** A risk score with its parts as stored. */
    record Risk(
            String asOf,
            @Nullable Double score,
            @Nullable String band,
            String formulaVersion,
            JsonNode parts,
            JsonNode missing,
            JsonNode veto) {}

    /**
     * What stood out in the month: alarms of speeding and hours that count for the score.
     *
     * @param points 1, 3, 6 or 10 an alarm by severity, at most 30 a day
     * @param byRule how many of which rule
     */
    record Why(int points, int alarms, int worstSeverity, Map<String, Integer> byRule) {}

    /** A driver who stood out. */
    record WorstDriver(int id, @DriverName String name, Why why) {}

    /** A truck that stood out. @param km it drove in the month */
    record WorstTruck(
            int id, String plate, double km, @Nullable Double pointsPer1000Km, Why why) {}

    /** What was done in the month. @param papers entered, by kind */
    record Done(
            Map<String, Integer> alarmsBySeverity,
            Map<String, Integer> alarmsByHandling,
            int noticesSent,
            int noticesAnswered,
            int noticesInTime,
            int casesOpened,
            int casesClosed,
            int appeals,
            int appealsAccepted,
            int hazardsFound,
            int hazardsRectified,
            int hazardsClosed,
            Map<String, Integer> papers,
            int services,
            int trainedDrivers,
            double trainingHours,
            int accidents,
            int deaths,
            int injured) {
        int alarms() {
            return alarmsBySeverity.values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }
    }

    /** What is open. @param overdue the longest first, at most a page of them @param overdueAll how many there are */
    record Open(
            int alarms,
            int notices,
            int noticesOverdue,
            int cases,
            int stepsOverdue,
            int overdueAll,
            int overdueCritical,
            List<Overdue> overdue) {}

    /** A paper, service or hazard past its day. */
    record Overdue(
            String ownerKind,
            @DriverName String label,
            String kind,
            @Nullable String since,
            long days,
            boolean critical)
            implements OfSomebody {
        @Override
        public boolean isOfDriver() {
            return ownerKind.equals("DRIVER");
        }
    }

    /** A month of the trend. @param alarms that count for the score @param score the last of the month */
    record Month(
            String month,
            int alarms,
            double km,
            @Nullable Double alarmsPer1000Km,
            @Nullable Double score) {}
}
