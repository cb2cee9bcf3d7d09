package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.gateway.link.LinkLimits;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.gateway.metrics.SignOn;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import io.haulwatch.model.report.LinkRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignOnTest {
    private static final String PHONE = "13912345678";
    private static final String OTHER = "13912345679";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Edition.class)
    void letsAKnownTerminalOfEachEditionSignOnAndReport(Edition edition) throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.connect(edition, PHONE, 7);
            assertThat(terminal.register("T7").result()).isZero();
            assertThat(terminal.code).hasSize(22).matches("[A-Za-z0-9_-]+");
            Terminal808.Answer answer = terminal.authenticate(terminal.code);
            assertThat(answer.messageId()).isEqualTo(MessageId.PLATFORM_ANSWER);
            assertThat(answer.answeredId()).isEqualTo(MessageId.AUTHENTICATE);
            assertThat(answer.result()).isZero();
            terminal.sendReport(1, 100);
            Terminal808.Answer acknowledged = terminal.next();
            assertThat(acknowledged.serial()).isEqualTo(100);
            assertThat(acknowledged.answeredId()).isEqualTo(MessageId.LOCATION);
            assertThat(acknowledged.result()).isZero();
            assertThat(fixture.log.positions()).hasSize(1);
            assertThat(fixture.log.positions().getFirst().vehicleId()).isEqualTo(7);
            assertThat(fixture.log.links()).extracting(LinkRecord::event).containsExactly(LinkRecord.Event.ONLINE);
            terminal.close();
            await().untilAsserted(() -> assertThat(fixture.log.links())
                    .extracting(LinkRecord::event)
                    .containsExactly(LinkRecord.Event.ONLINE, LinkRecord.Event.OFFLINE));
            assertThat(fixture.gateway.sessions().size()).isZero();
        }
    }

    @Test
    void givesTheSameCodeToARepeatedRegistrationAndAfterARestart() throws Exception {
        String code;
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.connect(Edition.V2013, PHONE, 7);
            terminal.register("T7");
            code = terminal.code;
            terminal.register("T7");
            assertThat(terminal.code).isEqualTo(code);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("terminal-codes.key"))))
                .isEqualTo("rw-------");
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            assertThat(fixture.connect(Edition.V2013, PHONE, 7)
                            .authenticate(code)
                            .result())
                    .isZero();
        }
    }

    @Test
    void refusesAWrongCodeAndAForeignCodeAndAStaleCodeEachUnderItsName() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE), known(8, OTHER));
            Terminal808 eight = fixture.signedOn(Edition.V2013, OTHER, 8);
            Terminal808 seven = fixture.connect(Edition.V2019, PHONE, 7);
            seven.register("T7");
            assertThat(seven.authenticate("AAAAAAAAAAAAAAAAAAAAAA").result()).isEqualTo(1);
            assertThat(seven.authenticate(eight.code).result()).isEqualTo(1);
            fixture.know(new Terminal(7, 1, PHONE, "T7", GatewayFixture.plate(7), 2), known(8, OTHER));
            Terminal808 stale = fixture.connect(Edition.V2019, PHONE, 7);
            assertThat(stale.authenticate(seven.code).result()).isEqualTo(1);
            assertThat(fixture.gateway.counters().signOns.of(SignOn.WRONG_CODE)).isEqualTo(1);
            assertThat(fixture.gateway.counters().signOns.of(SignOn.FOREIGN_CODE))
                    .isEqualTo(1);
            assertThat(fixture.gateway.counters().signOns.of(SignOn.STALE_CODE)).isEqualTo(1);
            assertThat(fixture.gateway.sessions().size()).isEqualTo(1);
        }
    }

    @Test
    void closesAConnectionThatFailsTooOften() throws Exception {
        try (GatewayFixture fixture = quick(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.connect(Edition.V2013, PHONE, 7);
            terminal.authenticate("x");
            terminal.authenticate("y");
            assertThat(terminal.authenticate("z").result()).isEqualTo(1);
            assertThat(terminal.untilClosed()).isEmpty();
            await().untilAsserted(
                            () -> assertThat(fixture.gateway.counters().closed.of(CloseCause.SIGN_ON_FAILED))
                                    .isEqualTo(1));
        }
    }

    @Test
    void takesNothingButSignOnBeforeAuthentication() throws Exception {
        try (GatewayFixture fixture = quick(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.connect(Edition.V2013, PHONE, 7);
            terminal.sendReport(1, 50);
            assertThat(terminal.next().result()).isEqualTo(1);
            terminal.send(terminal.begin(MessageId.HEARTBEAT, 51));
            assertThat(terminal.next().result()).isEqualTo(1);
            terminal.send(terminal.begin(MessageId.DEREGISTER, 52));
            assertThat(terminal.next().result()).isEqualTo(1);
            assertThat(terminal.untilClosed()).isEmpty();
            assertThat(fixture.log.positions()).isEmpty();
            assertThat(fixture.database.calls).hasValue(0);
            assertThat(fixture.gateway.counters().rejected.of(Rejection.UNAUTHENTICATED))
                    .isEqualTo(3);
        }
    }

    @Test
    void closesAConnectionThatDoesNotAuthenticateInTime() throws Exception {
        LinkLimits limits = new LinkLimits(
                Duration.ofMillis(400),
                Duration.ofSeconds(30),
                3,
                3,
                40,
                Duration.ofSeconds(5),
                1,
                Duration.ofSeconds(5));
        try (GatewayFixture fixture = new GatewayFixture(folder, options -> options.withLimits(limits))) {
            Terminal808 silent = fixture.connect(Edition.V2013, PHONE, 7);
            Terminal808 trickling = fixture.connect(Edition.V2013, OTHER, 8);
            trickling.sendRaw(new byte[] {0x7E, 0x01, 0x00});
            assertThat(silent.untilClosed()).isEmpty();
            assertThat(trickling.untilClosed()).isEmpty();
            await().untilAsserted(
                            () -> assertThat(fixture.gateway.counters().closed.of(CloseCause.SIGN_ON_TIME))
                                    .isEqualTo(2));
        }
    }

    @Test
    void refusesEveryOtherPhoneOnABoundConnectionAndClosesItAfterAFew() throws Exception {
        try (GatewayFixture fixture = quick(false)) {
            fixture.know(known(7, PHONE), known(8, OTHER));
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            TerminalAddress foreign = TerminalAddress.of(OTHER, false);
            FrameWriter writer = new FrameWriter();
            for (int i = 0; i < 3; i++) {
                terminal.send(Terminal808.report(i).put(writer.begin(foreign, MessageId.LOCATION, i)));
                assertThat(terminal.next().result()).isEqualTo(1);
            }
            assertThat(terminal.untilClosed()).isEmpty();
            assertThat(fixture.log.positions()).isEmpty();
            assertThat(fixture.gateway.counters().rejected.of(Rejection.FOREIGN_ID))
                    .isEqualTo(3);
        }
    }

    @Test
    void takesTheSixByteAndTheTenByteFormOfAPhoneForTheSameTerminal() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            TerminalAddress longForm = TerminalAddress.of(PHONE, true);
            terminal.send(Terminal808.report(1).put(new FrameWriter().begin(longForm, MessageId.LOCATION, 9)));
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.positions()).hasSize(1);
        }
    }

    @Test
    void letsANewConnectionTakeOverOnlyAfterItHasAuthenticated() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 old = fixture.signedOn(Edition.V2013, PHONE, 7);
            Terminal808 thief = fixture.connect(Edition.V2013, PHONE, 7);
            assertThat(thief.authenticate("guess").result()).isEqualTo(1);
            old.sendReport(1, 1);
            assertThat(old.next().result()).isZero();
            assertThat(fixture.gateway.counters().takeOvers.sum()).isZero();

            Terminal808 fresh = fixture.connect(Edition.V2013, PHONE, 7);
            assertThat(fresh.authenticate(old.code).result()).isZero();
            assertThat(old.untilClosed()).isEmpty();
            fresh.sendReport(2, 2);
            assertThat(fresh.next().result()).isZero();
            assertThat(fixture.gateway.counters().takeOvers.sum()).isEqualTo(1);
            assertThat(fixture.gateway.counters().flipFlops.sum()).isZero();
            assertThat(fixture.log.links())
                    .extracting(LinkRecord::event)
                    .containsExactly(LinkRecord.Event.ONLINE, LinkRecord.Event.ONLINE);

            Terminal808 back = fixture.connect(Edition.V2013, PHONE, 7);
            assertThat(back.authenticate(old.code).result()).isZero();
            assertThat(fresh.untilClosed()).isEmpty();
            assertThat(fixture.gateway.counters().flipFlops.sum()).isEqualTo(1);
            assertThat(fixture.gateway.sessions().size()).isEqualTo(1);
        }
    }

    @Test
    void refusesUnknownTerminalsUnlessTheyAreToBeEnrolled() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            Terminal808.Answer answer = fixture.connect(Edition.V2013, PHONE, 7).register("T7");
            assertThat(answer.messageId()).isEqualTo(MessageId.REGISTER_ANSWER);
            assertThat(answer.result()).isEqualTo(4);
            assertThat(fixture.connect(Edition.V2019, OTHER, 8)
                            .authenticate("x")
                            .result())
                    .isEqualTo(1);
            assertThat(fixture.gateway.counters().signOns.of(SignOn.UNKNOWN_PHONE))
                    .isEqualTo(1);
            assertThat(fixture.database.calls).hasValue(0);
        }
        try (GatewayFixture fixture = fixture(true)) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            terminal.sendReport(1, 1);
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.gateway.counters().signOns.of(SignOn.ENROLLED)).isEqualTo(1);
            assertThat(fixture.log.positions().getFirst().vehicleId()).isEqualTo(1000);
        }
    }

    @Test
    void worksFromTheRegisterCopyWhileTheDatabaseIsDown() throws Exception {
        try (GatewayFixture fixture = fixture(true)) {
            fixture.know(known(7, PHONE));
            fixture.database.down = true;
            Terminal808 knownOne = fixture.signedOn(Edition.V2019, PHONE, 7);
            knownOne.sendReport(1, 1);
            assertThat(knownOne.next().result()).isZero();

            Terminal808 unknown = fixture.connect(Edition.V2013, OTHER, 8);
            unknown.send(registration(unknown, "T8"));
            Terminal808 changed = fixture.connect(Edition.V2013, PHONE, 9);
            changed.send(registration(changed, "T7"));
            knownOne.send(knownOne.begin(MessageId.DEREGISTER, 77));
            assertThat(unknown.silentFor(300)).isTrue();
            assertThat(changed.silentFor(50)).isTrue();
            assertThat(knownOne.silentFor(50)).isTrue();
            assertThat(fixture.gateway.counters().signOns.of(SignOn.UNANSWERED)).isEqualTo(2);
            assertThat(fixture.gateway.counters().deregistrationsUnanswered.sum())
                    .isEqualTo(1);

            fixture.database.down = false;
            assertThat(unknown.register("T8").result()).isZero();
            knownOne.send(knownOne.begin(MessageId.DEREGISTER, 78));
            assertThat(knownOne.next().serial()).isEqualTo(78);
        }
    }

    @Test
    void endsTheCodeOfATerminalThatDeregisters() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            String code = terminal.code;
            terminal.send(terminal.begin(MessageId.DEREGISTER, 77));
            assertThat(terminal.next().result()).isZero();
            assertThat(terminal.untilClosed()).isEmpty();
            Terminal808 again = fixture.connect(Edition.V2013, PHONE, 7);
            assertThat(again.authenticate(code).result()).isEqualTo(1);
            assertThat(fixture.gateway.counters().signOns.of(SignOn.STALE_CODE)).isEqualTo(1);
            assertThat(again.register("T7").result()).isZero();
            assertThat(again.code).isNotEqualTo(code);
            assertThat(again.authenticate(again.code).result()).isZero();
        }
    }

    @Test
    void asksTheRegisterAboutAnotherDeviceAndRefusesItWhileTheFirstIsOnline() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 first = fixture.signedOn(Edition.V2013, PHONE, 7);
            Terminal808 second = fixture.connect(Edition.V2013, PHONE, 7);
            assertThat(second.register("OTHER").result()).isEqualTo(3);
            assertThat(fixture.database.calls).hasValue(0);
            first.close();
            await().until(() -> fixture.gateway.sessions().size() == 0);
            assertThat(second.register("OTHER").result()).isZero();
            assertThat(fixture.database.calls).hasValue(1);
            assertThat(second.authenticate(first.code).result()).isEqualTo(1);
            assertThat(second.authenticate(second.code).result()).isZero();
        }
    }

    @Test
    void passesOnTheRefusalOfTheRegister() throws Exception {
        try (GatewayFixture fixture = fixture(true)) {
            fixture.database.refuses = true;
            assertThat(fixture.connect(Edition.V2013, PHONE, 7).register("T7").result())
                    .isEqualTo(1);
        }
    }

    @Test
    void closesASessionWhoseTerminalLeftTheRegister() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.register.replace(ReferenceSet.EMPTY);
            assertThat(terminal.untilClosed()).isEmpty();
            await().untilAsserted(
                            () -> assertThat(fixture.gateway.counters().closed.of(CloseCause.REGISTER_CHANGED))
                                    .isEqualTo(1));
        }
    }

    @Test
    void neverRefusesARightCodeBecauseOfFailuresFromTheSameAddressOrPhone() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(folder, options -> options.withFailures(2, 2))) {
            fixture.know(known(7, PHONE));
            Terminal808 good = fixture.connect(Edition.V2013, PHONE, 7);
            good.register("T7");
            for (int i = 0; i < 2; i++) {
                assertThat(fixture.connect(Edition.V2013, PHONE, 7)
                                .authenticate("guess")
                                .result())
                        .isEqualTo(1);
            }
            Terminal808 over = fixture.connect(Edition.V2013, PHONE, 7);
            over.send(over.begin(MessageId.AUTHENTICATE, 1).putText("guess"));
            assertThat(over.untilClosed()).isEmpty();
            assertThat(good.authenticate(good.code).result()).isZero();
            assertThat(fixture.gateway.counters().signOns.of(SignOn.OVER_LIMIT)).isEqualTo(1);
        }
    }

    @Test
    void answersTheTimeInUtcAndAnUnknownMessageAsUnsupported() throws Exception {
        try (GatewayFixture fixture = fixture(false)) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            terminal.send(terminal.begin(MessageId.QUERY_TIME, 5));
            Terminal808.Answer time = terminal.next();
            assertThat(time.messageId()).isEqualTo(MessageId.SERVER_TIME);
            assertThat(List.of(time.body()[0] & 0xFF)).containsExactly(bcdYearUtc());
            terminal.send(terminal.begin(0x0F42, 6));
            assertThat(terminal.next().result()).isEqualTo(3);
            assertThat(fixture.gateway.counters().unsupportedOf(0x0F42)).isEqualTo(1);
        }
    }

    private static int bcdYearUtc() {
        int year = java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC).getYear() % 100;
        return ((year / 10) << 4) | (year % 10);
    }

    private static FrameWriter registration(Terminal808 terminal, String terminalId) {
        return new io.haulwatch.jt808.message.Registration(
                        terminal.edition, 50, 100, "70111", "HW-T", terminalId, 2, terminal.plate)
                .put(terminal.begin(MessageId.REGISTER, terminal.nextSerial()));
    }

    private GatewayFixture fixture(boolean enrol) throws Exception {
        return new GatewayFixture(folder, options -> options.withEnrolUnknown(enrol));
    }

    private GatewayFixture quick(boolean enrol) throws Exception {
        return new GatewayFixture(
                folder, options -> options.withEnrolUnknown(enrol).withLimits(GatewayFixture.QUICK));
    }
}
