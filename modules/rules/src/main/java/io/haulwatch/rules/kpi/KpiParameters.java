package io.haulwatch.rules.kpi;

/**
 * What the measures leave to the province. Defaults are conventions, not law (sheet of formulas, section 7).
 *
 * @param gapMetres {@code track.gap_km}: a pair of points further apart than this ...
 * @param gapSeconds {@code track.gap_s}: ... and longer apart than this is a gap
 * @param driftPoints {@code drift.min_points}: drift points in a day that make a truck drift
 * @param driftKmh {@code drift.kmh}: implied speed to both neighbours above which a point has drifted
 * @param driftMetres {@code drift.m}: displacement with the engine off above which a point has drifted
 * @param offlineMetres {@code off.km}: displacement during an absence that counts
 * @param offlineSeconds shortest absence that is judged
 * @param speedingSeconds shortest speeding that counts, and
 * @param mergeSeconds pauses within which several are one
 */
public record KpiParameters(
        int gapMetres,
        int gapSeconds,
        int driftPoints,
        int driftKmh,
        int driftMetres,
        int offlineMetres,
        int offlineSeconds,
        int speedingSeconds,
        int mergeSeconds) {
    public static final KpiParameters STANDARD = new KpiParameters(2_000, 180, 3, 160, 500, 20_000, 1_800, 30, 60);
}
