package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.gateway.command.CommandChange;
import io.haulwatch.gateway.command.CommandState;
import io.haulwatch.gateway.command.TerminalCommand;
import io.haulwatch.gateway.command.ZoneKind;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.RoutePoint;
import io.haulwatch.jt808.area.Vertex;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.ResendRequest;
import io.haulwatch.jt808.parameter.Parameter;
import io.haulwatch.jt808.parameter.ParameterAnswer;
import io.haulwatch.jt808.terminal.TerminalControl;
import io.haulwatch.model.report.PositionRecord;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    private static final String PHONE = "13912345678";
    private static final TerminalCommand.Content TEXT = new TerminalCommand.Text("前方学校", true, true, true);

    private static final List<Vertex> CORNERS = List.of(
            new Vertex(22_531_880, 114_057_640),
            new Vertex(22_531_880, 114_058_640),
            new Vertex(22_532_880, 114_057_640));

    private static final TerminalCommand.SetZone YARD = new TerminalCommand.SetZone(
            11,
            "学校",
            40,
            new TerminalCommand.Hours(480, 1050),
            new TerminalCommand.Box(new Vertex(22_532_880, 114_057_640), new Vertex(22_531_880, 114_058_640)));

    /** Its item in 0x8602 of 2019, by the sheet's order of fields. */
    private static final String YARD_2019 =
            "0000000B00070157D31006CC61A80157CF2806CC6590" + "00000008000000000017300000280A00280004D1A7D0A3";

    @TempDir
    Path folder;

    @Test
    void speaksATextInTheCabAndRecordsTheAnswer() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            UUID id = fixture.table.add(7, TEXT, Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            Terminal808.Answer command = terminal.next();
            assertThat(command.messageId()).isEqualTo(MessageId.TEXT);
            // 2019: bits 0-1 = 10 urgent, bit 2 display, bit 3 TTS; then the type, 1 = notice.
            assertThat(command.body()[0]).isEqualTo((byte) 0b1110);
            assertThat(command.body()[1]).isEqualTo((byte) 1);
            assertThat(new String(Arrays.copyOfRange(command.body(), 2, command.body().length), Charset.forName("GBK")))
                    .isEqualTo("前方学校");
            assertThat(fixture.table.state(id)).isEqualTo(CommandState.SENT);
            terminal.send(GeneralAnswer.put(
                    terminal.begin(MessageId.TERMINAL_ANSWER, 1), command.frameSerial(), MessageId.TEXT, 0));
            await().until(() -> fixture.table.state(id) == CommandState.ACKNOWLEDGED);
            assertThat(fixture.gateway.counters().commands.of(CommandState.ACKNOWLEDGED))
                    .isEqualTo(1);
        }
    }

    @Test
    void asksForThePositionAndStoresTheAnswerToo() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            UUID id = fixture.table.add(7, new TerminalCommand.Locate(), Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            Terminal808.Answer command = terminal.next();
            assertThat(command.messageId()).isEqualTo(MessageId.QUERY_LOCATION);
            assertThat(command.body()).isEmpty();
            terminal.send(Terminal808.report(5)
                    .putAnswer(terminal.begin(MessageId.LOCATION_ANSWER, 1), command.frameSerial()));
            await().until(() -> fixture.table.state(id) == CommandState.ACKNOWLEDGED);
            assertThat(fixture.table.changes().getLast().response())
                    .isInstanceOfSatisfying(
                            CommandChange.Fix.class,
                            fix -> assertThat(fix.latitudeMicrodeg()).isEqualTo(29_563_005));
            assertThat(terminal.next().answeredId()).isEqualTo(MessageId.LOCATION_ANSWER);
            assertThat(fixture.log.positions().getFirst().flags()).isEqualTo(PositionRecord.FLAG_ANSWER);
        }
    }

    @Test
    void readsParametersAlsoWhenTheAnswerComesInPackages() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            UUID id = fixture.table.add(7, new TerminalCommand.ReadParameters(List.of()), Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            Terminal808.Answer query = terminal.next();
            assertThat(query.messageId()).isEqualTo(MessageId.QUERY_PARAMETERS);
            List<Parameter> said = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                said.add(Parameter.text(0x0013 + i % 2, "x".repeat(200)));
            }
            said.add(Parameter.number(0x0055, 90));
            terminal.send(new ParameterAnswer(query.frameSerial(), said)
                    .put(Edition.V2013, terminal.begin(MessageId.PARAMETERS, 1)));
            await().until(() -> fixture.table.state(id) == CommandState.ACKNOWLEDGED);
            assertThat(fixture.table.changes().getLast().response()).isEqualTo(new CommandChange.Parameters(said));
        }
    }

    @Test
    void asksForPicturesAndRecordsWhichWereTaken() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            Terminal808.Answer command = sent(fixture, terminal, new TerminalCommand.Photo(2, 3, 1));
            assertThat(command.messageId()).isEqualTo(MessageId.SHOOT);
            // Channel 2, three pictures, as fast as it can, sent at once, 640×480, quality 3, then the four middles.
            assertThat(command.body()).containsExactly(2, 0, 3, 0, 0, 0, 2, 3, (byte) 128, 64, 64, (byte) 128);
            terminal.send(GeneralAnswer.put(
                    terminal.begin(MessageId.TERMINAL_ANSWER, 1), command.frameSerial(), MessageId.SHOOT, 0));
            // 0x0805: its serial, ok, two media, 9 and 10.
            terminal.send(terminal.begin(MessageId.SHOOT_ANSWER, 2)
                    .putU16(command.frameSerial())
                    .putBytes(HexFormat.of().parseHex("000002000000090000000A")));
            assertThat(terminal.next().answeredId()).isEqualTo(MessageId.SHOOT_ANSWER);
            await().until(() -> fixture.table.state(fixture.table.lastId()) == CommandState.ACKNOWLEDGED);
            assertThat(fixture.table.changes().getLast().response())
                    .isEqualTo(new CommandChange.Pictures(List.of(9L, 10L)));
        }
    }

    @Test
    void takesTheAnswerOfTheDoorsAsAPositionToo() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            Terminal808.Answer command = sent(fixture, terminal, new TerminalCommand.Doors(true));
            assertThat(command.messageId()).isEqualTo(MessageId.VEHICLE_CONTROL);
            assertThat(command.body()).containsExactly(1);
            // 0x0500: its serial, then a position whose status has ACC, a fix and bit 12, the doors locked.
            terminal.send(terminal.begin(MessageId.VEHICLE_CONTROL_ANSWER, 2)
                    .putU16(command.frameSerial())
                    .putBytes(HexFormat.of().parseHex("00000000000010030157CF2806CC61A8002801F4005A260315144500")));
            assertThat(terminal.next().answeredId()).isEqualTo(MessageId.VEHICLE_CONTROL_ANSWER);
            await().until(() -> fixture.table.state(fixture.table.lastId()) == CommandState.ACKNOWLEDGED);
            assertThat(fixture.table.changes().getLast().response())
                    .isInstanceOfSatisfying(
                            CommandChange.Fix.class,
                            fix -> assertThat(fix.latitudeMicrodeg()).isEqualTo(22_531_880));
            assertThat(fixture.log.positions().getFirst().flags()).isEqualTo(PositionRecord.FLAG_ANSWER);
        }
    }

    @Test
    void readsTheRecorderAndIsDoneWhenItsBlockIsKept() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            fixture.media.hold();
            Terminal808.Answer command = sent(fixture, terminal, new TerminalCommand.ReadRecorder(5));
            assertThat(command.messageId()).isEqualTo(MessageId.COLLECT_RECORDER);
            assertThat(command.body()).containsExactly(5);
            terminal.send(terminal.begin(MessageId.RECORDER_DATA, 2)
                    .putU16(command.frameSerial())
                    .putBytes(HexFormat.of().parseHex("05557A05000200010203")));
            await().until(() -> fixture.media.last() != null);
            assertThat(fixture.table.state(fixture.table.lastId())).isEqualTo(CommandState.SENT);
            fixture.media.release();
            assertThat(terminal.next().answeredId()).isEqualTo(MessageId.RECORDER_DATA);
            await().until(() -> fixture.table.state(fixture.table.lastId()) == CommandState.ACKNOWLEDGED);
        }
    }

    @Test
    void writesTheBodiesOfTrackingConfirmationAndCalls() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            body(fixture, terminal, new TerminalCommand.Track(30, 3600), 0x8202, "001E00000E10");
            body(fixture, terminal, new TerminalCommand.Track(0, 0), 0x8202, "0000");
            body(fixture, terminal, new TerminalCommand.ConfirmAlarms(0x18700009L), 0x8203, "000018700009");
            body(fixture, terminal, new TerminalCommand.Call(true, "13800138000"), 0x8400, "013133383030313338303030");
            body(fixture, terminal, new TerminalCommand.Call(false, "95"), 0x8400, "003935");
            // A polygon with a limit: id 6, bits 1 and 2, 60 km/h for 10 s, three corners, 60 at night, and its name 学校
            // of four bytes.
            body(
                    fixture,
                    terminal,
                    new TerminalCommand.SetZone(6, "学校", 60, null, new TerminalCommand.Corners(CORNERS)),
                    0x8604,
                    "000000060006003C0A00030157CF2806CC61A80157CF2806CC65900157D31006CC61A8003C0004D1A7D0A3");
            // Append one circle: id 77, bits 0, 1 and 2, centre, 500 m, 08:00 to 17:30 each day, 80 km/h for 10 s,
            // night, name.
            body(
                    fixture,
                    terminal,
                    new TerminalCommand.SetZone(
                            77,
                            "A",
                            80,
                            new TerminalCommand.Hours(480, 1050),
                            new TerminalCommand.Round(CORNERS.getFirst(), 500)),
                    0x8600,
                    "01010000004D00070157CF2806CC61A8000001F400000008000000000017300000500A0050000141");
            // Append one rectangle: id 11, bits 0, 1 and 2, upper left, lower right, 08:00 to 17:30 each day, 40 km/h
            // for
            // 10 s, night, name.
            body(fixture, terminal, YARD, 0x8602, "0101" + YARD_2019);
            // A route: id 9, bits 2 and 4, three points. Behind the first lies a section of 60 m that takes 60 to 600 s
            // at no more than 80 km/h, 80 at night; behind the second one of 20 m; behind the last none. Name A.
            body(
                    fixture,
                    terminal,
                    route(null),
                    0x8606,
                    "0000000900140003"
                            + "00000001000000010157CF2806CC61A83C030258003C00500A0050"
                            + "00000002000000020157CF2806CC65901400"
                            + "00000003000000030157D31006CC61A81400000141");
            body(fixture, terminal, new TerminalCommand.DeleteZone(77, ZoneKind.CIRCLE), 0x8601, "010000004D");
            body(fixture, terminal, new TerminalCommand.DeleteZone(11, ZoneKind.RECTANGLE), 0x8603, "010000000B");
            body(fixture, terminal, new TerminalCommand.DeleteZone(6, ZoneKind.POLYGON), 0x8605, "0100000006");
            body(fixture, terminal, new TerminalCommand.DeleteZone(9, ZoneKind.ROUTE), 0x8607, "0100000009");
            body(fixture, terminal, new TerminalCommand.Photo(1, 1, 2), 0x8801, "010001000000FF0380404080");
        }
    }

    @Test
    void writesZonesForTheOlderEditionsWithoutNightAndName() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            body(
                    fixture,
                    terminal,
                    YARD,
                    0x8602,
                    "01010000000B00070157D31006CC61A80157CF2806CC659000000008000000000017300000280A");
            // Bit 0 too: from 22:00 to 06:00 each day.
            body(
                    fixture,
                    terminal,
                    route(new TerminalCommand.Hours(22 * 60, 6 * 60)),
                    0x8606,
                    "000000090015" + "000000220000" + "000000060000" + "0003"
                            + "00000001000000010157CF2806CC61A83C030258003C00500A"
                            + "00000002000000020157CF2806CC65901400"
                            + "00000003000000030157D31006CC61A81400");
            UUID id = fixture.table.add(7, new TerminalCommand.ReadZones(ZoneKind.ROUTE), Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            await().until(() -> fixture.table.state(id) == CommandState.REFUSED);
            assertThat(fixture.table.changes().getLast().result())
                    .isEqualTo("edition 2011 and 2013 have no query of zones");
        }
    }

    @Test
    void readsWhichZonesATerminalHoldsAndWhatIsMoreToThemThanWasSent() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            Terminal808.Answer query = sent(fixture, terminal, new TerminalCommand.ReadZones(ZoneKind.RECTANGLE));
            assertThat(query.messageId()).isEqualTo(MessageId.QUERY_AREAS);
            assertThat(query.body()).containsExactly(2, 0, 0, 0, 0);
            // An answer about circles is to another query.
            terminal.send(
                    terminal.begin(MessageId.AREAS, 1).putBytes(HexFormat.of().parseHex("01000000000000")));
            assertThat(terminal.next().answeredId()).isEqualTo(MessageId.AREAS);
            assertThat(fixture.gateway.counters().strayAnswers.sum()).isEqualTo(1);
            // Two rectangles in one body: the one above, and 12, which tells the driver at exit (bit 4) after 5 s of
            // more
            // than 60, or 50 at night.
            terminal.send(terminal.begin(MessageId.AREAS, 2)
                    .putBytes(HexFormat.of()
                            .parseHex("02000000020002" + YARD_2019
                                    + "0000000C00120157D31006CC61A80157CF2806CC6590003C0500320000")));
            assertThat(terminal.next().answeredId()).isEqualTo(MessageId.AREAS);
            await().until(() -> fixture.table.state(fixture.table.lastId()) == CommandState.ACKNOWLEDGED);
            assertThat(fixture.table.changes().getLast().response())
                    .isEqualTo(new CommandChange.Zones(
                            ZoneKind.RECTANGLE,
                            List.of(
                                    new CommandChange.Held(YARD, false),
                                    new CommandChange.Held(
                                            new TerminalCommand.SetZone(12, "", 60, null, YARD.shape()), true))));
        }
    }

    @Test
    void doesNotSayWhatATerminalHoldsWhenItsAnswerIsCutOff() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            sent(fixture, terminal, new TerminalCommand.ReadZones(ZoneKind.RECTANGLE));
            terminal.send(terminal.begin(MessageId.AREAS, 1)
                    .putBytes(HexFormat.of().parseHex("02000000030003" + YARD_2019 + "0000000C0012")));
            await().until(() -> fixture.table.state(fixture.table.lastId()) == CommandState.ACKNOWLEDGED);
            assertThat(fixture.table.changes().getLast().response()).isNull();
            assertThat(fixture.table.changes().getLast().result())
                    .isEqualTo("The terminal announced 3 zones and 1 could be read: what it holds is not known.");
        }
    }

    @Test
    void aLongZoneGoesInPackagesAndThoseThatATerminalMissesGoAgain() throws Exception {
        try (GatewayFixture fixture = fixture();
                Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7)) {
            UUID id = fixture.table.add(7, longRoute(57), Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            Terminal808.Answer first = terminal.next();
            Terminal808.Answer second = terminal.next();
            assertThat(List.of(first.packageNumber(), second.packageNumber())).containsExactly(1, 2);
            assertThat(second.frameSerial()).isEqualTo(first.frameSerial() + 1 & 0xFFFF);
            // Id 4, attributes 2, count 2, 57 points of 18, then the length of the name and the name: 2 + 1.
            assertThat(first.body()).hasSize(1_023);
            assertThat(first.body()).startsWith(0, 0, 0, 9).containsSubsequence(0, 57);
            assertThat(second.body()).hasSize(8 + 57 * 18 + 3 - 1_023).endsWith(0, 1, 'A');

            terminal.send(new ResendRequest(first.frameSerial(), List.of(2))
                    .put(true, terminal.begin(MessageId.RESEND_BY_TERMINAL, terminal.nextSerial())));
            Terminal808.Answer again = terminal.next();
            assertThat(again.frameSerial()).isEqualTo(second.frameSerial());
            assertThat(again.body()).isEqualTo(second.body());

            terminal.send(GeneralAnswer.put(
                    terminal.begin(MessageId.TERMINAL_ANSWER, terminal.nextSerial()),
                    second.frameSerial(),
                    MessageId.SET_ROUTE,
                    GeneralAnswer.SUCCESS));
            await().until(() -> fixture.table.state(id) == CommandState.ACKNOWLEDGED);
            assertThat(fixture.table.changes().getLast().attempts()).isEqualTo(1);
        }
    }

    @Test
    void saysHowLongAZoneIsThatNoTerminalIsSent() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            fixture.signedOn(Edition.V2013, PHONE, 7);
            // Id, attributes and count are 8 bytes, a point without times and speed is 18.
            int points = 16 * 1_023 / 18 + 1;
            UUID id = fixture.table.add(7, longRoute(points), Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            await().until(() -> fixture.table.state(id) == CommandState.REFUSED);
            assertThat(fixture.table.changes().getLast().result())
                    .isEqualTo("zone is longer than 16 packages: packages=17");
        }
    }

    private static TerminalCommand.SetZone longRoute(int points) {
        return new TerminalCommand.SetZone(
                9,
                "A",
                0,
                null,
                new TerminalCommand.Way(
                        Collections.nCopies(points - 1, new TerminalCommand.Section(CORNERS.getFirst(), 20, 0, null)),
                        CORNERS.getLast()));
    }

    private static TerminalCommand.SetZone route(TerminalCommand.@Nullable Hours hours) {
        return new TerminalCommand.SetZone(
                9,
                "A",
                0,
                hours,
                new TerminalCommand.Way(
                        List.of(
                                new TerminalCommand.Section(
                                        CORNERS.getFirst(), 60, 80, new RoutePoint.DrivingTime(600, 60)),
                                new TerminalCommand.Section(CORNERS.get(1), 20, 0, null)),
                        CORNERS.getLast()));
    }

    private static void body(
            GatewayFixture fixture, Terminal808 terminal, TerminalCommand.Content content, int messageId, String hex)
            throws Exception {
        Terminal808.Answer command = sent(fixture, terminal, content);
        assertThat(command.messageId()).isEqualTo(messageId);
        assertThat(HexFormat.of().withUpperCase().formatHex(command.body())).isEqualTo(hex);
        terminal.send(GeneralAnswer.put(
                terminal.begin(MessageId.TERMINAL_ANSWER, terminal.nextSerial()),
                command.frameSerial(),
                messageId,
                messageId == MessageId.SHOOT ? 1 : 0));
        await().until(() -> fixture.gateway.counters().commands.of(CommandState.REFUSED) > 0
                || fixture.table.state(fixture.table.lastId()) == CommandState.ACKNOWLEDGED);
    }

    private static Terminal808.Answer sent(
            GatewayFixture fixture, Terminal808 terminal, TerminalCommand.Content content) throws Exception {
        UUID id = fixture.table.add(7, content, Long.MAX_VALUE);
        fixture.gateway.commandDesk().submit(7, id);
        return terminal.next();
    }

    @Test
    void saysWhyAnEditionCannotBeToldToSwitchOff() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            fixture.signedOn(Edition.V2019, PHONE, 7);
            UUID id = fixture.table.add(7, new TerminalCommand.Control(TerminalControl.POWER_OFF), Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            await().until(() -> fixture.table.state(id) == CommandState.REFUSED);
            assertThat(fixture.table.changes().getLast().result())
                    .isEqualTo("edition 2019 has no such control: command=3");
        }
    }

    @Test
    void sendsWhatWaitedForTheTerminalToSignOn() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            UUID id = fixture.table.add(7, TEXT, Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            assertThat(terminal.next().messageId()).isEqualTo(MessageId.TEXT);
        }
    }

    @Test
    void carriesOnAfterARestartWithWhatTheTableSays() throws Exception {
        FakeCommands table = new FakeCommands();
        UUID id = table.add(7, TEXT, Long.MAX_VALUE);
        for (int life = 1; life <= 2; life++) {
            try (GatewayFixture fixture = new GatewayFixture(folder, o -> o, java.time.InstantSource.system(), table)) {
                fixture.know(known(7, PHONE));
                Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
                assertThat(terminal.next().messageId()).isEqualTo(MessageId.TEXT);
                assertThat(table.state(id)).isEqualTo(CommandState.SENT);
                assertThat(table.changes().getLast().attempts()).isEqualTo(life);
            }
        }
    }

    @Test
    void repeatsAnUnansweredCommandAndTimesItOut() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(folder, o -> o.withLimits(GatewayFixture.QUICK))) {
            fixture.know(known(7, PHONE));
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            UUID id = fixture.table.add(7, TEXT, Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            Terminal808.Answer first = terminal.next();
            Terminal808.Answer again = terminal.next();
            assertThat(again.frameSerial()).isEqualTo(first.frameSerial());
            await().until(() -> fixture.table.state(id) == CommandState.TIMED_OUT);
            terminal.send(GeneralAnswer.put(
                    terminal.begin(MessageId.TERMINAL_ANSWER, 1), first.frameSerial(), MessageId.TEXT, 0));
            await().until(() -> fixture.gateway.counters().strayAnswers.sum() == 1);
            assertThat(fixture.table.state(id)).isEqualTo(CommandState.TIMED_OUT);
        }
    }

    @Test
    void reportsTheAnswerWhenTheDatabaseIsBack() throws Exception {
        try (GatewayFixture fixture = fixture()) {
            Terminal808 terminal = fixture.signedOn(Edition.V2013, PHONE, 7);
            UUID id = fixture.table.add(7, TEXT, Long.MAX_VALUE);
            fixture.gateway.commandDesk().submit(7, id);
            Terminal808.Answer command = terminal.next();
            fixture.table.down(true);
            terminal.send(GeneralAnswer.put(
                    terminal.begin(MessageId.TERMINAL_ANSWER, 1), command.frameSerial(), MessageId.TEXT, 3));
            await().until(() -> fixture.gateway.counters().commandStepsDelayed.sum() > 0);
            assertThat(fixture.table.state(id)).isEqualTo(CommandState.SENT);
            fixture.table.down(false);
            await().until(() -> fixture.table.state(id) == CommandState.REFUSED);
        }
    }

    private GatewayFixture fixture() throws Exception {
        return new GatewayFixture(folder, options -> options).know(known(7, PHONE));
    }
}
