package io.haulwatch.console.inspections;

import io.haulwatch.console.http.Json;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.rules.inspection.InspectionPlan;
import io.haulwatch.store.scope.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of inspections. */
final class InspectionBook {
    private static final String PLAN = """
            select p.plan_id, p.title, cardinality(p.company_ids) as companies, cardinality(p.population) as trucks, p.tolerable, p.confidence,
                p.sample_size, p.seed, coalesce(u.display_name, u.username) as drawn_by, p.drawn_at,
                count(r.result) filter (where r.result = 'in_order') as in_order, count(r.result) filter (where r.result = 'findings') as findings,
                count(r.result) filter (where r.result = 'not_shown') as not_shown
            from hw.inspection_plan p left join hw.app_user u on u.user_id = p.drawn_by
                left join (select distinct on (plan_id, vehicle_id) plan_id, result from hw.inspection_result
                    order by plan_id, vehicle_id, result_id desc) r on r.plan_id = p.plan_id
            where true
            """;

    private static final String GROUPED = "group by p.plan_id, u.display_name, u.username";

    private InspectionBook() {}

    /** A truck that may be drawn. */
    record Candidate(int id, int companyId, String plate) {}

    /** Trucks in service of the companies, by number. */
    static List<Candidate> candidates(
            Connection connection, Scope scope, @Nullable Integer company, @Nullable String region)
            throws SQLException {
        SqlText sql = new SqlText(
                        "select v.vehicle_id, v.company_id, v.plate from hw.vehicle v join hw.company c on c.company_id = v.company_id"
                                + " where v.retired_at is null and v.company_id > 0")
                .within(scope, "v.company_id = any (?)");
        if (company != null) {
            sql.and("v.company_id = ?", company);
        }
        if (region != null) {
            sql.and("starts_with(c.adcode, ?)", region);
        }
        return sql.add("order by v.vehicle_id")
                .list(connection, row -> new Candidate(row.getInt(1), row.getInt(2), row.getString(3)));
    }

    static long draw(
            Connection connection,
            UUID key,
            String title,
            InspectionPlan plan,
            String seed,
            Set<Integer> companies,
            int[] population,
            int userId,
            Instant now)
            throws SQLException {
        return new SqlText(
                        "insert into hw.inspection_plan (write_key, company_ids, title, population, tolerable, confidence, sample_size, seed,"
                                + " drawn_by, drawn_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning plan_id",
                        key,
                        companies,
                        title,
                        population,
                        plan.tolerable(),
                        plan.confidence(),
                        plan.sampleSize(),
                        seed,
                        userId,
                        now)
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
    }

    static void truck(Connection connection, long plan, int lot, Candidate truck) throws SQLException {
        new SqlText(
                        "insert into hw.inspection_truck (plan_id, lot, vehicle_id, company_id, plate) values (?, ?, ?, ?, ?)",
                        plan,
                        lot,
                        truck.id,
                        truck.companyId,
                        truck.plate)
                .run(connection);
    }

    /** A plan that was drawn under a key. */
    static Optional<Long> drawn(Connection connection, UUID key, int userId) throws SQLException {
        return new SqlText("select plan_id from hw.inspection_plan where write_key = ? and drawn_by = ?", key, userId)
                .first(connection, row -> row.getLong(1));
    }

    static List<PlanRow> list(Connection connection, Scope scope, @Nullable Long before, int limit)
            throws SQLException {
        SqlText sql = new SqlText(PLAN).within(scope, "p.company_ids <@ ?");
        if (before != null) {
            sql.and("p.plan_id < ?", before);
        }
        return sql.add(GROUPED + " order by p.plan_id desc limit ?", limit).list(connection, InspectionBook::plan);
    }

    static Optional<PlanRow> one(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText(PLAN)
                .within(scope, "p.company_ids <@ ?")
                .and("p.plan_id = ?", id)
                .add(GROUPED)
                .first(connection, InspectionBook::plan);
    }

    /** Numbers of all trucks that the sample was drawn of. */
    static List<Integer> population(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText("select population from hw.inspection_plan where true")
                .within(scope, "company_ids <@ ?")
                .and("plan_id = ?", id)
                .first(connection, row -> {
                    Array array = row.getArray(1);
                    return List.of((Integer[]) array.getArray());
                })
                .orElse(List.of());
    }

