package io.haulwatch.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is older than asked for goes, what is younger stays; on native partitions and on a hypertable alike. */
@ParameterizedClass
@MethodSource("io.haulwatch.store.TestDatabase#fresh")
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    private final TestDatabase database;

    RetentionTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void dropsDaysAndRowsThatAreTooOld() throws Exception {
        database.run(
                "select hw.ensure_position_day(d::date) from generate_series(date '2026-11-01', '2026-11-20', '1 day') d",
                """
                insert into hw.position (vehicle_id, device_time, body_hash, receive_time, flags, alarms, status, lat, lon,
                    altitude, speed, heading, body)
                select 1, d, 1, d, 0, 0, 2, 0, 0, 0, 0, 0, ''
                from generate_series(timestamptz '2026-11-01 12:00:00+00', '2026-11-20 12:00:00+00', '1 day') d
                """,
                """
                insert into hw.position_quarantine (vehicle_id, company_id, body_hash, receive_time, reason, detail, body)
                select 1, 0, n, timestamptz '2026-11-20 08:00:00+00' - n * interval '1 day', 'r', '', ''
                from generate_series(1, 30) n
                """,
                """
                insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id,
                    started_at, ended_at, opened_at, severity, evidence, measures, facts, points, stream_offset)
                select gen_random_uuid(), 0, 1, 'closed', 'speeding', 'v', 'vehicle:1', 1, t, t, t, 1, 'live', '{}', '{}', '[]', 0
                from unnest(array[timestamptz '2026-10-01 00:00:00+00', '2026-11-10 00:00:00+00']) t
                """,
                """
                insert into hw.episode_action (episode_id, company_id, user_id, kind)
                select episode_id, 0, 1, 'note' from hw.episode
                """);
        Retention retention = new Retention(database.databases().writer(), Duration.ofDays(8), Duration.ofDays(30));

        Retention.Result first = retention.run(NOW);

        assertThat(first.days()).as("the days before 10 November").isEqualTo(9);
        assertThat(database.one("select min(device_time) at time zone 'utc' from hw.position"))
                .isEqualTo("2026-11-10 12:00:00");
        assertThat(database.one("select count(*) from hw.position_quarantine")).isEqualTo("10");
        assertThat(database.one("select count(*) from hw.episode")).isEqualTo("1");
        assertThat(database.one("select count(*) from hw.episode_action")).isEqualTo("1");
        assertThat(retention.run(NOW)).isEqualTo(new Retention.Result(0, 0));
    }

    @Test
    void refusesToKeepEpisodesShorterThanPositions() {
        assertThatThrownBy(() -> new Retention(database.databases().writer(), Duration.ofDays(8), Duration.ofDays(7)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
