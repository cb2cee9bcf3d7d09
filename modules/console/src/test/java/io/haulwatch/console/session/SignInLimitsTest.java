package io.haulwatch.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInLimitsTest {
    private static final Instant START = Instant.parse("2026-11-20T16:00:00Z");

    private final SignInLimits limits = new SignInLimits();

    @Test
    void makesGuessersWaitLongerAndLonger() {
        Instant now = START;
        for (int i = 0; i < 4; i++) {
            limits.failed("li", "10.0.0.1", now);
            assertThat(limits.waitFor("li", "10.0.0.1", now)).isZero();
        }
        long before = 0;
        for (int i = 0; i < 10; i++) {
            limits.failed("li", "10.0.0.1", now);
            long wait = limits.waitFor("li", "10.0.0.1", now).toSeconds();
            assertThat(wait).isBetween(Math.max(1, before), 60L);
            before = wait;
            now = now.plusSeconds(wait);
            assertThat(limits.waitFor("li", "10.0.0.1", now)).isZero();
        }
    }

    @Test
    void failuresFromElsewhereLockNobodyOut() {
        for (int i = 0; i < 1_000; i++) {
            limits.failed("li", "10.0.0.66", START);
        }
        assertThat(limits.waitFor("li", "10.0.0.1", START)).isZero();
        assertThat(limits.waitFor("wang", "10.0.0.66", START)).isZero();
        assertThat(limits.waitFor("LI", "10.0.0.66", START)).isPositive();
    }

    @Test
    void aHostThatMovesThroughItsIpv6NetworkStaysTheSame() {
        for (int i = 0; i < 6; i++) {
            limits.failed("li", "2001:db8:1:2::" + Integer.toHexString(i), START);
        }
        assertThat(limits.waitFor("li", "2001:db8:1:2:ffff:ffff:ffff:ffff", START))
                .isPositive();
        assertThat(limits.waitFor("li", "2001:db8:1:3::1", START)).isZero();
        limits.succeeded("li", "2001:0db8:0001:0002::9");
        assertThat(limits.waitFor("li", "2001:db8:1:2::1", START)).isZero();
    }

    @Test
    void aRightPasswordForgetsTheWrongOnes() {
        for (int i = 0; i < 20; i++) {
            limits.failed("li", "10.0.0.1", START);
        }
        limits.succeeded("li", "10.0.0.1");
        assertThat(limits.waitFor("li", "10.0.0.1", START)).isZero();
    }

    @Test
    void holdsABoundedNumberOfPairs() {
        for (int i = 0; i < 100_000; i++) {
            limits.failed("user" + i, "10.0.0.1", START);
        }
        assertThat(limits.waitFor("user1", "10.0.0.1", START)).isZero();
    }
}
