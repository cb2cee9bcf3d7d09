package io.haulwatch.console.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.9",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fd00::7",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:db8::1",
                "fec0::1"
            })
    void nothingThatOnlyThisMachineReachesIsOpen(String address) {
        assertThat(TargetRule.PUBLIC_ONLY.allows(InetAddress.ofLiteral(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.169.0.1",
                "100.128.0.1",
                "2606:4700::1111",
                "240e::1"
            })
    void thePublicNetworkIsOpen(String address) {
        assertThat(TargetRule.PUBLIC_ONLY.allows(InetAddress.ofLiteral(address)))
                .isTrue();
        assertThat(TargetRule.PUBLIC_ONLY.isOpened(InetAddress.ofLiteral(address)))
                .as("but not without TLS")
                .isFalse();
    }

    @Test
    void theOperatorOpensNetworksAndNothingBesides() {
        TargetRule rule = TargetRule.opening("10.1.0.0/16, fd00:7::/32 192.168.7.7");
        for (String open : new String[] {"10.1.0.1", "10.1.255.255", "fd00:7:1::1", "192.168.7.7"}) {
            assertThat(rule.allows(InetAddress.ofLiteral(open))).as(open).isTrue();
            assertThat(rule.isOpened(InetAddress.ofLiteral(open))).as(open).isTrue();
        }
        for (String closed : new String[] {"10.2.0.1", "10.0.255.255", "fd00:8::1", "192.168.7.8", "127.0.0.1"}) {
            assertThat(rule.allows(InetAddress.ofLiteral(closed))).as(closed).isFalse();
        }
        for (String wrong : new String[] {"10.0.0.0/33", "host.example", "10.0.0.0/-1", "10.0.0.0/x"}) {
            assertThatThrownBy(() -> TargetRule.opening(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
