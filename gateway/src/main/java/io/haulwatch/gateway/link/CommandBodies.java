package io.haulwatch.gateway.link;

import io.haulwatch.gateway.command.TerminalCommand;
import io.haulwatch.gateway.command.ZoneKind;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.AreaQuery;
import io.haulwatch.jt808.area.DeleteAreas;
import io.haulwatch.jt808.control.AlarmConfirmation;
import io.haulwatch.jt808.control.CallBack;
import io.haulwatch.jt808.control.Tracking;
import io.haulwatch.jt808.control.VehicleControl;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.media.Shoot;
import io.haulwatch.jt808.message.TextMessage;
import io.haulwatch.jt808.parameter.Parameter;
import io.haulwatch.jt808.parameter.ParameterQuery;
import io.haulwatch.jt808.parameter.ParameterValue;
import io.haulwatch.jt808.parameter.SetParameters;
import io.haulwatch.jt808.passage.RecorderCommand;
import io.haulwatch.jt808.terminal.TerminalControl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the body of a command; a header does not tell 2011 from 2013, whose bodies are the same here. Stateless. */
final class CommandBodies {
    /** Of one command: some 600 points of a route, more than any terminal was seen to keep. */
    private static final int MOST_PACKAGES = 16;

    /** Bytes of GBK that fit one package beside the flags of all editions. */
    static final int LONGEST_TEXT = 1_021;

    private static final int LONGEST_BODY = 1_023;
    private static final int PARAMETER_HEAD = 5;

    /** Of 0x8801: 0 sends pictures at once. */
    private static final int UPLOAD = 0;

    private static final int QUALITY = 3;
    /** Small 320×240, medium 640×480, large 1024×768; 2019 only says from the lowest to the highest. */
    private static final int[] RESOLUTIONS = {1, 2, 4};

    private static final int[] RESOLUTIONS_2019 = {0x00, 0x80, 0xFF};

    private CommandBodies() {}

    static FrameWriter put(boolean is2019, TerminalCommand.Content content, FrameWriter writer) {
        Edition edition = Edition.ofHeader(is2019);
        return switch (content) {
            case TerminalCommand.Text text ->
                new TextMessage(text.urgent(), text.display(), text.speak(), text.text()).put(is2019, writer);
            case TerminalCommand.Locate locate -> writer;
            case TerminalCommand.ReadParameters(List<Long> ids) ->
                ids.isEmpty() ? writer : new ParameterQuery(ids).put(edition, writer);
            case TerminalCommand.SetParameters(List<Parameter> parameters) ->
                new SetParameters(parameters).put(edition, writer);
            case TerminalCommand.Control(int command) -> new TerminalControl(command, List.of()).put(edition, writer);
            case TerminalCommand.Doors(boolean lock) ->
                VehicleControl.doors(edition, lock, false).put(edition, writer);
            case TerminalCommand.Photo(int channel, int pictures, int size) ->
                new Shoot(
                                channel,
                                pictures,
                                0,
                                UPLOAD,
                                is2019 ? RESOLUTIONS_2019[size] : RESOLUTIONS[size],
                                QUALITY,
                                128,
                                64,
                                64,
                                128)
                        .put(edition, writer);
            case TerminalCommand.Track(int interval, long seconds) ->
                new Tracking(interval, seconds).put(edition, writer);
            case TerminalCommand.ConfirmAlarms(long alarms) -> new AlarmConfirmation(0, alarms).put(edition, writer);
            case TerminalCommand.Call(boolean listen, String phone) ->
                new CallBack(listen ? 1 : 0, phone).put(edition, writer);
            case TerminalCommand.ReadRecorder(int command) ->
                new RecorderCommand(command, Bytes.NONE).put(edition, writer);
            case TerminalCommand.SetZone zone -> ZoneBodies.body(is2019, zone).put(edition, writer);
            case TerminalCommand.DeleteZone(long id, ZoneKind kind) ->
                new DeleteAreas(List.of(id)).put(edition, writer);
            case TerminalCommand.ReadZones(ZoneKind kind) ->
                new AreaQuery(kind.number(), List.of()).put(edition, writer);
        };
    }

    /** Why the edition or one package cannot carry it; null if they can. */
    static @Nullable String unfit(boolean is2019, TerminalCommand.Content content) {
        return switch (content) {
            case TerminalCommand.Text text -> tooLong("text", Gbk.bytes(text.text()).length, LONGEST_TEXT);
            case TerminalCommand.SetParameters(List<Parameter> parameters) ->
                tooLong(
                        "parameters",
                        1 + parameters.stream().mapToInt(CommandBodies::bytes).sum(),
                        LONGEST_BODY);
            case TerminalCommand.Control(int command) ->
                is2019 && command != TerminalControl.RESET && command != TerminalControl.FACTORY_SETTINGS
                        ? "edition 2019 has no such control: command=" + command
                        : null;
            case TerminalCommand.Locate locate -> null;
            case TerminalCommand.ReadParameters read -> null;
            case TerminalCommand.Doors doors -> null;
            case TerminalCommand.Photo photo -> null;
            case TerminalCommand.Track track -> null;
            case TerminalCommand.ConfirmAlarms confirm -> null;
            case TerminalCommand.Call call -> null;
            case TerminalCommand.ReadRecorder read -> null;
            case TerminalCommand.SetZone zone -> {
                int packages = ZoneBodies.packages(is2019, zone);
                yield packages > MOST_PACKAGES
                        ? "zone is longer than " + MOST_PACKAGES + " packages: packages=" + packages
                        : null;
            }
            case TerminalCommand.DeleteZone zone -> null;
            case TerminalCommand.ReadZones zones -> is2019 ? null : "edition 2011 and 2013 have no query of zones";
        };
    }

    private static @Nullable String tooLong(String what, int length, int most) {
        return length > most ? what + " is longer than one package: length=" + length + " most=" + most : null;
    }

    private static int bytes(Parameter parameter) {
        return PARAMETER_HEAD
                + switch (parameter.value()) {
                    case ParameterValue.Unsigned number -> number.width();
                    case ParameterValue.Text text -> Gbk.bytes(text.text()).length;
                    case ParameterValue.ForbiddenHours hours -> 4;
                    case ParameterValue.Raw raw -> raw.bytes().size();
                };
    }
}
