package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.gateway.link.LinkLimits;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.log.ReportLog;
import io.haulwatch.log.local.LocalLog;
import io.haulwatch.log.local.LocalLogOptions;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementTest {
    private static final String PHONE = "13912345678";

    @TempDir
    Path folder;

    @Test
    void saysNothingUntilTheLogSaysThatTheReportIsDurable() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.log.hold();
            terminal.sendReport(1, 10);
            assertThat(terminal.silentFor(200)).isTrue();
            fixture.log.release();
            assertThat(terminal.next().serial()).isEqualTo(10);
            assertThat(fixture.log.positions()).hasSize(1);
        }
    }

    @Test
    void storesExactlyWhatTheSheetsFrameSays() throws Exception {
        // Example 6 of the protocol sheet, section 14: 0x7D and 0x7E inside the data.
        byte[] frame = HexFormat.of()
                .parseHex(
                        "7E02000047013912345678007D02000000020 00C00030157E07D0106CB7D02120026026A00572603151430050104"
                                        .replace(" ", "")
                                + "0001E240020201950302026411050100000"
                                + "04D250400000011"
                                + "2A0200002B040000049C30011831010BD47E");
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            terminal.sendRaw(frame);
            assertThat(terminal.next().result()).isZero();
            PositionRecord position = fixture.log.positions().getFirst();
            assertThat(position.vehicleId()).isEqualTo(7);
            assertThat(position.latitudeMicrodeg()).isEqualTo(22_536_317);
            assertThat(position.longitudeMicrodeg()).isEqualTo(113_999_378);
            assertThat(position.altitudeMetres()).isEqualTo(38);
            assertThat(position.speedDeciKmh()).isEqualTo(618);
            assertThat(position.headingDeg()).isEqualTo(87);
            assertThat(position.deviceMillis()).isEqualTo(1_773_556_205_000L);
            assertThat(position.mileageDeciKm()).isEqualTo(123_456);
            assertThat(position.recorderSpeedDeciKmh()).isEqualTo(612);
            assertThat(position.satellites()).isEqualTo(11);
            assertThat(position.signal()).isEqualTo(24);
            assertThat(position.flags()).isZero();
            assertThat(position.bodyLength()).isEqualTo(71);
        }
    }

    @Test
    void answersManyReportsOfOneWakeUpTogetherAndEachOnce() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            ByteBuf all = Unpooled.buffer();
            for (int i = 0; i < 200; i++) {
                Terminal808.report(i).put(terminal.begin(MessageId.LOCATION, i)).end(all);
            }
            terminal.send(all);
            TreeSet<Integer> answered = new TreeSet<>();
            for (int i = 0; i < 200; i++) {
                Terminal808.Answer answer = terminal.next();
                assertThat(answer.result()).isZero();
                answered.add(answer.serial());
            }
            assertThat(answered).hasSize(200);
            assertThat(fixture.log.positions()).hasSize(200);
            assertThat(fixture.log.groups()).isLessThan(60);
            assertThat(fixture.log.positions().getFirst().flags()).isEqualTo(PositionRecord.FLAG_2019);
            assertThat(terminal.silentFor(50)).isTrue();
        }
    }

    @Test
    void acknowledgesARepeatedReportAgainWithoutAppendingIt() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            terminal.sendReport(1, 10);
            terminal.next();
            terminal.sendReport(1, 10);
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.positions()).hasSize(1);
            assertThat(fixture.gateway.counters().positionsRepeated.sum()).isEqualTo(1);
            // The same serial with another content is another report: some terminals leave the serial at 0.
            terminal.sendReport(2, 10);
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.positions()).hasSize(2);
        }
    }

    @Test
    void answersABatchOnceAllItsPositionsAreDurable() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            List<LocationReport> reports =
                    IntStream.range(0, 20).mapToObj(Terminal808::report).toList();
            fixture.log.hold();
            terminal.send(LocationReport.putBatch(terminal.begin(MessageId.LOCATION_BATCH, 5), 1, reports));
            assertThat(terminal.silentFor(100)).isTrue();
            fixture.log.release();
            Terminal808.Answer answer = terminal.next();
            assertThat(answer.serial()).isEqualTo(5);
            assertThat(answer.answeredId()).isEqualTo(MessageId.LOCATION_BATCH);
            assertThat(answer.result()).isZero();
            assertThat(fixture.log.positions())
                    .hasSize(20)
                    .allMatch(each -> each.flags() == (PositionRecord.FLAG_BATCH | PositionRecord.FLAG_BACKFILL));
            assertThat(fixture.gateway.counters().positionsAccepted.sum()).isEqualTo(20);
            terminal.send(LocationReport.putBatch(terminal.begin(MessageId.LOCATION_BATCH, 5), 1, reports));
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.positions()).hasSize(20);
        }
    }

    @Test
    void losesOnlyTheBadItemOfABatchAndRefusesAnUnreadableBody() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            var batch = terminal.begin(MessageId.LOCATION_BATCH, 5).putU16(3).putU8(0);
            int first = batch.size();
            Terminal808.report(1).put(batch.putU16(0));
            batch.setU16(first, batch.size() - first - 2);
            batch.putU16(3).putU8(1).putU8(2).putU8(3);
            int last = batch.size();
            Terminal808.report(2).put(batch.putU16(0));
            batch.setU16(last, batch.size() - last - 2);
            terminal.send(batch);
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.log.positions()).hasSize(2);
            assertThat(fixture.gateway.counters().rejected.of(Rejection.BAD_BATCH_ITEM))
                    .isEqualTo(1);

            terminal.send(terminal.begin(MessageId.LOCATION_BATCH, 6).putU8(1));
            assertThat(terminal.next().result()).isEqualTo(2);
            terminal.send(terminal.begin(MessageId.LOCATION, 7).putU32(1));
            assertThat(terminal.next().result()).isEqualTo(2);
            assertThat(fixture.log.positions()).hasSize(2);
        }
    }

    @Test
    void acknowledgesNothingWhileTheLogRefusesAndGoesOnByItself() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.log.refuse(true);
            terminal.sendReport(1, 10);
            assertThat(terminal.silentFor(200)).isTrue();
            // Reading has stopped: what comes now waits unread.
            terminal.sendReport(1, 10);
            terminal.sendReport(2, 11);
            assertThat(terminal.silentFor(200)).isTrue();
            assertThat(fixture.gateway.acknowledging().accepting()).isFalse();
            assertThat(fixture.gateway.counters().paused.sum()).isEqualTo(1);
            assertThat(fixture.log.positions()).isEmpty();

            fixture.log.refuse(false);
            assertThat(List.of(terminal.next().serial(), terminal.next().serial()))
                    .containsExactlyInAnyOrder(10, 11);
            assertThat(fixture.log.positions()).hasSize(2);
            assertThat(fixture.gateway.counters().reportsRefused.sum()).isEqualTo(1);
            assertThat(fixture.gateway.counters().paused.sum()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsReadingWhenTheLogIsBehindAndLosesNothing(boolean epoll) throws Exception {
        int reports = 40_000;
        try (GatewayFixture fixture = new GatewayFixture(
                folder, options -> options.withThreads(1, epoll).withGroups(Duration.ofMillis(2), 16 * 1024))) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.log.hold();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < reports; i++) {
                        terminal.sendReport(i, i & 0xFFFF);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> fixture.gateway.counters().paused.sum() == 1);
            long taken = fixture.gateway.counters().frames.sum();
            assertThat(taken).isLessThan(3_000);
            fixture.log.release();
            for (int i = 0; i < reports; i++) {
                Terminal808.Answer answer = terminal.next();
                assertThat(answer.serial()).isEqualTo(i);
                assertThat(answer.result()).isZero();
            }
            sender.join();
            assertThat(fixture.log.positions()).hasSize(reports);
            assertThat(fixture.gateway.counters().pauses.sum()).isPositive();
            assertThat(fixture.gateway.counters().paused.sum()).isZero();
        }
    }

    @Test
    void joinsSubPackagesAndAnswersTheLastOneWhenTheWholeIsDurable() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            byte[] body = batchBody(terminal, 60);
            fixture.log.hold();
            sendPackage(terminal, body, 1, 3, 100);
            assertThat(terminal.next().serial()).isEqualTo(100);
            sendPackage(terminal, body, 3, 3, 102);
            assertThat(terminal.silentFor(100)).isTrue();
            sendPackage(terminal, body, 2, 3, 101);
            assertThat(terminal.silentFor(100)).isTrue();
            fixture.log.release();
            assertThat(List.of(terminal.next().serial(), terminal.next().serial()))
                    .containsExactlyInAnyOrder(101, 102);
            assertThat(fixture.log.positions()).hasSize(60);
        }
    }

    @Test
    void asksForMissingSubPackagesAndGivesUpInTheEnd() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(folder, o -> o.withLimits(GatewayFixture.QUICK))) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            byte[] body = batchBody(terminal, 60);
            sendPackage(terminal, body, 3, 3, 102);
            Terminal808.Answer request = terminal.next();
            assertThat(request.messageId()).isEqualTo(MessageId.RESEND_BY_PLATFORM);
            assertThat(request.body()).containsExactly(0, 100, 0, 2, 0, 1, 0, 2);
            await().untilAsserted(
                            () -> assertThat(fixture.gateway.counters().rejected.of(Rejection.PACKAGE_INCOMPLETE))
                                    .isEqualTo(1));
            assertThat(fixture.log.positions()).isEmpty();
        }
    }

    @Test
    void boundsWhatSubPackagesMayOccupy() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            for (int message = 0; message < 50; message++) {
                ByteBuf out = Unpooled.buffer();
                terminal.begin(MessageId.LOCATION_BATCH, 1000 * message + 1)
                        .putBytes(new byte[1000])
                        .endPackage(out, message < 10 ? 65_535 : 400, 2);
                terminal.send(out);
            }
            await().untilAsserted(
                            () -> assertThat(fixture.gateway.counters().rejected.of(Rejection.PACKAGE_QUOTA))
                                    .isEqualTo(46));
            // Packages of other messages are not joined at all.
            ByteBuf out = Unpooled.buffer();
            terminal.begin(MessageId.CAN_DATA, 9).putBytes(new byte[1000]).endPackage(out, 65_535, 2);
            terminal.send(out);
            for (int i = 0; i < 46; i++) {
                assertThat(terminal.next().result()).isEqualTo(1);
            }
            assertThat(terminal.next().result()).isEqualTo(3);
        }
    }

    @Test
    void closesAConnectionThatOnlySendsGarbageAndBearsSomeNoise() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(folder, o -> o.withLimits(GatewayFixture.QUICK))) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            byte[] bad = HexFormat.of().parseHex("7E0002000001391234567800009900AA7E");
            for (int i = 0; i < 30; i++) {
                terminal.sendRaw(bad);
            }
            terminal.sendReport(1, 1);
            assertThat(terminal.next().result()).isZero();
            for (int i = 0; i < 40; i++) {
                terminal.sendRaw(bad);
            }
            assertThat(terminal.untilClosed()).isEmpty();
            assertThat(fixture.gateway.counters().rejected.of(Rejection.BAD_CHECKSUM))
                    .isGreaterThanOrEqualTo(70);
        }
    }

    @Test
    void keepsOnlyTheCapOfAFrameThatNeverEnds() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            byte[] endless = new byte[64 * 1024];
            endless[0] = 0x7E;
            for (int i = 0; i < 64; i++) {
                terminal.sendRaw(endless);
                endless[0] = 0;
            }
            terminal.sendRaw(new byte[] {0x7E});
            terminal.sendReport(1, 1);
            assertThat(terminal.next().result()).isZero();
            assertThat(fixture.gateway.counters().rejected.of(Rejection.TOO_LONG))
                    .isEqualTo(1);
        }
    }

    @Test
    void makesRoomAtTheCapByClosingTheOldestThatHasNotAuthenticated() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(folder, options -> options.withMaxConnections(2))) {
            fixture.know(known(7, PHONE), known(8, "13912345679"), known(9, "13912345680"));
            fixture.signedOn(Edition.V2013, PHONE, 7);
            Terminal808 idler = fixture.connect(Edition.V2013, "13912345679", 8);
            await().until(() -> fixture.gateway.counters().connections.sum() == 2);
            Terminal808 honest = fixture.signedOn(Edition.V2013, "13912345680", 9);
            assertThat(idler.untilClosed()).isEmpty();
            await().until(() -> fixture.gateway.counters().closed.of(CloseCause.EVICTED) == 1);
            assertThat(fixture.connect(Edition.V2013, "13912345679", 8).untilClosed())
                    .isEmpty();
            await().until(() -> fixture.gateway.counters().overCap.sum() == 1);
            honest.sendReport(1, 1);
            assertThat(honest.next().result()).isZero();
        }
    }

    @Test
    void closesATerminalThatFallsSilentButNotOneThatItDoesNotReadFrom() throws Exception {
        LinkLimits limits = new LinkLimits(
                Duration.ofSeconds(15),
                Duration.ofSeconds(3),
                3,
                3,
                40,
                Duration.ofSeconds(5),
                1,
                Duration.ofSeconds(5));
        try (GatewayFixture fixture = new GatewayFixture(folder, options -> options.withLimits(limits))) {
            fixture.know(known(7, PHONE), known(8, "13912345679"));
            Terminal808 silent = fixture.signedOn(Edition.V2013, "13912345679", 8);
            // Bytes that complete no frame keep nothing open.
            silent.sendRaw(new byte[] {0x7E, 0x02});
            Terminal808 waiting = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.log.refuse(true);
            waiting.sendReport(1, 1);
            await().until(() -> fixture.gateway.counters().reportsRefused.sum() == 1);
            waiting.sendReport(1, 1);
            assertThat(silent.untilClosed()).isEmpty();
            await().until(() -> fixture.gateway.counters().closed.of(CloseCause.IDLE) == 1);
            fixture.log.refuse(false);
            assertThat(waiting.next().result()).isZero();
        }
    }

    @Test
    void closesATerminalThatDoesNotReadItsAnswers() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            ByteBuf heartbeats = Unpooled.buffer();
            for (int i = 0; i < 5_000; i++) {
                terminal.begin(MessageId.HEARTBEAT, i).end(heartbeats);
            }
            byte[] bytes = new byte[heartbeats.readableBytes()];
            heartbeats.readBytes(bytes);
            heartbeats.release();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        terminal.sendRaw(bytes);
                    }
                } catch (IOException e) {
                    // The gateway has closed: that is what the test waits for.
                }
            });
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> fixture.gateway.counters().closed.of(CloseCause.SLOW_READER) == 1);
            sender.join();
        }
    }

    @Test
    void ticksOnceInEveryPartition() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            fixture.gateway.tick();
            await().until(() -> fixture.log.ticks() == fixture.log.partitions());
        }
    }

    @Test
    void findsEveryAcknowledgedReportInTheLocalLogAfterwards() throws Exception {
        int reports = 3_000;
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(folder.resolve("log")));
                Gateway gateway = GatewayFixture.over(folder, log, known(7, PHONE), known(8, "13912345679"))) {
            for (int vehicle = 7; vehicle <= 8; vehicle++) {
                try (Terminal808 terminal = new Terminal808(
                        gateway.address(),
                        Edition.V2013,
                        vehicle == 7 ? PHONE : "13912345679",
                        GatewayFixture.plate(vehicle))) {
                    terminal.signOn("T" + vehicle);
                    ByteBuf all = Unpooled.buffer();
                    for (int i = 0; i < reports; i++) {
                        Terminal808.report(i)
                                .put(terminal.begin(MessageId.LOCATION, i))
                                .end(all);
                    }
                    terminal.send(all);
                    for (int i = 0; i < reports; i++) {
                        assertThat(terminal.next().result()).isZero();
                    }
                }
            }
        }
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(folder.resolve("log")))) {
            for (int vehicle = 7; vehicle <= 8; vehicle++) {
                PositionRecord position = new PositionRecord();
                int found = 0;
                try (ReportLog.Cursor cursor = log.read(log.partitionOf(vehicle), 0)) {
                    while (cursor.next()) {
                        if (RecordType.of(cursor.buffer(), cursor.position()) == RecordType.POSITION) {
                            position.wrap(cursor.buffer(), cursor.position());
                            assertThat(position.vehicleId()).isEqualTo(vehicle);
                            assertThat(position.deviceMillis()).isEqualTo(Terminal808.FIRST_TIME + found * 1000L);
                            found++;
                        }
                    }
                }
                assertThat(found).isEqualTo(reports);
            }
        }
    }

    @Test
    void showsItsCountersUnderTheContractsNames() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            terminal.sendReport(1, 1);
            terminal.next();
            assertThat(fixture.meters
                            .get("haulwatch.gateway.connections")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(fixture.meters.get("haulwatch.terminals.online").gauge().value())
                    .isEqualTo(1);
            assertThat(fixture.meters
                            .get("haulwatch.positions.accepted")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(fixture.meters
                            .get("haulwatch.frames.rejected")
                            .tag("cause", "bad_checksum")
                            .functionCounter()
                            .count())
                    .isZero();
            assertThat(fixture.meters.get("haulwatch.ack").functionTimer().count())
                    .isEqualTo(1);
        }
    }

    /** Built item by item, so that the test itself can cut it. */
    private static byte[] batchBody(Terminal808 terminal, int reports) {
        List<LocationReport> all =
                IntStream.range(0, reports).mapToObj(Terminal808::report).toList();
        byte[] body = new byte[3 + reports * (2 + 37)];
        body[0] = (byte) (reports >> 8);
        body[1] = (byte) reports;
        int at = 3;
        for (LocationReport report : all) {
            ByteBuf one = Unpooled.buffer();
            report.put(terminal.begin(MessageId.LOCATION, 0)).end(one);
            byte[] frame = new byte[one.readableBytes()];
            one.readBytes(frame);
            one.release();
            byte[] item = unescapedBody(frame, terminal.edition == Edition.V2019 ? 17 : 12, 37);
            body[at] = 0;
            body[at + 1] = 37;
            System.arraycopy(item, 0, body, at + 2, 37);
            at += 39;
        }
        return body;
    }

    private static byte[] unescapedBody(byte[] frame, int header, int length) {
        byte[] plain = new byte[frame.length];
        int n = 0;
        for (int i = 1; i < frame.length - 1; i++) {
            if (frame[i] == 0x7D) {
                i++;
                plain[n++] = frame[i] == 1 ? (byte) 0x7D : (byte) 0x7E;
            } else {
                plain[n++] = frame[i];
            }
        }
        return java.util.Arrays.copyOfRange(plain, header, header + length);
    }

    private static void sendPackage(Terminal808 terminal, byte[] body, int number, int total, int serial)
            throws IOException {
        int size = (body.length + total - 1) / total;
        int from = (number - 1) * size;
        ByteBuf out = Unpooled.buffer();
        terminal.begin(MessageId.LOCATION_BATCH, serial)
                .putBytes(body, from, Math.min(size, body.length - from))
                .endPackage(out, total, number);
        terminal.send(out);
    }

    private GatewayFixture fixture() throws Exception {
        return new GatewayFixture(folder, options -> options).know(known(7, PHONE));
    }
}
