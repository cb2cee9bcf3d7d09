package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.model.report.TallyRecord.Cause;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not become a position is counted and reaches the log, so that the books of a truck balance. */
class TallyTest {
    private static final String PHONE = "13912345678";
    private static final int NOBODYS_MESSAGE = 0x0F0F;

    @TempDir
    Path folder;

    @Test
    void everyFrameIsAPositionOrInATally() throws Exception {
        try (GatewayFixture fixture =
                new GatewayFixture(folder, options -> options.withLimits(GatewayFixture.QUICK)).know(known(7, PHONE))) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            for (int i = 0; i < 3; i++) {
                terminal.sendReport(i, 10 + i);
                assertThat(terminal.next().result()).isZero();
            }
            terminal.sendReport(2, 12);
            assertThat(terminal.next().result()).isZero();
            for (int i = 0; i < 2; i++) {
                terminal.send(terminal.begin(NOBODYS_MESSAGE, 20 + i).putBytes(new byte[] {1}));
                assertThat(terminal.next().result()).isEqualTo(3);
            }
            terminal.send(terminal.begin(MessageId.LOCATION, 30).putBytes(new byte[5]));
            assertThat(terminal.next().result()).isEqualTo(2);
            terminal.sendRaw(new byte[] {0x7E, 1, 2, 3, 0x7E});
            terminal.sendReport(4, 31);
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.tallies()).isEmpty();
            terminal.close();

            await().until(() -> fixture.log.tallies().size() == 4);
            assertThat(counted(fixture))
                    .isEqualTo(Map.of(Cause.REPEATED, 1, Cause.UNSUPPORTED, 2, Cause.BAD_BODY, 1, Cause.DAMAGED, 1));
            assertThat(fixture.log.tallies()).allMatch(tally -> tally.vehicleId() == 7);
            assertThat(fixture.log.positions()).hasSize(4);
        }
    }

    @Test
    void reportsThatTheLogRefusesAreCountedOnceItAcceptsAgain() throws Exception {
        try (GatewayFixture fixture =
                new GatewayFixture(folder, options -> options.withLimits(GatewayFixture.QUICK)).know(known(7, PHONE))) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.log.refuse(true);
            terminal.sendReport(1, 10);
            await().until(() -> fixture.gateway.counters().reportsRefused.sum() == 1);
            fixture.log.refuse(false);
            terminal.sendReport(1, 10);
            assertThat(terminal.next().result()).isZero();
            terminal.close();
            await().until(() -> !fixture.log.tallies().isEmpty());
            assertThat(counted(fixture)).isEqualTo(Map.of(Cause.LOG_CLOSED, 1));
            assertThat(fixture.log.positions()).hasSize(1);
        }
    }

    private static Map<Cause, Integer> counted(GatewayFixture fixture) {
        Map<Cause, Integer> counted = new TreeMap<>();
        fixture.log.tallies().forEach(tally -> counted.merge(tally.cause(), tally.count(), Integer::sum));
        return counted;
    }
}
