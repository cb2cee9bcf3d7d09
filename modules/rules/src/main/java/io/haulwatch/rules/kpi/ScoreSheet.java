package io.haulwatch.rules.kpi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The official score sheets: a company's of 100 points (of which those for post checks need the link to an upper platform) and an administration's. Rates below
 * a threshold give nothing, and it is the unrounded rate that is compared. Without a value an indicator keeps its full points; {@code kpi.null_is_zero} is
 * not set.
 */
public final class ScoreSheet {
    private static final double PIECE = 10;

    private ScoreSheet() {}

    /** One line of a sheet. @param value unrounded, null when nothing could be counted */
    public record Line(String code, @Nullable Double value, double points, double most) {}

    /** A sheet with its sum. */
    public record Score(List<Line> lines, double points, double most) {
        static Score of(List<Line> lines) {
            return new Score(
                    List.copyOf(lines),
                    lines.stream().mapToDouble(Line::points).sum(),
                    lines.stream().mapToDouble(Line::most).sum());
        }
    }

    /**
     * A company's sheet (运输企业), section 3.1.
     *
     * @param own its figures
     * @param speedingMean mean of the region for {@link Indicator#SPEEDING}, all companies of the region included
     * @param fatigueMean mean of the region for {@link Indicator#FATIGUE}
     * @param postChecks answered in time / received; null while no upper platform is connected: the line is left out then
     */
    public static Score company(
            Map<Indicator, Ratio> own,
            @Nullable Double speedingMean,
            @Nullable Double fatigueMean,
            @Nullable Ratio postChecks) {
        List<Line> lines = new ArrayList<>();
        lines.add(rate(own, Indicator.NETWORK_ENTRY, 5, 0.90));
        lines.add(rate(own, Indicator.ONLINE, 5, 0));
        lines.add(rate(own, Indicator.TRACK, 15, 0.70));
        lines.add(rate(own, Indicator.DATA, 15, 0.80));
        lines.add(drift(own, 10));
        lines.add(againstMean(own, Indicator.SPEEDING, speedingMean));
        lines.add(againstMean(own, Indicator.FATIGUE, fatigueMean));
        if (postChecks != null) {
            Double value = postChecks.value();
            lines.add(new Line("post_checks", value, value == null ? 10 : 10 * value, 10));
        }
        return Score.of(lines);
    }

    /** An administration's sheet (管理部门平台), section 3.2. */
    public static Score administration(Map<Indicator, Ratio> own) {
        return Score.of(List.of(
                rate(own, Indicator.NETWORK_ENTRY, 5, 0.90),
                rate(own, Indicator.ONLINE, 10, 0),
                drift(own, 15),
                rate(own, Indicator.TRACK, 40, 0.70),
                rate(own, Indicator.DATA, 30, 0.80)));
    }

    /**
     * Points for a count per truck {@code x} beside the region's mean {@code a}: 20 for none, 10 at the mean, nothing from twice the mean. With a mean of 0 the
     * sheet says nothing: none gives 20, any gives 0.
     */
    public static double againstMean(double x, double a) {
        if (a == 0) {
            return x == 0 ? 2 * PIECE : 0;
        }
        if (x <= a) {
            return PIECE + PIECE * (a - x) / a;
        }
        return x < 2 * a ? PIECE * (2 * a - x) / a : 0;
    }

    private static Line againstMean(Map<Indicator, Ratio> own, Indicator indicator, @Nullable Double mean) {
        Double value = own.getOrDefault(indicator, Ratio.NONE).value();
        double points = value == null || mean == null ? 2 * PIECE : againstMean(value, mean);
        return new Line(indicator.code(), value, points, 2 * PIECE);
    }

    private static Line rate(Map<Indicator, Ratio> own, Indicator indicator, double most, double threshold) {
        Double value = own.getOrDefault(indicator, Ratio.NONE).value();
        double points = value == null ? most : value < threshold ? 0 : most * value;
        return new Line(indicator.code(), value, points, most);
    }

    private static Line drift(Map<Indicator, Ratio> own, double most) {
        Double value = own.getOrDefault(Indicator.DRIFT, Ratio.NONE).value();
        double points = value == null ? most : value > 0.05 ? 0 : most - most * value;
        return new Line(Indicator.DRIFT.code(), value, points, most);
    }
}
