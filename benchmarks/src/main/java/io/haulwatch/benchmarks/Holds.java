package io.haulwatch.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the figures of one run against what was promised of them: prints a table, and ends with 1 if a promise is broken. Its argument is
 * the result file of JMH in JSON, measured with the gc profiler.
 */
final class Holds {
    /** An allocation of less than this per operation is the profiler's own noise. */
    private static final double NO_BYTES = 0.5;

    /**
     * What is promised of a benchmark.
     *
     * @param nanos most per operation
     * @param rival benchmark of the same run that has to take at least {@code times} as long, or null
     */
    private record Hold(
            String benchmark, double nanos, @Nullable String rival, double times) {}

    private static final List<Hold> HOLDS = List.of(
            new Hold("LocationDecodeBenchmark.bodyToRecord", 120, null, 0),
            new Hold("VehicleStageBenchmark.stage vehicles=41000", 150, null, 0),
            new Hold("ZoneLookupBenchmark.grid", 60, "ZoneLookupBenchmark.tree", 20));

    private record Figure(double nanos, double error, double bytes) {}

    private Holds() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Figure> figures = new HashMap<>();
        System.out.println("| benchmark | ns | ± | B/op | hold |");
        System.out.println("|---|---|---|---|---|");
        for (JsonNode result : new ObjectMapper().readTree(Path.of(arguments[0]).toFile())) {
            String[] name = result.path("benchmark").asText().split("\\.");
            String benchmark = name[name.length - 2] + "." + name[name.length - 1];
            for (Map.Entry<String, JsonNode> parameter : result.path("params").properties()) {
                benchmark +=
                        " " + parameter.getKey() + "=" + parameter.getValue().asText();
            }
            JsonNode primary = result.path("primaryMetric");
            figures.put(
                    benchmark,
                    new Figure(
                            primary.path("score").asDouble(),
                            primary.path("scoreError").asDouble(),
                            result.at("/secondaryMetrics/gc.alloc.rate.norm/score")
                                    .asDouble()));
        }
        int broken = 0;
        for (Map.Entry<String, Figure> each :
                figures.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            Figure figure = each.getValue();
            String verdict = "";
            for (Hold hold : HOLDS) {
                if (hold.benchmark().equals(each.getKey())) {
                    verdict = verdict(hold, figure, figures);
                    broken += verdict.startsWith("met") ? 0 : 1;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %s |%n",
                    each.getKey(),
                    figure.nanos(),
                    figure.error(),
                    figure.bytes(),
                    verdict);
        }
        System.exit(broken == 0 ? 0 : 1);
    }

    private static String verdict(Hold hold, Figure figure, Map<String, Figure> figures) {
        boolean met = figure.nanos() <= hold.nanos() && figure.bytes() < NO_BYTES;
        String promise = String.format(Locale.ROOT, "%.0f ns, 0 B/op", hold.nanos());
        Figure rival = hold.rival() == null ? null : figures.get(hold.rival());
        if (rival != null) {
            double times = rival.nanos() / figure.nanos();
            met &= times >= hold.times();
            promise += String.format(Locale.ROOT, ", %.0f× its rival (is %.1f×)", hold.times(), times);
        }
        return (met ? "met: " : "NOT MET: ") + promise;
    }
}
