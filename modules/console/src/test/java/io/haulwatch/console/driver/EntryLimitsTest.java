package io.haulwatch.console.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EntryLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    private final EntryLimits limits = new EntryLimits();

    private static String phone(int n) {
        return String.format(Locale.ROOT, "138%08d", n);
    }

    @Test
    void anIpv6NetworkGetsAsManyCodesAsOneAddress() {
        for (int i = 0; i < 20; i++) {
            assertThat(limits.ask(phone(i), "2001:db8:1:2::" + i, NOW)).isZero();
        }
        assertThat(limits.ask(phone(20), "2001:db8:1:2::ffff", NOW)).isPositive();
        assertThat(limits.ask(phone(21), "2001:db8:1:3::1", NOW)).isZero();
        assertThat(limits.ask(phone(22), "10.0.0.1", NOW)).isZero();
    }

    @Test
    void anIpv6NetworkGuessesAsOftenAsOneAddress() {
        for (int i = 0; i < 60; i++) {
            assertThat(limits.waitToTry("2001:db8:1:2::" + i, NOW)).isZero();
            limits.wrong("2001:db8:1:2::" + i, NOW);
        }
        assertThat(limits.waitToTry("2001:db8:1:2::ffff", NOW)).isPositive();
        assertThat(limits.waitToTry("unknown", NOW)).isZero();
    }
}
