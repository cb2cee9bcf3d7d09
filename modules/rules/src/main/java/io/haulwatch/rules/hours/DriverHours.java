package io.haulwatch.rules.hours;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.rules.hours.HoursJudgement.Clock;
import io.haulwatch.rules.hours.HoursProfile.GapPolicy;
import io.haulwatch.rules.hours.HoursSegment.Kind;
import io.haulwatch.rules.hours.Stretches.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Hours of driving (疲劳驾驶): continuous driving, its night part, and driving in any 24 hours. Source: Implementing Regulation of the Road
 * Traffic Safety Law art. 62(7), 道路运输车辆动态监督管理办法; in words in {@code docs/rules/fatigue.md}.
 *
 * <p>Everything an episode says follows from segments; while it is open it is told as of the last step it took (crossing, major,
 * critical), so that it says the same whoever asks when. The id names the continuous period: it is made of subject, rule and start of
 * the period, so warning and violation are one episode whose start moves to the crossing when it opens.
 */
public final class DriverHours {
    private static final long SECOND = 1_000L;

    private DriverHours() {}

    /**
     * Judges one subject.
     *
     * @param segments of all trucks while the subject answers for them, in any order
     * @param asOf device time up to which at least one of the trucks is settled, ms since 1970 UTC
     * @param since periods that start before are history and not told
     */
    public static HoursJudgement judge(
            Subject subject, List<HoursSegment> segments, HoursProfiles profiles, long asOf, long since) {
        List<DrivingPeriod> periods = periods(Stretches.flatten(segments, asOf, -1), profiles);
        RollingDay day = new RollingDay(periods);
        List<Episode> episodes = new ArrayList<>();
        List<HoursJudgement.Period> bounds = new ArrayList<>();
        for (DrivingPeriod period : periods) {
            bounds.add(new HoursJudgement.Period(period.startMillis, period.endMillis, period.rested));
            if (period.startMillis >= since) {
                continuous(subject, period, episodes);
                night(subject, period, episodes);
                rolling(subject, period, day, episodes);
            }
        }
        episodes.sort(Comparator.comparingLong(Episode::startMillis).thenComparing(Episode::rule));
        return new HoursJudgement(
                episodes, bounds, wakes(segments, profiles, periods, asOf), clock(segments, profiles, periods, asOf));
    }

    private static List<DrivingPeriod> periods(List<Stretch> stretches, HoursProfiles profiles) {
        List<DrivingPeriod> out = new ArrayList<>();
        @Nullable DrivingPeriod current = null;
        List<Stretch> between = new ArrayList<>();
        long standingSince = -1;
        boolean standingInferred = false;
        for (Stretch stretch : stretches) {
            HoursSegment source = stretch.source();
            HoursProfile profile = current != null
                    ? current.profile
                    : profiles.at(source == null ? 0 : source.vehicleId(), stretch.fromMillis());
            if (rests(stretch, profile)) {
                if (standingSince < 0) {
                    standingSince = stretch.fromMillis();
                    standingInferred = false;
                }
                standingInferred |= stretch.inferred();
                between.add(stretch);
                if (current != null && stretch.toMillis() - standingSince >= profile.restSeconds() * SECOND) {
                    current.rested = true;
                    current.restInferred = standingInferred;
                    current = null;
                }
            } else if (stretch.kind() == Kind.HOLE) {
                standingSince = -1;
                between.add(stretch);
            } else {
                if (current == null) {
                    current = new DrivingPeriod(profile, stretch, standingSince >= 0 && standingInferred);
                    out.add(current);
                } else {
                    long missing = standingSince < 0
                            ? Long.MAX_VALUE
                            : profile.restSeconds() * SECOND - (stretch.fromMillis() - standingSince);
                    current.borderline |= missing <= profile.reportSeconds() * SECOND;
                    current.parts.addAll(between);
                }
                between.clear();
                current.parts.add(stretch);
                current.endMillis = stretch.toMillis();
                standingSince = -1;
            }
        }
        if (current != null) {
            current.standingSince = standingSince;
        }
        return out;
    }

