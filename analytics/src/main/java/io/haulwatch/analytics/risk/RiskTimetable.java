package io.haulwatch.analytics.risk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * When the scores are computed: every minute for a small centre and every ten for a large one, because alarms come and papers run out, and within seconds
 * after somebody put something right, so that he sees what it was worth. The larger the fleet the longer the pause: computing takes a tenth of one processor
 * at most, and a sixtieth while nobody changes anything, but for the ten minutes that nobody waits beyond. Not thread-safe.
 */
public final class RiskTimetable {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final int PAUSE_OF_RUNS = 10;
    private static final int UNCHANGED_PAUSE_OF_RUNS = 60;

    // What people change: register and papers raise one number, the others only grow; appeals are decided once.
    private static final String CHANGED = """
            select concat_ws(' ', (select number from hw.reference_number),
                (select max(event_id) from hw.hazard_event), (select max(record_id) from hw.maintenance_record),
                (select max(record_id) from hw.training_record), (select max(accident_id) from hw.accident),
                (select count(*) from hw.appeal where decided_at is not null))""";

    private final RiskJob job;
    private final DataSource database;
    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private Instant latest = Instant.MIN;
    private String known = "";

    /** @param database pool of the writer's role */
    public RiskTimetable(RiskJob job, DataSource database, InstantSource clock) {
        this.job = job;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Computes the scores if it is time; to be called every few seconds.
     *
     * @return whether it was
     * @throws SQLException if the database does not answer; it is tried again a minute later
     */
    public boolean tick() throws SQLException {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        // What fails now is tried again after this pause, and told as often.
        next = now.plus(AFTER_FAILURE);
        // Read before the scores: what changes meanwhile is found the next time.
        String changed = changed();
        if (now.isBefore(latest) && changed.equals(known)) {
            next = now;
            return false;
        }
        job.run();
        Instant done = clock.instant();
        known = changed;
        Duration took = Duration.between(now, done);
        next = done.plus(took.multipliedBy(PAUSE_OF_RUNS));
        latest = now.plus(unchangedFor(took));
        return true;
    }

    private static Duration unchangedFor(Duration took) {
        Duration pause = took.multipliedBy(UNCHANGED_PAUSE_OF_RUNS);
        return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private String changed() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(CHANGED);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }
}
