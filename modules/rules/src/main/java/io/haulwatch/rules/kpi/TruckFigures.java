package io.haulwatch.rules.kpi;

/**
 * What one truck did in a period, as far as the indicators count it.
 *
 * @param entered whether it ever sent a qualified record up to the end of the period
 * @param onlineDays days with a qualified record
 * @param received records that came
 * @param qualified of them
 * @param totalMetres driven, gaps as straight lines
 * @param gapMetres of them
 * @param driftDays days on which it drifted
 * @param offlineMoves absences during which it went far
 * @param speedings merged events
 * @param fatigueSeconds driven beyond the limit
 * @param alarms what became of its alarms and of the appeals against them
 */
public record TruckFigures(
        boolean entered,
        int onlineDays,
        long received,
        long qualified,
        double totalMetres,
        double gapMetres,
        int driftDays,
        int offlineMoves,
        int speedings,
        long fatigueSeconds,
        AlarmCounts alarms) {

    /** This truck alone. */
    public Counts counts() {
        boolean online = onlineDays > 0;
        return new Counts(
                1,
                entered ? 1 : 0,
                online ? 1 : 0,
                received,
                qualified,
                totalMetres,
                gapMetres,
                driftDays > 0 ? 1 : 0,
                offlineMoves > 0 ? 1 : 0,
                speedings,
                fatigueSeconds,
                alarms);
    }

    /** Sums over trucks: of a company, a region or all. */
    public record Counts(
            long trucks,
            long entered,
            long online,
            long received,
            long qualified,
            double totalMetres,
            double gapMetres,
            long drifting,
            long movedOffline,
            long speedings,
            long fatigueSeconds,
            AlarmCounts alarms) {
        /** No truck. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, AlarmCounts.NONE);

        public double completeMetres() {
            return Math.max(0, totalMetres - gapMetres);
        }

        /** Both sums. */
        public Counts plus(Counts other) {
            return new Counts(
                    trucks + other.trucks,
                    entered + other.entered,
                    online + other.online,
                    received + other.received,
                    qualified + other.qualified,
                    totalMetres + other.totalMetres,
                    gapMetres + other.gapMetres,
                    drifting + other.drifting,
                    movedOffline + other.movedOffline,
                    speedings + other.speedings,
                    fatigueSeconds + other.fatigueSeconds,
                    alarms.plus(other.alarms));
        }
    }
}