    private static boolean rests(Stretch stretch, HoursProfile profile) {
        if (stretch.kind() == Kind.STOPPED) {
            return true;
        }
        HoursSegment source = stretch.source();
        boolean mayBeRest = stretch.kind() == Kind.UNKNOWN
                ? stretch.length() >= profile.restSeconds() * SECOND
                : stretch.inferred() && source != null && source.possibleRestSeconds() >= profile.restSeconds();
        return profile.gapPolicy() == GapPolicy.LENIENT && mayBeRest;
    }

    private static void continuous(Subject subject, DrivingPeriod period, List<Episode> out) {
        HoursProfile profile = period.profile;
        long limit = profile.limitSeconds() * SECOND;
        long warned = period.reaches(limit - profile.prewarnSeconds() * SECOND, false);
        if (warned < 0) {
            return;
        }
        if (period.reaches(limit, true) >= 0) {
            out.add(violation(
                    subject,
                    Rule.FATIGUE,
                    period,
                    profile.limitSeconds(),
                    counter -> period.reaches(counter, true),
                    period::counterMillis,
                    false,
                    warned));
            return;
        }
        long end = period.rested ? Math.max(warned, period.endMillis) : warned;
        Map<String, Long> measures = new TreeMap<>();
        measures.put("counter_s", period.counterMillis(end) / SECOND);
        measures.put("limit_s", profile.limitSeconds());
        measures.put("excess_s", 0L);
        measures.put("period_start_ms", period.startMillis);
        measures.put("prewarned_at_ms", warned);
        out.add(episode(subject, Rule.FATIGUE, EpisodeState.PREWARNED, period, warned, end, Severity.NOTICE, measures));
    }

    private static void night(Subject subject, DrivingPeriod period, List<Episode> out) {
        long limit = period.profile.nightLimitSeconds();
        if (limit > 0 && period.nightExceeds(limit * SECOND) >= 0) {
            out.add(violation(
                    subject, Rule.FATIGUE_NIGHT, period, limit, period::nightExceeds, period::nightMillis, false, -1));
        }
    }

    private static void rolling(Subject subject, DrivingPeriod period, RollingDay day, List<Episode> out) {
        long limit = period.profile.dayLimitSeconds();
        if (day.exceeds(period, limit * SECOND) >= 0) {
            out.add(violation(
                    subject,
                    Rule.CUM24,
                    period,
                    limit,
                    counter -> day.exceeds(period, counter),
                    until -> day.peak(period, until),
                    period.profile.dayWarnsOnly(),
                    -1));
        }
    }

    private static Episode violation(
            Subject subject,
            Rule rule,
            DrivingPeriod period,
            long limitSeconds,
            LongUnaryOperator exceeds,
            LongUnaryOperator counterUntil,
            boolean warnsOnly,
            long warned) {
        HoursProfile profile = period.profile;
        long crossing = exceeds.applyAsLong(limitSeconds * SECOND);
        long major = exceeds.applyAsLong((limitSeconds + profile.majorSeconds()) * SECOND);
        long critical = exceeds.applyAsLong((limitSeconds + profile.criticalSeconds()) * SECOND);
        Severity severity = Severity.MINOR;
        long step = crossing;
        if (warnsOnly) {
            severity = Severity.NOTICE;
        } else if (critical >= 0) {
            severity = Severity.CRITICAL;
            step = critical;
        } else if (major >= 0) {
            severity = Severity.MAJOR;
            step = major;
        }
        long end = period.rested ? period.endMillis : step;
        long counter = counterUntil.applyAsLong(end) / SECOND;
        Map<String, Long> measures = new TreeMap<>();
        measures.put("counter_s", counter);
        measures.put("limit_s", limitSeconds);
        measures.put("excess_s", counter - limitSeconds);
        measures.put("driving_s", period.drivingMillis(crossing, end) / SECOND);
        measures.put("period_start_ms", period.startMillis);
        if (warned >= 0) {
            measures.put("prewarned_at_ms", warned);
        }
        EpisodeState state = period.rested ? EpisodeState.CLOSED : EpisodeState.OPEN;
        return episode(subject, rule, state, period, crossing, end, severity, measures);
    }

