package io.haulwatch.rules.risk;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A company's risk (企业风险评分), 0 none to 100 worst: {@code R = wA·A + wD·D + wT·T + wH·H + wM·M}. A part without data is left out, the
 * other weights are scaled up, and the result says so. Method and worked example: {@code docs/rules/risk-score.md}.
 *
 * @param value 0..100, null if nothing at all is known
 * @param band blue below 25, yellow below 50, orange below 75, red
 * @param parts those with data
 * @param missing those without
 * @param insufficientData too few kilometres for a driving part
 */
public record RiskScore(
        @Nullable Double value,
        @Nullable Band band,
        List<Contribution> parts,
        List<Part> missing,
        boolean insufficientData,
        List<RiskInputs.Veto> vetoes) {

    /** Raised with every change of weights or formula. */
    public static final String FORMULA = "risk-2026.3";

    /** Behind the formula where training is not recorded, so that two such scores are not taken for the same measure. */
    public static final String WITHOUT_TRAINING = "-untrained";

    /** Thousand kilometres of average driving that every company is given, so that a small one is not judged by a few events. */
    static final double PRIOR_1000KM = 20;

    /** Below this in 30 days driving is not judged, km. */
    static final double MIN_KM_30D = 1_000;

    /** Parts of the score. */
    public enum Part {
        /** Driving: events against kilometres. */
        A(0.40),
        /** Documents. */
        D(0.25),
        /** Training. */
        T(0.15),
        /** Hazards. */
        H(0.10),
        /** Monitoring. */
        M(0.10);

        private final double weight;

        Part(double weight) {
            this.weight = weight;
        }

        /** Share of the whole while nothing is missing. */
        public double weight() {
            return weight;
        }
    }

    /** Four colours (四色). */
    public enum Band {
        BLUE,
        YELLOW,
        ORANGE,
        RED;

        /** Lower case, as stored and sent. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Band of(double value) {
            if (value >= 75) {
                return RED;
            }
            return value >= 50 ? ORANGE : value >= 25 ? YELLOW : BLUE;
        }
    }

    /**
     * One part.
     *
     * @param weight after scaling
     * @param value 0..100
     * @param points what it adds to the score
     * @param data what it was computed from
     */
    public record Contribution(Part part, double weight, double value, double points, Map<String, Double> data) {
        public Contribution {
            data = Map.copyOf(data);
        }
    }

    public RiskScore {
        parts = List.copyOf(parts);
        missing = List.copyOf(missing);
        vetoes = List.copyOf(vetoes);
    }

    /** The formula that it was computed by. */
    public String formula() {
        return missing.contains(Part.T) ? FORMULA + WITHOUT_TRAINING : FORMULA;
    }

    /** Computes the score of a company. */
    public static RiskScore of(RiskInputs in) {
        return of(in, EnumSet.allOf(Part.class));
    }

    /** Computes the score of whatever has these parts: of a truck driving and papers. The weights of the others are shared out among them. */
    public static RiskScore of(RiskInputs in, Set<Part> parts) {
        Map<Part, Double> values = new EnumMap<>(Part.class);
        Map<Part, Map<String, Double>> data = new EnumMap<>(Part.class);
        boolean insufficient = in.kilometres30d() < MIN_KM_30D;
        if (!insufficient && in.meanPer1000km() > 0) {
            values.put(Part.A, driving(in, data));
        }
        if (in.documentWeight() > 0) {
            values.put(Part.D, documents(in, data));
        }
        RiskInputs.Training training = in.training();
        if (training != null) {
            data.put(
                    Part.T,
                    Map.of(
                            "monthly_done",
                            training.monthlyDone(),
                            "continuing_on_track",
                            training.continuingOnTrack()));
            values.put(Part.T, 100 * (1 - (0.6 * training.monthlyDone() + 0.4 * training.continuingOnTrack())));
        }
        data.put(Part.H, Map.of("overdue_general", (double) in.overdueGeneral(), "overdue_major", (double)
                in.overdueMajor()));
        values.put(Part.H, Math.min(100, 100 * (in.overdueGeneral() + 10.0 * in.overdueMajor()) / 10));
        monitoring(in, values, data);
        values.keySet().retainAll(parts);

        double whole = values.keySet().stream().mapToDouble(Part::weight).sum();
        List<Contribution> contributions = new ArrayList<>();
        double score = 0;
        for (Map.Entry<Part, Double> entry : values.entrySet()) {
            double weight = entry.getKey().weight() / whole;
            double points = weight * entry.getValue();
            score += points;
            contributions.add(new Contribution(
                    entry.getKey(), weight, entry.getValue(), points, data.getOrDefault(entry.getKey(), Map.of())));
        }
        List<Part> missing = new ArrayList<>();
        for (Part part : Part.values()) {
            if (parts.contains(part) && !values.containsKey(part)) {
                missing.add(part);
            }
        }
        for (RiskInputs.Veto veto : in.vetoes()) {
            score = Math.max(score, veto.floor());
        }
        return new RiskScore(score, Band.of(score), contributions, missing, insufficient, in.vetoes());
    }

    private static double driving(RiskInputs in, Map<Part, Map<String, Double>> data) {
        double exposure = in.kilometres() / 1_000;
        double rate = (in.eventPoints() + PRIOR_1000KM * in.meanPer1000km()) / (exposure + PRIOR_1000KM);
        Map<String, Double> told = new TreeMap<>();
        told.put("event_points", in.eventPoints());
        told.put("km", in.kilometres());
        told.put("rate_per_1000km", rate);
        told.put("mean_per_1000km", in.meanPer1000km());
        data.put(Part.A, told);
        return 100 * (1 - Math.exp(-rate / (2 * in.meanPer1000km())));
    }

    private static double documents(RiskInputs in, Map<Part, Map<String, Double>> data) {
        double share = in.documentRisk() / in.documentWeight();
        data.put(Part.D, Map.of("risk_weight", in.documentRisk(), "weight", in.documentWeight(), "share", share));
        return Math.min(100, 100 * share / 0.20);
    }

    private static void monitoring(RiskInputs in, Map<Part, Double> values, Map<Part, Map<String, Double>> data) {
        Double closed = in.closedInTime();
        Double track = in.trackRate();
        if (closed == null && track == null) {
            return;
        }
        // Of the two halves the one that is not measured leaves its weight to the other.
        double closedWeight = closed == null ? 0 : track == null ? 1 : 0.6;
        double sum = 0;
        Map<String, Double> told = new TreeMap<>();
        if (closed != null) {
            sum += closedWeight * (1 - closed) / 0.10;
            told.put("closed_in_time", closed);
        }
        if (track != null) {
            sum += (1 - closedWeight) * (1 - track) / 0.30;
            told.put("track_rate", track);
        }
        data.put(Part.M, told);
        values.put(Part.M, Math.min(100, 100 * sum));
    }
}
