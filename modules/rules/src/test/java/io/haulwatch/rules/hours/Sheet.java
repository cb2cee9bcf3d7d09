package io.haulwatch.rules.hours;

import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.rules.hours.HoursSegment.Kind;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A day's timeline written as the fact sheet writes it: local times, one truck, one driver. */
final class Sheet {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final Subject DRIVER = new Subject.OfDriver(1);

    private final List<HoursSegment> segments = new ArrayList<>();
    private final ReferenceSet reference;
    private long asOf;

    private Sheet(VehicleClass vehicleClass, Map<String, String> parameters) {
        reference = reference(vehicleClass, parameters);
    }

    static ReferenceSet reference(VehicleClass vehicleClass, Map<String, String> parameters) {
        return new ReferenceSet(
                1,
                List.of(),
                List.of(new ReferenceSet.Vehicle(
                        7, 1, "渝B12345", vehicleClass, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)),
                List.of(),
                List.of(),
                List.of(),
                List.of(new ReferenceSet.RuleProfile(
                        "hours", "test-1", 0, null, parameters, ReferenceSet.ALWAYS, ReferenceSet.FOREVER)));
    }

    static Sheet general() {
        return new Sheet(VehicleClass.GENERAL, Map.of());
    }

    static Sheet generalElapsed() {
        return new Sheet(VehicleClass.GENERAL, Map.of("cn.cont_mode", "elapsed"));
    }

    static Sheet dangerousGoods() {
        return new Sheet(VehicleClass.DANGEROUS_GOODS, Map.of());
    }

    static Sheet general(Map<String, String> parameters) {
        return new Sheet(VehicleClass.GENERAL, parameters);
    }

    Sheet drive(String from, String to) {
        return add(Kind.DRIVING, from, to, false, 0);
    }

    Sheet stop(String from, String to) {
        return add(Kind.STOPPED, from, to, false, 0);
    }

    Sheet stillWithoutData(String from, String to) {
        return add(Kind.STOPPED, from, to, true, 0);
    }

    Sheet movedWithoutData(String from, String to, double possibleRestMinutes) {
        return add(Kind.DRIVING, from, to, true, (long) (possibleRestMinutes * 60));
    }

    Sheet unknown(String from, String to) {
        return add(Kind.UNKNOWN, from, to, true, 3_600);
    }

    private Sheet add(Kind kind, String from, String to, boolean inferred, long possibleRestSeconds) {
        segments.add(new HoursSegment(
                7,
                kind,
                at(from),
                at(to),
                false,
                inferred ? Evidence.GAP : Evidence.LIVE,
                inferred,
                possibleRestSeconds));
        asOf = Math.max(asOf, at(to));
        return this;
    }

    HoursJudgement judge() {
        return DriverHours.judge(DRIVER, segments, new HoursProfiles(reference), asOf, Long.MIN_VALUE);
    }

    HoursJudgement.Clock clock() {
        return clock(judge());
    }

    static HoursJudgement.Clock clock(HoursJudgement judgement) {
        return java.util.Objects.requireNonNull(judgement.clock());
    }

    Optional<Episode> episode(Rule rule) {
        return judge().episodes().stream().filter(e -> e.rule() == rule).findFirst();
    }

    Episode the(Rule rule) {
        return episode(rule).orElseThrow(() -> new AssertionError("no " + rule + " in " + judge()));
    }

    /** {@code 11:19:50} on day 1, {@code 2/07:00} on day 2. */
    static long at(String text) {
        int slash = text.indexOf('/');
        int day = slash < 0 ? 1 : Integer.parseInt(text.substring(0, slash));
        LocalTime time = LocalTime.parse(text.substring(slash + 1));
        return LocalDateTime.of(2026, 3, day, time.getHour(), time.getMinute(), time.getSecond())
                .atZone(ZONE)
                .toInstant()
                .toEpochMilli();
    }
}
