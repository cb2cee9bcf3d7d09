package io.haulwatch.console;

import io.haulwatch.console.alarms.LiveAlarms;
import io.haulwatch.console.companies.CompanyScores.Score;
import io.haulwatch.console.live.FleetRisk;
import java.util.HashMap;
import java.util.Map;

/** What colours trucks: live alarms and the scores of companies. Thread-safe. */
final class TruckColours implements FleetRisk {
    private static final int TENTH = 10;
    private static final int UNKNOWN = -1;

    private final LiveAlarms alarms;
    private volatile Scores scores = new Scores(0, Map.of());

    TruckColours(LiveAlarms alarms) {
        this.alarms = alarms;
    }

    /** Takes the newest scores. */
    void scores(Map<Integer, Score> newest) {
        Map<Integer, Integer> deciles = new HashMap<>();
        newest.forEach((company, score) -> {
            Double value = score.score();
            if (value != null) {
                deciles.put(company, Math.clamp((int) (value / TENTH), 0, TENTH));
            }
        });
        if (!deciles.equals(scores.deciles)) {
            scores = new Scores(scores.version + 1, Map.copyOf(deciles));
        }
    }

    @Override
    public int openSeverityOf(int vehicleId) {
        return alarms.severityOf(vehicleId);
    }

    @Override
    public int decileOf(int companyId) {
        return scores.deciles.getOrDefault(companyId, UNKNOWN);
    }

    @Override
    public int[] changedVehicles() {
        return alarms.drainChanged();
    }

    @Override
    public long scoresVersion() {
        return scores.version;
    }

    private record Scores(long version, Map<Integer, Integer> deciles) {}
}
