package io.haulwatch.analytics.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.stream.Said;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpisodeGateTest {
    private final EpisodeGate gate = new EpisodeGate();

    @Test
    void saysNothingAgainThatTheStreamHolds() {
        gate.seen(new Said.OfEpisode(episode(1, 10)));
        gate.seen(new Said.OfEpisode(episode(2, 20)));
        assertThat(gate.pass(episode(1, 10))).isNull();
        assertThat(gate.pass(episode(2, 20))).isNull();
        assertThat(gate.pass(episode(3, 30))).isEqualTo(episode(3, 30));
        assertThat(gate.caughtUp(true)).isEmpty();
    }

    @Test
    void putsRightWhatCameOutDifferently() {
        gate.seen(new Said.OfEpisode(episode(2, 20)));
        assertThat(gate.pass(episode(1, 15))).isNull();
        assertThat(gate.caughtUp(true)).containsExactly(episode(3, 15));
        assertThat(gate.pass(episode(2, 40))).isEqualTo(episode(4, 40));
    }

    @Test
    void withdrawsWhatIsNotSaidAgainOnlyIfNothingIsMissing() {
        gate.seen(new Said.OfEpisode(episode(1, 10)));
        assertThat(gate.caughtUp(true)).singleElement().satisfies(e -> {
            assertThat(e.state()).isEqualTo(EpisodeState.WITHDRAWN);
            assertThat(e.revision()).isEqualTo(2);
        });
        gate.seen(new Said.OfEpisode(episode(1, 10)));
        assertThat(gate.caughtUp(false)).isEmpty();
    }

    @Test
    void marksADoubtOnce() {
        DoubtMark mark = new DoubtMark(1, 2, 3, DoubtMark.Reason.JUMP);
        gate.seen(new Said.OfDoubt(mark));
        assertThat(gate.pass(mark)).isFalse();
        assertThat(gate.pass(new DoubtMark(1, 2, 4, DoubtMark.Reason.JUMP))).isTrue();
        assertThat(gate.caughtUp(true)).isEmpty();
        assertThat(gate.pass(mark)).isTrue();
    }

    private static Episode episode(int revision, long end) {
        Subject subject = new Subject.OfVehicle(1);
        return new Episode(
                EpisodeId.of(subject, Rule.SPEEDING, 5),
                revision,
                EpisodeState.OPEN,
                Rule.SPEEDING,
                "v",
                subject,
                1,
                null,
                5,
                end,
                Severity.NOTICE,
                Evidence.LIVE,
                null,
                Map.of(),
                Map.of(),
                List.of());
    }
}
