package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.message.DriverIdentity;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.CardRecord.Event;
import io.haulwatch.model.report.PositionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverCardTest {
    private static final String PHONE = "13912345678";

    /** 2026-03-15 06:01:02 by the clock of China. */
    private static final long CARD_TIME = 1_773_525_662_000L;

    @TempDir
    Path folder;

    @Test
    void aCardIsAcknowledgedOnceItIsDurable() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.log.hold();
            send(terminal, 10, Edition.V2013, card(DriverIdentity.CARD_IN, 0, ""));
            assertThat(terminal.silentFor(200)).isTrue();
            fixture.log.release();
            Terminal808.Answer answer = terminal.next();
            assertThat(answer.serial()).isEqualTo(10);
            assertThat(answer.answeredId()).isEqualTo(MessageId.DRIVER);
            assertThat(answer.result()).isZero();
            assertThat(fixture.log.cards()).singleElement().satisfies(record -> {
                assertThat(record.vehicleId()).isEqualTo(7);
                assertThat(record.event()).isEqualTo(Event.IN);
                assertThat(record.deviceMillis()).isEqualTo(CARD_TIME);
                assertThat(record.name()).isEqualTo("张伟");
                assertThat(record.qualification()).isEqualTo("440300199001011234");
            });
        }
    }

    @Test
    void everyEditionSaysWhatItCan() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 old = fixture.signedOn(Edition.V2011, PHONE, 7);
            send(old, 10, Edition.V2011, card(0, -1, "44030019900101123X"));
            assertThat(old.next().result()).isZero();
            CardRecord of2011 = fixture.log.cards().getLast();
            assertThat(of2011.event()).isEqualTo(Event.IN);
            assertThat(of2011.deviceMillis()).isEqualTo(PositionRecord.UNREADABLE_TIME);
            assertThat(of2011.millis()).isEqualTo(of2011.receivedMillis());
            assertThat(of2011.identityCard()).isEqualTo("44030019900101123X");
            old.close();

            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            send(terminal, 11, Edition.V2019, card(DriverIdentity.CARD_IN, 0, "44030019900101123X"));
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.cards().getLast().identityCard()).isEqualTo("44030019900101123X");
            send(terminal, 12, Edition.V2019, card(DriverIdentity.CARD_OUT, -1, ""));
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.cards().getLast().event()).isEqualTo(Event.OUT);
            send(terminal, 13, Edition.V2019, card(DriverIdentity.CARD_IN, 2, ""));
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.cards().getLast().event()).isEqualTo(Event.UNREADABLE);
            send(terminal, 14, Edition.V2019, card(DriverIdentity.CARD_IN, DriverIdentity.PULLED_OUT, ""));
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.cards().getLast().event()).isEqualTo(Event.OUT);
        }
    }

    @Test
    void aRepeatedCardIsAcknowledgedAgainAndNotStoredAgain() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            for (int i = 0; i < 2; i++) {
                send(terminal, 10, Edition.V2013, card(DriverIdentity.CARD_IN, 0, ""));
                assertThat(terminal.next().result()).isZero();
            }
            assertThat(fixture.log.cards()).hasSize(1);
        }
    }

    @Test
    void aCardThatSaysNothingIsAnsweredWrong() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            for (String body : new String[] {"0126", "03260315060102"}) {
                terminal.send(terminal.begin(MessageId.DRIVER, 10)
                        .putBytes(HexFormat.of().parseHex(body)));
                assertThat(terminal.next().result()).isEqualTo(2);
            }
            assertThat(fixture.log.cards()).isEmpty();
            assertThat(fixture.gateway.counters().rejected.of(Rejection.BAD_BODY))
                    .isEqualTo(2);
        }
    }

    private static DriverIdentity card(int state, int result, String identityCard) {
        return new DriverIdentity(
                Edition.V2019, state, CARD_TIME, result, "张伟", "440300199001011234", "运输局", "20301231", identityCard);
    }

    private static void send(Terminal808 terminal, int serial, Edition edition, DriverIdentity card)
            throws IOException {
        terminal.send(card.put(edition, terminal.begin(MessageId.DRIVER, serial)));
    }

    private GatewayFixture fixture() throws Exception {
        return new GatewayFixture(folder, options -> options).know(known(7, PHONE));
    }
}
