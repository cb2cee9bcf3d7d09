package io.haulwatch.analytics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpisodeStreamTest {
    @Test
    void readsBackWhatWasSaid() throws IOException {
        Subject subject = new Subject.OfDriver(4);
        Episode episode = new Episode(
                EpisodeId.of(subject, Rule.FATIGUE, 1_000),
                3,
                EpisodeState.CLOSED,
                Rule.FATIGUE,
                "cn-2026.1",
                subject,
                17,
                4,
                1_000,
                2_000,
                Severity.MAJOR,
                Evidence.GAP,
                "rest",
                Map.of("counter_s", 15_000L),
                Map.of("mode", "moving", "zone", "学校"),
                List.of(new EvidencePoint(EvidencePoint.Role.PEAK, 1_500, "00ff")));
        assertThat(EpisodeStream.decode(EpisodeStream.encode(episode))).contains(new Said.OfEpisode(episode));
    }

    @Test
    void readsBackADoubt() throws IOException {
        DoubtMark mark = new DoubtMark(17, 1_000, -5, DoubtMark.Reason.JUMP);
        assertThat(EpisodeStream.decode(EpisodeStream.encode(mark))).contains(new Said.OfDoubt(mark));
    }

    @Test
    void passesOverKindsOfALaterBuild() throws IOException {
        assertThat(EpisodeStream.decode(new byte[] {1, 9, 0})).isEmpty();
        assertThat(EpisodeStream.decode(new byte[] {2, 1, '{', '}'})).isEmpty();
        assertThat(EpisodeStream.decode(new byte[0])).isEmpty();
    }

    @Test
    void toleratesFieldsOfALaterBuild() throws IOException {
        Subject subject = new Subject.OfVehicle(2);
        Episode episode = new Episode(
                EpisodeId.of(subject, Rule.SPEEDING, 5),
                1,
                EpisodeState.OPEN,
                Rule.SPEEDING,
                "v",
                subject,
                2,
                null,
                5,
                5,
                Severity.NOTICE,
                Evidence.LIVE,
                null,
                Map.of(),
                Map.of(),
                List.of());
        String json = new String(EpisodeStream.encode(episode), StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"later\":true,");
        assertThat(EpisodeStream.decode(json.getBytes(StandardCharsets.UTF_8))).contains(new Said.OfEpisode(episode));
    }
}