    private static Episode episode(
            Subject subject,
            Rule rule,
            EpisodeState state,
            DrivingPeriod period,
            long start,
            long end,
            Severity severity,
            Map<String, Long> measures) {
        Map<String, String> facts = new HashMap<>();
        facts.put("mode", period.profile.mode().name().toLowerCase(java.util.Locale.ROOT));
        facts.put("segments", period.told(end));
        if (period.borderline) {
            facts.put("borderline", "true");
        }
        if (period.rested && period.restInferred) {
            facts.put("rest_evidence", "inferred");
        }
        if (period.precedingRestInferred) {
            facts.put("preceding_rest_evidence", "inferred");
        }
        Evidence evidence = period.evidence(start, Math.max(end, start + 1));
        return new Episode(
                EpisodeId.of(subject, rule, period.startMillis),
                1,
                state,
                rule,
                period.profile.version(),
                subject,
                period.vehicleAt(start),
                subject instanceof Subject.OfDriver driver ? (Integer) driver.driverId() : null,
                start,
                end,
                severity,
                evidence,
                period.rested ? "rest" : null,
                measures,
                facts,
                List.of());
    }

    /** When each truck that goes on as it does now brings something new. */
    private static Map<Integer, Long> wakes(
            List<HoursSegment> segments, HoursProfiles profiles, List<DrivingPeriod> now, long asOf) {
        Map<Integer, Long> wakes = new HashMap<>();
        for (HoursSegment segment : segments) {
            if (segment.open() && segment.kind() == Kind.DRIVING) {
                List<DrivingPeriod> ahead = periods(Stretches.flatten(segments, asOf, segment.vehicleId()), profiles);
                if (!ahead.isEmpty()) {
                    long next = nextStep(ahead.getLast(), new RollingDay(ahead), segment.toMillis());
                    wakes.merge(segment.vehicleId(), next, Math::min);
                }
            }
        }
        DrivingPeriod last = now.isEmpty() ? null : now.getLast();
        if (last != null && !last.rested && last.standingSince >= 0) {
            long rested = last.standingSince + last.profile.restSeconds() * SECOND;
            for (HoursSegment segment : segments) {
                wakes.merge(segment.vehicleId(), rested, Math::min);
            }
        }
        wakes.values().removeIf(wake -> wake == Long.MAX_VALUE);
        return wakes;
    }

    private static long nextStep(DrivingPeriod period, RollingDay day, long after) {
        HoursProfile profile = period.profile;
        long limit = profile.limitSeconds() * SECOND;
        long next = Long.MAX_VALUE;
        long warned = period.reaches(limit - profile.prewarnSeconds() * SECOND, false);
        if (warned > after) {
            next = warned;
        }
        long[] steps = {0, profile.majorSeconds() * SECOND, profile.criticalSeconds() * SECOND};
        for (long step : steps) {
            next = Math.min(next, beyond(period.reaches(limit + step, true), after));
            if (profile.nightLimitSeconds() > 0) {
                next = Math.min(next, beyond(period.nightExceeds(profile.nightLimitSeconds() * SECOND + step), after));
            }
            if (step == 0 || !profile.dayWarnsOnly()) {
                next = Math.min(next, beyond(day.exceeds(period, profile.dayLimitSeconds() * SECOND + step), after));
            }
        }
        return next;
    }

    /** The first instant beyond a limit that is reached at {@code millis}, if that is still ahead. */
    private static long beyond(long millis, long after) {
        return millis >= 0 && millis + 1 > after ? millis + 1 : Long.MAX_VALUE;
    }

    private static @Nullable Clock clock(
            List<HoursSegment> segments, HoursProfiles profiles, List<DrivingPeriod> periods, long asOf) {
        if (segments.isEmpty()) {
            return null;
        }
        boolean driving = false;
        int vehicle = segments.getFirst().vehicleId();
        for (HoursSegment segment : segments) {
            driving |= segment.open() && segment.kind() == Kind.DRIVING;
            vehicle = segment.vehicleId();
        }
        DrivingPeriod last = periods.isEmpty() ? null : periods.getLast();
        boolean running = last != null && !last.rested;
        HoursProfile profile = last != null && running ? last.profile : profiles.at(vehicle, asOf);
        long counter = last != null && running ? last.counterMillis(Long.MAX_VALUE) : 0;
        return new Clock(
                counter / SECOND,
                profile.limitSeconds(),
                asOf + profile.limitSeconds() * SECOND - counter,
                driving,
                asOf);
    }
}
