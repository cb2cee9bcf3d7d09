package io.haulwatch.console.training;

import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.sql.SqlText;
import io.haulwatch.store.scope.ScopedDatabase;
import io.haulwatch.training.effect.Relapse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether courses work (培训成效): of drivers with an alarm, how many have the like again within thirty days after they passed the course, beside
 * drivers with such an alarm who did not learn, as {@link TrainingEffects} counted them. What does not work comes first.
 */
final class EffectRoutes {
    private static final String SUMS = """
            select c.course_id, c.title, c.title_en, c.topic, coalesce(sum(f.taught), 0), coalesce(sum(f.taught_again), 0),
                coalesce(sum(f.others), 0), coalesce(sum(f.others_again), 0)
            from hw.course c left join (""";

    private final ScopedDatabase database;

    EffectRoutes(ScopedDatabase database) {
        this.database = database;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1/training-effect", Right.WATCH, this::effect));
    }

    /** Drivers, and how many of them did it again. */
    record Group(int n, int relapsed) {
        static Group of(Relapse.Group group) {
            return new Group(group.drivers(), group.relapsed());
        }
    }

    /**
     * What a course does.
     *
     * @param difference share of the others who relapse, less that of those who learnt: above 0 is good
     * @param low end of its 95 % interval
     * @param verdict works, harms, or open if chance explains it
     */
    record Effect(
            ProgressRoutes.Course course,
            Group taught,
            Group comparable,
            double difference,
            double low,
            double high,
            String verdict) {}

    /** @param countedAt when it was counted, null before the first time */
    record Effects(
            List<Effect> items,
            @Nullable String nextCursor,
            @Nullable String countedAt) {}

    private record Compared(ProgressRoutes.Course course, Relapse.Comparison comparison) {}

    private Answer effect(Call call) throws SQLException {
        Integer company = call.number("company", 1, Integer.MAX_VALUE);
        return database.read(call.scope(), call.user().userId(), connection -> {
            SqlText counted = new SqlText("select * from hw.training_effect where true")
                    .within(call.scope(), "company_id = any (?)");
            if (company != null) {
                counted.and("company_id = ?", company);
            }
            List<Compared> found = counted.around(SUMS, ") f using (course_id)")
                    .add(
                            "where c.topic = any (?::text[]) and c.published_at is not null group by c.course_id",
                            TrainingEffects.RULES.keySet())
                    .list(
                            connection,
                            row -> new Compared(
                                    new ProgressRoutes.Course(
                                            row.getInt(1), row.getString(2), row.getString(3), row.getString(4)),
                                    Relapse.compare(
                                            new Relapse.Group(row.getInt(5), row.getInt(6)),
                                            new Relapse.Group(row.getInt(7), row.getInt(8)))));
            Instant at = TrainingEffects.countedAt(connection);
            return answer(found, at);
        });
    }

    private static Answer answer(List<Compared> found, @Nullable Instant countedAt) {
        return Answer.json(new Effects(
                found.stream()
                        .sorted((a, b) -> Relapse.Comparison.DOES_NOT_WORK_FIRST.compare(a.comparison, b.comparison))
                        .map(each -> new Effect(
                                each.course,
                                Group.of(each.comparison.taught()),
                                Group.of(each.comparison.control()),
                                each.comparison.improvement(),
                                each.comparison.lower(),
                                each.comparison.upper(),
                                each.comparison.verdict().name().toLowerCase(Locale.ROOT)))
                        .toList(),
                null,
                countedAt == null ? null : Json.time(countedAt)));
    }
}
