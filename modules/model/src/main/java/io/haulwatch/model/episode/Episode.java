package io.haulwatch.model.episode;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One revision of one episode (报警): a stretch with a start, a peak and an end. Everything in it follows from positions and the
 * reference set, never from a clock, so a replay gives the same record.
 *
 * @param id {@link EpisodeId} of its first opening; stays through all revisions
 * @param revision from 1, rises by one with each thing said about this episode
 * @param ruleVersion version of the rule's profile in force, for example {@code cn-2026.1}
 * @param vehicleId the vehicle whose positions opened it
 * @param driverId driver of the moment, or null while nobody is known
 * @param startMillis device time of its first instant, ms since 1970 UTC
 * @param endMillis device time of its last instant so far
 * @param endedBy why it ended ({@code limit}, {@code gap}, {@code silence}, {@code rest}, {@code split}, {@code stop}), null while open
 * @param measures numbers that the rule gives, by name with the unit last: {@code peak_decikmh}, {@code limit_decikmh},
 *     {@code excess_permille}, {@code seconds_over}, {@code distance_m}, {@code counter_s}, {@code limit_s}, {@code excess_s} …
 * @param facts words that the rule gives: {@code limit_source}, {@code candidates}, {@code zone}, {@code paper_kind},
 *     {@code borderline}, {@code rest_evidence} …
 * @param points evidence positions, in time order
 */
public record Episode(
        UUID id,
        int revision,
        EpisodeState state,
        Rule rule,
        String ruleVersion,
        Subject subject,
        int vehicleId,
        @Nullable Integer driverId,
        long startMillis,
        long endMillis,
        Severity severity,
        Evidence evidence,
        @Nullable String endedBy,
        Map<String, Long> measures,
        Map<String, String> facts,
        List<EvidencePoint> points) {

    public Episode {
        if (revision < 1) {
            throw new IllegalArgumentException("revisions count from 1: revision=" + revision);
        }
        if (endMillis < startMillis) {
            throw new IllegalArgumentException(
                    "ends before it starts: startMillis=" + startMillis + ", endMillis=" + endMillis);
        }
        measures = Map.copyOf(measures);
        facts = Map.copyOf(facts);
        points = List.copyOf(points);
    }

    /** The same episode, said in another way: as another revision, in another state, with another end and other words. */
    public Episode said(int asRevision, EpisodeState inState, @Nullable String end, Map<String, String> words) {
        return new Episode(
                id,
                asRevision,
                inState,
                rule,
                ruleVersion,
                subject,
                vehicleId,
                driverId,
                startMillis,
                endMillis,
                severity,
                evidence,
                end,
                measures,
                words,
                points);
    }
}
