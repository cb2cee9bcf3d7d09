package io.haulwatch.console.storms;

import io.haulwatch.console.alarms.AlarmPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A storm of alarms, told by when the platform had them, whatever the trucks' clocks say.
 *
 * @param since the first minute with more than {@link #MANY}
 * @param alarms since then
 * @param busiestMinute most of one minute
 * @param rules most first
 * @param models of terminals, most first
 * @param areas squares of one degree, most first
 */
record Storm(
        Instant since, int alarms, int busiestMinute, List<OfRule> rules, List<OfModel> models, List<OfArea> areas) {
    /** More alarms than this within a minute are a storm. */
    static final int MANY = 30;
    /** It is over when no minute was one for so long. */
    static final Duration CALM = Duration.ofMinutes(5);

    private static final int TOLD = 3;
    /** Fewer alarms say nothing about a model or an area. */
    private static final int FEWEST = 10;

    private static final double LEAST_SHARE = 0.2;
    private static final double TIMES_USUAL = 2;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** An alarm of the storm. */
    record Came(
            String rule, @Nullable String model, @Nullable AlarmPlace place) {}

    /** A square of one degree each way. */
    record Square(int lat, int lon) {
        static Square of(double lat, double lon) {
            return new Square((int) Math.floor(lat), (int) Math.floor(lon));
        }
    }

    /** How many are of a rule. */
    record OfRule(String rule, int alarms) {}

    /**
     * How many are of a model of terminal.
     *
     * @param share of the alarms
     * @param usual share of the trucks
     * @param standsOut whether that is far more than its trucks would explain
     */
    record OfModel(String model, int alarms, double share, double usual, boolean standsOut) {}

    /** How many are of an area. @param lat @param lon the middle of its alarms @param usual share of the trucks that are there now */
    record OfArea(double lat, double lon, int alarms, double share, double usual, boolean standsOut) {}

    /** Since when it storms; null if it does not. @param byMinute how many came, by the begin of their minute */
    static @Nullable Instant since(SortedMap<Instant, Integer> byMinute, Instant now) {
        Instant first = null;
        Instant last = null;
        for (Map.Entry<Instant, Integer> minute : byMinute.entrySet()) {
            if (minute.getValue() > MANY) {
                Instant began = minute.getKey();
                if (last == null || last.plus(MINUTE).plus(CALM).isBefore(began)) {
                    first = began;
                }
                last = began;
            }
        }
        return last == null || last.plus(MINUTE).plus(CALM).isBefore(now) ? null : first;
    }

    /**
     * What it is made of.
     *
     * @param trucksByModel trucks whose terminal is of a model
     * @param trucksBySquare where trucks are
     */
    static Storm of(
            Instant since,
            int busiestMinute,
            List<Came> came,
            Map<String, Integer> trucksByModel,
            Map<Square, Integer> trucksBySquare) {
        Map<String, List<Came>> rules = grouped(came, Came::rule);
        Map<String, List<Came>> models = grouped(came, Came::model);
        Map<Square, List<Came>> squares =
                grouped(came, each -> each.place == null ? null : Square.of(each.place.lat(), each.place.lon()));
        int trucks = sum(trucksByModel);
        int placed = sum(trucksBySquare);
        return new Storm(
                since,
                came.size(),
                busiestMinute,
                most(rules, (rule, of) -> new OfRule(rule, of.size())),
                most(models, (model, of) -> {
                    double share = share(of.size(), came.size());
                    double usual = share(trucksByModel.getOrDefault(model, 0), trucks);
                    return new OfModel(model, of.size(), share, usual, standsOut(of.size(), share, usual));
                }),
                most(squares, (square, of) -> {
                    double share = share(of.size(), came.size());
                    double usual = share(trucksBySquare.getOrDefault(square, 0), placed);
                    return new OfArea(
                            middle(of, AlarmPlace::lat),
                            middle(of, AlarmPlace::lon),
                            of.size(),
                            share,
                            usual,
                            standsOut(of.size(), share, usual));
                }));
    }

    private static boolean standsOut(int alarms, double share, double usual) {
        return alarms >= FEWEST && share >= LEAST_SHARE && share >= TIMES_USUAL * usual;
    }

    private static <K> Map<K, List<Came>> grouped(List<Came> came, Function<Came, @Nullable K> by) {
        Map<K, List<Came>> groups = new HashMap<>();
        for (Came each : came) {
            K key = by.apply(each);
            if (key != null) {
                groups.computeIfAbsent(key, any -> new ArrayList<>()).add(each);
            }
        }
        return groups;
    }

    private static <K, T> List<T> most(Map<K, List<Came>> groups, Told<K, T> told) {
        return groups.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<K, List<Came>> each) ->
                                -each.getValue().size())
                        .thenComparing(each -> each.getKey().toString()))
                .limit(TOLD)
                .map(each -> told.of(each.getKey(), each.getValue()))
                .toList();
    }

    private interface Told<K, T> {
        T of(K key, List<Came> alarms);
    }

    private static double middle(List<Came> alarms, Function<AlarmPlace, Double> side) {
        double sum = 0;
        for (Came each : alarms) {
            sum += each.place == null ? 0 : side.apply(each.place);
        }
        return Math.round(1e4 * sum / alarms.size()) / 1e4;
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : Math.round(1_000.0 * part / whole) / 1_000.0;
    }
}
