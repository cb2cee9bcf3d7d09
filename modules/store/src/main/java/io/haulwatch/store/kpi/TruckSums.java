package io.haulwatch.store.kpi;

/** The figures of trucks over some days, summed up from {@code hw.kpi_vehicle_day}. */
public final class TruckSums {
    /**
     * A row for each truck that was in service on the last day, whether it was ever online among what it has. Parameters: the last day, the drift points
     * that make a day one of drifting, the first day, the last day, and the moment at which the last day begins. Whoever uses it adds his own
     * conditions, then {@link #GROUPS}.
     */
    public static final String OF_DAYS = """
            select v.vehicle_id, v.company_id, count(*) filter (where d.qualified > 0) > 0
                    or exists (select from hw.kpi_vehicle_day e where e.vehicle_id = v.vehicle_id and e.day <= ? and e.qualified > 0) as entered,
                count(*) filter (where d.qualified > 0) as online_days, coalesce(sum(d.received), 0) as received,
                coalesce(sum(d.qualified), 0) as qualified, coalesce(sum(d.total_m), 0) as total_m, coalesce(sum(d.gap_m), 0) as gap_m,
                count(*) filter (where d.drifts >= ?) as drift_days, coalesce(sum(d.offline_moves), 0) as offline_moves,
                coalesce(sum(d.speedings), 0) as speedings, coalesce(sum(d.fatigue_s), 0) as fatigue_s, coalesce(sum(d.due), 0) as due,
                coalesce(sum(d.handled), 0) as handled, coalesce(sum(d.in_time), 0) as in_time, coalesce(sum(d.loops_due), 0) as loops_due,
                coalesce(sum(d.looped), 0) as looped, coalesce(sum(d.appeals), 0) as appeals, coalesce(sum(d.rejected), 0) as rejected
            from hw.vehicle v left join hw.kpi_vehicle_day d on d.vehicle_id = v.vehicle_id and d.day between ? and ?
            where (v.retired_at is null or v.retired_at >= ?)""";

    public static final String GROUPS = " group by v.vehicle_id, v.company_id";

    private TruckSums() {}
}
