package io.haulwatch.console.cases;

import io.haulwatch.console.alarms.AlarmNews;
import io.haulwatch.console.desk.Trail;
import io.haulwatch.console.desk.Trail.Doer;
import io.haulwatch.console.handling.Change;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Handling;
import io.haulwatch.console.handling.Step;
import io.haulwatch.console.handling.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Alarms on their way into a case. */
public final class CaseAlarms {
    private CaseAlarms() {}

    /** Lets alarms that are held wait for the case to which they belong. */
    public static List<AlarmNews> take(
            Connection connection, Trail trail, Doer doer, List<Work> held, long id, Instant now) throws SQLException {
        List<AlarmNews> news = new ArrayList<>();
        Duties duties = Duties.read(connection);
        for (Work each : held) {
            news.add(trail.step(
                    connection,
                    each,
                    Step.TAKE_INTO_CASE,
                    Change.to(Handling.IN_CASE).due(Duties.RECTIFY, duties.due(Duties.RECTIFY, each.severity(), now)),
                    doer,
                    "take_into_case",
                    Long.toString(id),
                    now));
        }
        return news;
    }
}
