package io.haulwatch.console.driver;

import io.haulwatch.console.sql.SqlText;
import io.haulwatch.training.study.StudyClock.Step;
import io.haulwatch.training.study.StudyState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** What happened while a driver studied: skipped, hidden, interrupted, seen to be there. */
final class StudyEvents {
    /** Events of one lesson; whoever makes more of them tells nothing new. */
    private static final int MOST = 500;

    private static final long SECOND = 1_000;

    private StudyEvents() {}

    static void add(Connection connection, Study study, String kind, long seconds, Instant now) throws SQLException {
        add(connection, study.id(), study.companyId(), study.driverId(), kind, seconds, now);
    }

    static void add(Connection connection, long study, int company, int driver, String kind, long seconds, Instant now)
            throws SQLException {
        new SqlText("""
                        insert into hw.study_event (study_id, company_id, driver_id, at, kind, seconds)
                        select ?, ?, ?, ?::timestamptz, ?::text, ?::integer where (select count(*) from hw.study_event where study_id = ?) < ?
                        """, study, company, driver, now, kind, (int) seconds, study, MOST).run(connection);
    }

    /** Writes down what a step of the study clock was. @param after with what the day had room for */
    static void add(Connection connection, Study study, Step step, StudyState before, StudyState after, Instant now)
            throws SQLException {
        long since = before.lastBeatAtMillis() == 0 ? 0 : after.lastBeatAtMillis() - before.lastBeatAtMillis();
        switch (step.outcome()) {
            case JUMPED -> add(connection, study, "skip", 0, now);
            case GAP -> add(connection, study, "gap", since / SECOND, now);
            case HIDDEN -> add(connection, study, "hidden", since / SECOND, now);
            case PRESENT -> add(connection, study, "check_passed", 0, now);
            case CHECK_MISSED -> add(connection, study, "check_missed", step.revokedMillis() / SECOND, now);
            case STARTED, CREDITED, REPLAYED, NOT_ASKED, ENDED -> {}
        }
        if (step.creditedMillis() > 0 && after.creditedMillis() - before.creditedMillis() < step.creditedMillis()) {
            add(connection, study, "day_full", 0, now);
        }
    }
}
