package io.haulwatch.analytics.risk;

import io.haulwatch.analytics.risk.RiskBehind.DriverPoints;
import io.haulwatch.analytics.risk.RiskBehind.Gap;
import io.haulwatch.rules.risk.RiskInputs;
import io.haulwatch.rules.risk.RiskInputs.Training;
import io.haulwatch.rules.risk.RiskInputs.Veto;
import io.haulwatch.rules.risk.RiskScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something that a company can do about its score, and how far the score would fall: the difference of two computations, one without what the
 * act takes away. A score that a veto holds up does not fall by anything else, so the fall without vetoes is told too.
 *
 * @param code papers, papers_all, hazards_general, hazards_major, training, handling or drivers
 * @param kind of paper, empty for others
 * @param count things that it is about
 * @param points by which the score falls
 * @param pointsBelow by which it would fall without vetoes
 */
public record RiskAct(String code, String kind, int count, double points, double pointsBelow) {
    private static final double NOTHING = 0.05;
    /** Share of gaps from which part D stays at 100. */
    private static final double CAPPED = 0.20;

    /** The acts that lower a score most, and what it would be after all of them. */
    public record Best(List<RiskAct> acts, double reachable) {
        public Best {
            acts = List.copyOf(acts);
        }
    }

    private record Candidate(String code, String kind, int count, UnaryOperator<RiskInputs> change) {}

    private record Weighed(Candidate candidate, RiskAct act) {}

    /** @param most how many */
    public static Best best(RiskInputs inputs, RiskBehind behind, int most) {
        double now = value(inputs);
        double below = value(withoutVetoes(inputs));
        List<Weighed> weighed = new ArrayList<>();
        for (Candidate candidate : candidates(inputs, behind)) {
            RiskInputs after = candidate.change.apply(inputs);
            RiskAct act = new RiskAct(
                    candidate.code,
                    candidate.kind,
                    candidate.count,
                    now - value(after),
                    below - value(withoutVetoes(after)));
            if (act.points > NOTHING || act.pointsBelow > NOTHING) {
                weighed.add(new Weighed(candidate, act));
            }
        }
        weighed.sort(Comparator.comparingDouble((Weighed one) -> -one.act.points)
                .thenComparingDouble(one -> -one.act.pointsBelow)
                .thenComparing(one -> one.act.code + one.act.kind));
        List<Weighed> best = weighed.subList(0, Math.min(most, weighed.size()));
        RiskInputs after = inputs;
        for (Weighed one : best) {
            after = one.candidate.change.apply(after);
        }
        return new Best(best.stream().map(Weighed::act).toList(), value(after));
    }

    private static List<Candidate> candidates(RiskInputs inputs, RiskBehind behind) {
        List<Candidate> all = new ArrayList<>();
        for (Gap gap : behind.papers()) {
            if (gap.open() > 0) {
                String veto = gap.kind().equals("co.licence") ? "company_licence" : "";
                all.add(new Candidate(
                        "papers",
                        gap.kind(),
                        gap.open(),
                        in -> changed(
                                in,
                                in.eventPoints(),
                                Math.max(0, in.documentRisk() - gap.risk()),
                                in.training(),
                                in.overdueGeneral(),
                                in.overdueMajor(),
                                in.closedInTime(),
                                veto)));
            }
        }
        if (inputs.documentWeight() > 0 && inputs.documentRisk() / inputs.documentWeight() > CAPPED) {
            // So many are open that one kind alone changes nothing: the part stays at its cap.
            int open = behind.papers().stream().mapToInt(Gap::open).sum();
            double risk = behind.papers().stream()
                    .filter(gap -> gap.open() > 0)
                    .mapToDouble(Gap::risk)
                    .sum();
            all.add(new Candidate(
                    "papers_all",
                    "",
                    open,
                    in -> changed(
                            in,
                            in.eventPoints(),
                            Math.max(0, in.documentRisk() - risk),
                            in.training(),
                            in.overdueGeneral(),
                            in.overdueMajor(),
                            in.closedInTime(),
                            "company_licence")));
        }
        if (inputs.overdueGeneral() > 0) {
            all.add(new Candidate(
                    "hazards_general",
                    "",
                    inputs.overdueGeneral(),
                    in -> changed(
                            in,
                            in.eventPoints(),
                            in.documentRisk(),
                            in.training(),
                            0,
                            in.overdueMajor(),
                            in.closedInTime(),
                            "")));
        }
        if (inputs.overdueMajor() > 0) {
            all.add(new Candidate(
                    "hazards_major",
                    "",
                    inputs.overdueMajor(),
                    in -> changed(
                            in,
                            in.eventPoints(),
                            in.documentRisk(),
                            in.training(),
                            in.overdueGeneral(),
                            0,
                            in.closedInTime(),
                            "major_hazard")));
        }
        Training training = inputs.training();
        if (training != null && training.monthlyDone() < 1) {
            all.add(new Candidate(
                    "training",
                    "",
                    behind.undrilled(),
                    in -> changed(
                            in,
                            in.eventPoints(),
                            in.documentRisk(),
                            new Training(1, training.continuingOnTrack()),
                            in.overdueGeneral(),
                            in.overdueMajor(),
                            in.closedInTime(),
                            "")));
        }
        Double closed = inputs.closedInTime();
        if (closed != null && closed < 1) {
            all.add(new Candidate(
                    "handling",
                    "",
                    behind.late(),
                    in -> changed(
                            in,
                            in.eventPoints(),
                            in.documentRisk(),
                            in.training(),
                            in.overdueGeneral(),
                            in.overdueMajor(),
                            1.0,
                            "")));
        }
        double worst =
                behind.worstDrivers().stream().mapToDouble(DriverPoints::points).sum();
        if (worst > 0) {
            all.add(new Candidate(
                    "drivers",
                    "",
                    behind.worstDrivers().size(),
                    in -> changed(
                            in,
                            Math.max(0, in.eventPoints() - worst),
                            in.documentRisk(),
                            in.training(),
                            in.overdueGeneral(),
                            in.overdueMajor(),
                            in.closedInTime(),
                            "")));
        }
        return all;
    }

    private static RiskInputs changed(
            RiskInputs in,
            double eventPoints,
            double documentRisk,
            @Nullable Training training,
            int general,
            int major,
            @Nullable Double closedInTime,
            String veto) {
        List<Veto> left =
                in.vetoes().stream().filter(each -> !each.code().equals(veto)).toList();
        return new RiskInputs(
                eventPoints,
                in.kilometres(),
                in.kilometres30d(),
                in.meanPer1000km(),
                in.documentWeight(),
                documentRisk,
                training,
                general,
                major,
                closedInTime,
                in.trackRate(),
                left);
    }

    private static RiskInputs withoutVetoes(RiskInputs in) {
        return new RiskInputs(
                in.eventPoints(),
                in.kilometres(),
                in.kilometres30d(),
                in.meanPer1000km(),
                in.documentWeight(),
                in.documentRisk(),
                in.training(),
                in.overdueGeneral(),
                in.overdueMajor(),
                in.closedInTime(),
                in.trackRate(),
                List.of());
    }

    private static double value(RiskInputs inputs) {
        Double value = RiskScore.of(inputs).value();
        return value == null ? 0 : value;
    }
}
