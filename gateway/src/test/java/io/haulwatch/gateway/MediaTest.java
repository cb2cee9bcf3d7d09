package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.gateway.media.Delivery;
import io.haulwatch.gateway.media.MediaPort.Kept;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.media.MediaHead;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.model.register.ReferenceSet.Terminal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Media, recorder data and pass-through; the frames are those of the sheet and of its tables, spelled by hand. */
class MediaTest {
    private static final String PHONE = "13912345678";

    /** Example 9 of the sheet: a picture in two packages, serials 310 and 311. */
    private static final String FIRST =
            "7E0801202C013912345678013600020001000000090000020100000001000000030157CF2806CC61A8002800000000260315144500FFD8FFE070717273CA7E";

    private static final String SECOND =
            "7E080120120139123456780137000200027475767778797A7B7C7D017D027F80818283FFD91B7E";
    private static final String PICTURE = "FFD8FFE0707172737475767778797A7B7C7D7E7F80818283FFD9";

    /** 2026-03-15 14:45:00 by the clock of China. */
    private static final long TAKEN = 1_773_557_100_000L;

    @TempDir
    Path folder;

    @Test
    void joinsThePictureOfTheSheetAndAnswersOnceItIsDurableAndWithNothingElse() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.media.hold();
            raw(terminal, FIRST);
            raw(terminal, SECOND);
            await().until(() -> fixture.media.last() != null);
            assertThat(terminal.silentFor(100)).isTrue();
            fixture.media.release();
            Terminal808.Answer answer = terminal.next();
            assertThat(answer.messageId()).isEqualTo(MessageId.MEDIA_ANSWER);
            assertThat(answer.body()).containsExactly(0, 0, 0, 9);
            assertThat(terminal.silentFor(100)).isTrue();
            Delivery kept = delivered(fixture);
            assertThat(kept.vehicleId()).isEqualTo(7);
            assertThat(kept.kind()).isEqualTo(Delivery.Kind.MEDIUM);
            assertThat(kept.head()).isEqualTo(new MediaHead(9, 0, 0, 2, 1));
            assertThat(kept.content().hex()).isEqualTo(PICTURE);
            assertThat(Objects.requireNonNull(kept.fix())).satisfies(fix -> {
                assertThat(fix.latitudeMicrodeg()).isEqualTo(22_531_880);
                assertThat(fix.longitudeMicrodeg()).isEqualTo(114_057_640);
                assertThat(fix.deviceMillis()).isEqualTo(TAKEN);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V2011, 7E0801001001391234567800010000000900000001FFD8FFE07071FFD93F7E, FFD8FFE07071FFD9, 0, false",
        "V2013, 7E080100280139123456780001000000090103020100000002000C00030157CF2806CC61A8002801F4005A260315144500524946465A7E, 52494646, 2, true",
        "V2019, 7E0801402801000000000139123456780001000000090103020100000002000C00030157CF2806CC61A8002801F4005A260315144500524946461B7E, 52494646, 2, true"
    })
    void takesAMediumOfEachEditionWithThePlaceThatItSays(
            Edition edition, String frame, String content, int event, boolean placed) throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(edition, PHONE, 7);
            raw(terminal, frame);
            assertThat(terminal.next().body()).containsExactly(0, 0, 0, 9);
            Delivery kept = delivered(fixture);
            assertThat(kept.content().hex()).isEqualTo(content);
            assertThat(Objects.requireNonNull(kept.head()).event()).isEqualTo(event);
            assertThat(kept.fix() != null).isEqualTo(placed);
        }
    }

    @Test
    void asksForMissingPackagesByTheMediumsIdOrByTheFirstSerialWhileThatIsUnknown() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(folder, o -> o.withLimits(GatewayFixture.QUICK))) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            raw(terminal, SECOND);
            Terminal808.Answer bySerial = terminal.next();
            assertThat(bySerial.messageId()).isEqualTo(MessageId.RESEND_BY_PLATFORM);
            assertThat(bySerial.body()).containsExactly(0x01, 0x36, 1, 0, 1);
            raw(terminal, FIRST);
            assertThat(terminal.next().body()).containsExactly(0, 0, 0, 9);

            raw(terminal, FIRST);
            Terminal808.Answer byId = terminal.next();
            assertThat(byId.messageId()).isEqualTo(MessageId.MEDIA_ANSWER);
            assertThat(byId.body()).containsExactly(0, 0, 0, 9, 1, 0, 2);
            await().untilAsserted(
                            () -> assertThat(fixture.gateway.counters().rejected.of(Rejection.PACKAGE_INCOMPLETE))
                                    .isEqualTo(1));
            assertThat(held(fixture)).isZero();
        }
    }

    @Test
    void answersEachPackageOfATerminalThatWaitsForIt() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            raw(terminal, FIRST);
            raw(terminal, FIRST);
            Terminal808.Answer first = terminal.next();
            assertThat(first.serial()).isEqualTo(310);
            assertThat(first.result()).isZero();
            raw(terminal, SECOND);
            assertThat(terminal.next().serial()).isEqualTo(311);
            assertThat(terminal.next().messageId()).isEqualTo(MessageId.MEDIA_ANSWER);
        }
    }

    @Test
    void saysNothingOfAMediumThatCannotBeKeptNowAndTakesItWhenItComesAgain() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.media.down(true);
            raw(terminal, FIRST);
            raw(terminal, SECOND);
            await().until(() -> fixture.gateway.counters().filesUnanswered.sum() == 1);
            assertThat(terminal.silentFor(50)).isTrue();
            fixture.media.down(false);
            raw(terminal, FIRST);
            raw(terminal, SECOND);
            assertThat(terminal.next().body()).containsExactly(0, 0, 0, 9);
        }
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void saysHowItWentInTheWordsThatThereAre(Kept kept) throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.media.answer(kept);
            raw(terminal, FIRST);
            raw(terminal, SECOND);
            Terminal808.Answer answer = terminal.next();
            switch (kept) {
                case STORED, KNOWN -> assertThat(answer.messageId()).isEqualTo(MessageId.MEDIA_ANSWER);
                case OVER_QUOTA -> {
                    assertThat(answer.result()).isEqualTo(1);
                    assertThat(fixture.gateway.counters().rejected.of(Rejection.FILE_QUOTA))
                            .isEqualTo(1);
                }
                case WRONG_TYPE -> {
                    assertThat(answer.result()).isEqualTo(3);
                    assertThat(fixture.gateway.counters().rejected.of(Rejection.FILE_TYPE))
                            .isEqualTo(1);
                }
            }
            assertThat(fixture.gateway.counters().files.of(kept)).isEqualTo(1);
        }
    }

    @Test
    void takesNothingBeforeTheTerminalHasAuthenticated() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.connect(Edition.V2013, PHONE, 7);
            raw(terminal, FIRST);
            raw(terminal, SECOND);
            assertThat(terminal.next().result()).isEqualTo(1);
            assertThat(terminal.next().result()).isEqualTo(1);
            assertThat(fixture.gateway.counters().rejected.of(Rejection.UNAUTHENTICATED))
                    .isEqualTo(2);
            assertThat(fixture.media.delivered()).isEmpty();
            assertThat(held(fixture)).isZero();
        }
    }

    @Test
    void aBombOfPackagesIsRefusedAtTheQuotaOfItsTerminal() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            for (int message = 0; message < 50; message++) {
                bomb(terminal, terminal.begin(MessageId.MEDIA_DATA, 1000 * message + 1));
            }
            for (int i = 0; i < 48; i++) {
                assertThat(terminal.next().result()).isEqualTo(1);
            }
            assertThat(fixture.gateway.counters().rejected.of(Rejection.PACKAGE_QUOTA))
                    .isEqualTo(48);
            assertThat(held(fixture)).isBetween(1_000_000.0, 2.0 * 1024 * 1024);
            // The connection stands, and a report goes through.
            terminal.sendReport(1, 7);
            assertThat(terminal.next().answeredId()).isEqualTo(MessageId.LOCATION);
            terminal.close();
            await().untilAsserted(() -> assertThat(held(fixture)).isZero());
        }
    }

    @Test
    void bombsOfManyTerminalsTogetherAreRefusedAtTheGatewaysRoom() throws Exception {
        InetAddress from = InetAddress.ofLiteral("127.0.0.102");
        List<Terminal> all = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            all.add(known(i + 1, Long.toString(13_900_000_000L + i)));
        }
        try (GatewayFixture fixture = new GatewayFixture(folder, o -> o.withRelays(Set.of(from)))) {
            fixture.know(all.toArray(Terminal[]::new));
            Terminal808 relay = fixture.relay(from);
            FrameWriter writer = new FrameWriter();
            for (Terminal each : all) {
                for (int message = 0; message < 2; message++) {
                    bomb(
                            relay,
                            writer.begin(
                                    TerminalAddress.of(each.phone(), false), MessageId.MEDIA_DATA, 1000 * message + 1));
                }
            }
            // 127 bombs of 525,280 bytes fill 64 MiB; the others of the 160 are refused.
            for (int i = 0; i < 33; i++) {
                assertThat(relay.next().result()).isEqualTo(1);
            }
            assertThat(held(fixture)).isBetween(66_000_000.0, 64.0 * 1024 * 1024);
            relay.close();
            await().untilAsserted(() -> assertThat(held(fixture)).isZero());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V2013, 7E08000008013912345678000100000009020406033B7E, ANNOUNCED, 0, ''",
        "V2019, 7E080040080100000000013912345678000100000009020406037A7E, ANNOUNCED, 0, ''",
        "V2013, 7E0900000501391234567800010B00112233367E, PASS_THROUGH, 11, 00112233",
        "V2019, 7E09004005010000000001391234567800010B00112233777E, PASS_THROUGH, 11, 00112233",
        "V2013, 7E0700000C0139123456780001003008557A08000200010203277E, RECORDER, 8, 557A08000200010203",
        "V2019, 7E0700400C01000000000139123456780001003008557A08000200010203667E, RECORDER, 8, 557A08000200010203"
    })
    void acknowledgesEventsPassThroughAndRecorderDataOnceTheyAreDurable(
            Edition edition, String frame, Delivery.Kind kind, int detail, String content) throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(edition, PHONE, 7);
            fixture.media.hold();
            raw(terminal, frame);
            await().until(() -> fixture.media.last() != null);
            assertThat(terminal.silentFor(50)).isTrue();
            fixture.media.release();
            Terminal808.Answer answer = terminal.next();
            assertThat(answer.result()).isZero();
            assertThat(answer.serial()).isEqualTo(1);
            Delivery kept = delivered(fixture);
            assertThat(kept.kind()).isEqualTo(kind);
            assertThat(kept.detail()).isEqualTo(detail);
            assertThat(kept.content()).isEqualTo(Bytes.of(HexFormat.of().parseHex(content)));
        }
    }

    @Test
    void keepsRecorderDataThatComesInPackagesOnce() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            for (int number = 1; number <= 2; number++) {
                ByteBuf out = Unpooled.buffer();
                terminal.begin(MessageId.RECORDER_DATA, 20 + number)
                        .putBytes(HexFormat.of().parseHex(number == 1 ? "00300855" : "7A0102"))
                        .endPackage(out, 2, number);
                terminal.send(out);
            }
            assertThat(List.of(terminal.next().serial(), terminal.next().serial()))
                    .containsExactlyInAnyOrder(21, 22);
            assertThat(delivered(fixture).content().hex()).isEqualTo("557A0102");
        }
    }

    private static Delivery delivered(GatewayFixture fixture) {
        return Objects.requireNonNull(fixture.media.last());
    }

    private static double held(GatewayFixture fixture) {
        return fixture.meters.get("haulwatch.files.held.bytes").gauge().value();
    }

    /** A package that says there are 65,535. */
    private static void bomb(Terminal808 terminal, FrameWriter begun) throws IOException {
        ByteBuf out = Unpooled.buffer();
        begun.putBytes(new byte[1000]).endPackage(out, 65_535, 2);
        terminal.send(out);
    }

    private static void raw(Terminal808 terminal, String frame) throws IOException {
        terminal.sendRaw(HexFormat.of().parseHex(frame));
    }

    private GatewayFixture fixture() throws Exception {
        return new GatewayFixture(folder, options -> options).know(known(7, PHONE));
    }
}