    static List<TruckRow> trucks(Connection connection, Scope scope, long id) throws SQLException {
        return new SqlText("""
                select t.lot, t.vehicle_id, t.company_id, c.name, t.plate, r.result, r.note, coalesce(u.display_name, u.username), r.told_at,
                    (select count(*) from hw.inspection_result a where a.plan_id = t.plan_id and a.vehicle_id = t.vehicle_id) as told
                from hw.inspection_truck t
                    left join hw.company c on c.company_id = t.company_id
                    left join lateral (select * from hw.inspection_result r where r.plan_id = t.plan_id and r.vehicle_id = t.vehicle_id
                        order by r.result_id desc limit 1) r on true
                    left join hw.app_user u on u.user_id = r.told_by
                where true
                """)
                .within(scope, "t.company_id = any (?)")
                .and("t.plan_id = ?", id)
                .add("order by t.lot")
                .list(connection, row -> {
                    Timestamp at = row.getTimestamp(9);
                    String company = row.getString(4);
                    return new TruckRow(
                            row.getInt(1),
                            row.getInt(2),
                            row.getInt(3),
                            company == null ? "" : company,
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8),
                            at == null ? null : Json.time(at.toInstant()),
                            row.getInt(10));
                });
    }

    /** Says what was found. @return false if the key was used already */
    static boolean tell(
            Connection connection,
            UUID key,
            long plan,
            TruckRow truck,
            String result,
            String note,
            int userId,
            Instant now)
            throws SQLException {
        return new SqlText(
                                "insert into hw.inspection_result (write_key, plan_id, vehicle_id, company_id, result, note, told_by, told_at)"
                                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (write_key) do nothing",
                                key,
                                plan,
                                truck.vehicleId,
                                truck.companyId,
                                result,
                                note,
                                userId,
                                now)
                        .run(connection)
                == 1;
    }

    private static PlanRow plan(ResultSet row) throws SQLException {
        InspectionPlan plan =
                new InspectionPlan(row.getInt("trucks"), row.getDouble("tolerable"), row.getDouble("confidence"));
        return new PlanRow(
                row.getLong("plan_id"),
                row.getString("title"),
                row.getInt("companies"),
                plan.trucks(),
                plan.tolerable(),
                plan.tolerated(),
                plan.confidence(),
                row.getInt("sample_size"),
                row.getString("seed"),
                row.getString("drawn_by"),
                Json.time(row.getTimestamp("drawn_at").toInstant()),
                row.getInt("in_order"),
                row.getInt("findings"),
                row.getInt("not_shown"));
    }

    /** The numbers of some trucks, for the draw. */
    static int[] ids(List<Candidate> candidates) {
        return candidates.stream().mapToInt(Candidate::id).toArray();
    }

    /** The drawn ones in the order of their lots. */
    static List<Candidate> chosen(List<Candidate> candidates, int[] ids) {
        Map<Integer, Candidate> byId = candidates.stream().collect(Collectors.toMap(Candidate::id, each -> each));
        return Arrays.stream(ids)
                .mapToObj(id -> Objects.requireNonNull(byId.get(id)))
                .toList();
    }

    /**
     * A plan.
     *
     * @param trucks of which the sample was drawn
     * @param tolerated bad ones that may be among them
     */
    record PlanRow(
            long id,
            String title,
            int companies,
            int trucks,
            double tolerable,
            int tolerated,
            double confidence,
            int sampleSize,
            String seed,
            @Nullable String drawnBy,
            String drawnAt,
            int inOrder,
            int findings,
            int notShown) {
        InspectionPlan plan() {
            return new InspectionPlan(trucks, tolerable, confidence);
        }

        boolean complete() {
            return inOrder + findings + notShown == sampleSize;
        }
    }

    /** A drawn truck. @param told how often something was said of it: more than once means corrected */
    record TruckRow(
            int lot,
            int vehicleId,
            int companyId,
            String companyName,
            String plate,
            @Nullable String result,
            @Nullable String note,
            @Nullable String toldBy,
            @Nullable String toldAt,
            int told) {}
}
