package io.haulwatch.console.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.provider.PendingSignIns.Known;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingSignInsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);

    private final PendingSignIns pending = new PendingSignIns(4);

    @Test
    void eachIsTakenOnceAndNotAfterItsTime() {
        keep("a", "10.0.0.1");
        assertThat(pending.look("a", Known.class, NOW)).isPresent();
        assertThat(pending.look("a", PendingSignIns.Begun.class, NOW)).isEmpty();
        assertThat(pending.take("a", Known.class, NOW)).isPresent();
        assertThat(pending.take("a", Known.class, NOW)).isEmpty();
        keep("b", "10.0.0.1");
        assertThat(pending.take("b", Known.class, LATER)).isEmpty();
        assertThat(pending.size()).isZero();
    }

    @Test
    void whoBeginsWithoutEndPushesOutHimselfAndNobodyElse() {
        keep("honest", "10.0.0.1");
        for (int i = 0; i < 100; i++) {
            keep("flood" + i, "10.0.0.66");
        }
        assertThat(pending.size()).isEqualTo(4);
        assertThat(pending.look("honest", Known.class, NOW)).isPresent();
        assertThat(pending.look("flood99", Known.class, NOW)).isPresent();
        assertThat(pending.look("flood96", Known.class, NOW)).isEmpty();
    }

    @Test
    void whatIsOverGivesWayFirst() {
        for (int i = 0; i < 4; i++) {
            keep("over" + i, "10.0.0.1");
        }
        pending.keep("new", known(), "10.0.0.2", LATER.plusSeconds(600), LATER);
        assertThat(pending.size()).isEqualTo(1);
    }

    private void keep(String token, String address) {
        pending.keep(token, known(), address, LATER, NOW);
    }

    private static Known known() {
        return new Known(1, "somebody", "https://id.example.com", "subject", null);
    }
}
