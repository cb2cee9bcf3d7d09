package io.haulwatch.console.evidence;

import io.haulwatch.console.alarms.AlarmDetail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of an alarm. Nothing in it depends on who asks when, apart from what the asker may see and what has been done until then.
 *
 * @param language of its sentences
 * @param wouldNotHaveFired one sentence by the parameters that judged it
 * @param law clauses that the rule rests on; if there are none, that is said
 * @param limit null for an alarm that no speed limit judged
 * @param reports what the terminal sent around the start, oldest first
 * @param reportsKept {@code kept}, {@code gone} if the database has none of that time any more, {@code reason_needed} if the reader owes a reason
 */
record EvidenceCard(
        String language,
        AlarmDetail alarm,
        String wouldNotHaveFired,
        List<String> law,
        @Nullable Limit limit,
        Quality quality,
        List<RawReport> reports,
        String reportsKept,
        List<CaseRef> cases) {

    /** The limit that judged it. @param candidates all limits that held there, of which the lowest counts */
    record Limit(String kmh, String source, List<String> candidates) {}

    /**
     * How good the positions are, of the alarm and five minutes either side.
     *
     * @param positions of the track; only each {@code everyNth} was taken if there were many
     * @param doubted not believed by the rules, or without a fix
     * @param backfilled uploaded later from the terminal's memory
     * @param late received more than ten minutes after their time
     * @param leastSatellites of the reports around the start, null if none says
     */
    record Quality(
            String evidence,
            int positions,
            int everyNth,
            int doubted,
            int backfilled,
            int late,
            @Nullable Integer leastSatellites,
            @Nullable Long longestGapSeconds,
            @Nullable Long dropped) {}

    /**
     * A report of the terminal.
     *
     * @param bodyHex the body of its 0x0200 message as it came; the frame's header, serial number and check code are not kept
     */
    record RawReport(
            String deviceTime,
            String receivedAt,
            double lat,
            double lon,
            String speedKmh,
            int headingDeg,
            @Nullable Integer satellites,
            @Nullable String recorderKmh,
            boolean doubted,
            boolean backfilled,
            String bodyHex) {}

    /** A case that it belongs to. */
    record CaseRef(
            long id,
            String title,
            String state,
            String openedAt,
            @Nullable String closedAt,
            @Nullable String conclusion) {}
}
