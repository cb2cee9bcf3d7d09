package io.haulwatch.store.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.haulwatch.store.TestDatabase;
import io.haulwatch.store.episode.EpisodeWriter.Result;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The newest revision is the row, whatever part of the stream comes twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpisodeWriterTest {
    private static final long START = Instant.parse("2026-11-20T09:00:20Z").toEpochMilli();

    private final TestDatabase database = TestDatabase.onEmbedded();
    private EpisodeWriter writer = new EpisodeWriter(database.databases().writer(), "episodes");

    @BeforeAll
    void registerAVehicle() throws Exception {
        database.run("insert into hw.company (company_id, name, adcode) values (1, 'A', '500112')", """
                insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)
                values (7, 1, '渝A00007', 2, 'GENERAL')
                """);
    }

    @BeforeEach
    void startFromNothing() throws Exception {
        database.run("truncate hw.episode, hw.episode_revision, hw.episode_action, hw.doubt, hw.reader_offset cascade");
        writer = new EpisodeWriter(database.databases().writer(), "episodes");
        assertThat(writer.resume()).isZero();
    }

    @AfterAll
    void close() {
        database.close();
    }

    private static Episode episode(int vehicleId, int revision, EpisodeState state) {
        Subject subject = new Subject.OfVehicle(vehicleId);
        return new Episode(
                EpisodeId.of(subject, Rule.SPEEDING, START),
                revision,
                state,
                Rule.SPEEDING,
                "cn-2026.1",
                subject,
                vehicleId,
                null,
                START,
                START + revision * 10_000L,
                Severity.MINOR,
                Evidence.LIVE,
                state == EpisodeState.CLOSED ? "limit" : null,
                Map.of("peak_decikmh", 980L),
                Map.of("limit_source", "PLATFORM_VEHICLE"),
                List.of(new EvidencePoint(EvidencePoint.Role.OPENING, START, "00ff")));
    }

    private String one(String query) throws SQLException {
        return String.valueOf(database.one(query));
    }

    @Test
    void keepsTheNewestRevisionAsTheRowAndAllBesideIt() throws Exception {
        writer.add(0, episode(7, 1, EpisodeState.PREWARNED));
        writer.add(1, episode(7, 2, EpisodeState.OPEN));
        writer.add(2, episode(7, 3, EpisodeState.CLOSED));
        assertThat(writer.commit()).isEqualTo(new Result(3, 0));
        assertThat(one("""
                        select concat_ws('|', revision, state, rule, severity, evidence, ended_by, company_id, stream_offset,
                            measures ->> 'peak_decikmh', facts ->> 'limit_source', points -> 0 ->> 'role', handling,
                            ended_at at time zone 'utc') from hw.episode
                        """))
                .isEqualTo("3|closed|speeding|2|live|limit|1|2|980|PLATFORM_VEHICLE|opening|new|2026-11-20 09:00:50");
        assertThat(database.column("select revision || ':' || state from hw.episode_revision order by revision"))
                .containsExactly("1:prewarned", "2:open", "3:closed");
    }

    @Test
    void ignoresWhatItHasSeen() throws Exception {
        writer.add(0, episode(7, 1, EpisodeState.OPEN));
        writer.add(1, episode(7, 2, EpisodeState.CLOSED));
        writer.commit();
        database.run("delete from hw.reader_offset");
        assertThat(writer.resume()).isZero();
        writer.add(0, episode(7, 1, EpisodeState.OPEN));
        assertThat(writer.commit()).isEqualTo(new Result(0, 0));
        assertThat(one("select revision || state from hw.episode")).isEqualTo("2closed");
    }

    @Test
    void leavesAloneWhatPeopleDid() throws Exception {
        writer.add(0, episode(7, 1, EpisodeState.OPEN));
        writer.commit();
        database.run("update hw.episode set handling = 'claimed', handled_by = 5");
        writer.add(1, episode(7, 2, EpisodeState.CLOSED));
        writer.commit();
        assertThat(one("select handling || handled_by || state from hw.episode"))
                .isEqualTo("claimed5closed");
    }

    @Test
    void storesDoubtsOnceAndResumesBehindThem() throws Exception {
        DoubtMark doubt = new DoubtMark(7, START, -1, DoubtMark.Reason.JUMP);
        writer.add(0, doubt);
        writer.skip(1);
        writer.add(2, doubt);
        assertThat(writer.commit()).isEqualTo(new Result(0, 1));
        assertThat(one("select concat_ws('|', vehicle_id, company_id, body_hash, reason) from hw.doubt"))
                .isEqualTo("7|1|-1|jump");
        assertThat(writer.resume()).isEqualTo(3);
    }

    @Test
    void givesAnEpisodeOfAnUnknownVehicleToNobody() throws Exception {
        writer.add(0, episode(99, 1, EpisodeState.OPEN));
        writer.commit();
        assertThat(one("select company_id from hw.episode")).isEqualTo("0");
    }

    @Test
    void movesNoOffsetWhenTheTransactionFails() throws Exception {
        database.run("revoke insert on hw.doubt from haulwatch_writer");
        try {
            writer.add(0, episode(7, 1, EpisodeState.OPEN));
            writer.add(1, new DoubtMark(7, START, 1, DoubtMark.Reason.JUMP));
            assertThatThrownBy(() -> writer.commit()).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> writer.commit()).isInstanceOf(IllegalStateException.class);
        } finally {
            database.run("grant insert on hw.doubt to haulwatch_writer");
        }
        assertThat(writer.resume()).isZero();
        assertThat(one("select count(*) from hw.episode")).isEqualTo("0");
    }
}
