package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.gateway.link.LinkLimits;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.SignOn;
import io.haulwatch.gateway.register.RefusedTerminals.Reason;
import io.haulwatch.gateway.register.RefusedTerminals.Refused;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import io.haulwatch.model.report.LinkRecord;
import io.haulwatch.model.report.PositionRecord;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Platforms that pass on what many terminals say over one connection. */
class RelayTest {
    private static final InetAddress RELAY = InetAddress.ofLiteral("127.0.0.101");
    private static final String SEVEN = "13912345677";
    private static final String EIGHT = "13912345678";
    private static final String STRANGER = "13912345670";

    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();

    private GatewayFixture fixture(boolean enrol) throws Exception {
        return new GatewayFixture(
                folder, options -> options.withEnrolUnknown(enrol).withRelays(Set.of(RELAY)));
    }

    private FrameWriter as(String phone, boolean is2019, int messageId, int serial) {
        return writer.begin(TerminalAddress.of(phone, is2019), messageId, serial);
    }

    private void report(Terminal808 relay, String phone, int n, int serial) throws Exception {
        relay.send(Terminal808.report(n).put(as(phone, n % 2 == 0, MessageId.LOCATION, serial)));
    }

    @Test
    void manyTerminalsReportOverOneConnectionEachAsItself() throws Exception {
        List<Terminal> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(known(i + 1, Long.toString(13_900_000_000L + i)));
        }
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(all.toArray(Terminal[]::new));
            Terminal808 relay = fixture.relay(RELAY);
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 300; i++) {
                    report(relay, Long.toString(13_900_000_000L + i), i + 1000 * round, i);
                }
                for (int i = 0; i < 300; i++) {
                    Terminal808.Answer answer = relay.next();
                    assertThat(answer.answeredId()).isEqualTo(MessageId.LOCATION);
                    assertThat(answer.result()).isZero();
                }
            }
            assertThat(fixture.gateway.sessions().size()).isEqualTo(300);
            assertThat(fixture.log.positions()).hasSize(600);
            for (PositionRecord position : fixture.log.positions()) {
                // Each says its number by its latitude.
                int n = (position.latitudeMicrodeg() - 29_563_000) % 1000;
                assertThat(position.vehicleId()).isEqualTo(n + 1);
            }
            assertThat(fixture.gateway.counters().signOns.of(SignOn.RELAYED)).isEqualTo(300);

            relay.close();
            await().untilAsserted(
                            () -> assertThat(fixture.gateway.sessions().size()).isZero());
            await().untilAsserted(() -> assertThat(fixture.log.links().stream()
                            .filter(link -> link.event() == LinkRecord.Event.OFFLINE)
                            .map(LinkRecord::vehicleId)
                            .distinct())
                    .hasSize(300));
        }
    }

    @Test
    void whomTheRegisterDoesNotKnowIsRefusedAndShownAndTheOthersGoOn() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, SEVEN));
            Terminal808 relay = fixture.relay(RELAY);
            // More than one terminal of its own may fail.
            for (int i = 0; i < 40; i++) {
                report(relay, STRANGER, i, 100 + i);
            }
            report(relay, SEVEN, 1, 7);
            int refused = 0;
            Terminal808.Answer answer = relay.next();
            while (answer.serial() != 7) {
                assertThat(answer.result()).isEqualTo(1);
                refused++;
                answer = relay.next();
            }
            assertThat(answer.result()).isZero();
            assertThat(refused).isPositive();
            assertThat(fixture.log.positions()).hasSize(1);
            Refused told = fixture.gateway.refusedTerminals().newestFirst().getFirst();
            assertThat(told.phone()).isEqualTo(STRANGER);
            assertThat(told.reason()).isEqualTo(Reason.UNKNOWN_PHONE);
            assertThat(told.times()).isEqualTo(40);
            assertThat(told.address()).isEqualTo("127.0.0.101");
        }
    }

    @Test
    void aTerminalMayRegisterAndAuthenticateThroughARelayAndIsEnrolledWhereThatIsAllowed() throws Exception {
        try (GatewayFixture fixture = fixture(true)) {
            Terminal808 relay = fixture.relay(RELAY);
            relay.send(new Registration(Edition.V2019, 50, 100, "70111", "HW-T", "T9", 2, "渝B10009")
                    .put(as(STRANGER, true, MessageId.REGISTER, 1)));
            Terminal808.Answer registered = relay.next();
            assertThat(registered.messageId()).isEqualTo(MessageId.REGISTER_ANSWER);
            assertThat(registered.result()).isZero();
            relay.send(new Authentication(Edition.V2019, "what the relay likes", "860000000000017", "T1.0")
                    .put(as(STRANGER, true, MessageId.AUTHENTICATE, 2)));
            assertThat(relay.next().result()).isZero();
            report(relay, STRANGER, 2, 3);
            assertThat(relay.next().result()).isZero();
            assertThat(fixture.log.positions()).hasSize(1);
            assertThat(fixture.gateway.sessions().size()).isEqualTo(1);
        }
    }

    @Test
    void aTerminalsOwnConnectionIsNotTakenAwayByARelayWhichStepsInWhenItEnds() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, SEVEN));
            Terminal808 own = fixture.signedOn(Edition.V2013, SEVEN, 7);
            Terminal808 relay = fixture.relay(RELAY);
            report(relay, SEVEN, 1, 1);
            assertThat(relay.next().result()).isZero();
            own.sendReport(3, 3);
            assertThat(own.next().result()).isZero();
            assertThat(fixture.gateway.counters().takeOvers.sum()).isZero();
            own.close();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(fixture.log.links())
                        .extracting(LinkRecord::event)
                        .containsExactly(LinkRecord.Event.ONLINE, LinkRecord.Event.OFFLINE, LinkRecord.Event.ONLINE);
                assertThat(fixture.gateway.sessions().online(7)).isTrue();
            });
        }
    }

    @Test
    void aTerminalThatConnectsItselfTakesOverFromARelay() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, SEVEN), known(8, EIGHT));
            Terminal808 relay = fixture.relay(RELAY);
            report(relay, SEVEN, 1, 1);
            report(relay, EIGHT, 2, 2);
            assertThat(relay.next().result()).isZero();
            assertThat(relay.next().result()).isZero();
            Terminal808 own = fixture.signedOn(Edition.V2013, SEVEN, 7);
            await().untilAsserted(() -> assertThat(
                            fixture.gateway.counters().relayedEnded.of(CloseCause.TAKEN_OVER))
                    .isEqualTo(1));
            report(relay, SEVEN, 3, 3);
            report(relay, EIGHT, 4, 4);
            assertThat(relay.next().result()).isZero();
            assertThat(relay.next().result()).isZero();
            own.sendReport(5, 5);
            assertThat(own.next().result()).isZero();
            assertThat(fixture.gateway.sessions().size()).isEqualTo(2);
        }
    }

    @Test
    void aTerminalThatLeavesTheRegisterEndsAloneAndSoDoesASilentOne() throws Exception {
        LinkLimits impatient = new LinkLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                3,
                3,
                40,
                Duration.ofMillis(300),
                1,
                Duration.ofMillis(300));
        try (GatewayFixture fixture = new GatewayFixture(
                folder, options -> options.withRelays(Set.of(RELAY)).withLimits(impatient))) {
            fixture.know(known(7, SEVEN), known(8, EIGHT));
            Terminal808 relay = fixture.relay(RELAY);
            report(relay, SEVEN, 1, 1);
            report(relay, EIGHT, 2, 2);
            assertThat(relay.next().result()).isZero();
            assertThat(relay.next().result()).isZero();
            fixture.know(known(8, EIGHT));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(fixture.gateway.sessions().online(7)).isFalse());
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    fixture.gateway.counters().relayedEnded.of(CloseCause.IDLE))
                            .isEqualTo(1));
            report(relay, EIGHT, 4, 4);
            assertThat(relay.next().result()).isZero();
            assertThat(fixture.gateway.sessions().online(8)).isTrue();
        }
    }

    @Test
    void fromAnotherAddressNobodySpeaksForOthers() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, SEVEN));
            Terminal808 relay = fixture.relay(InetAddress.ofLiteral("127.0.0.102"));
            report(relay, SEVEN, 1, 1);
            assertThat(relay.next().result()).isEqualTo(1);
            assertThat(fixture.log.positions()).isEmpty();
        }
    }
}
