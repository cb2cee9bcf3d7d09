package io.haulwatch.jt808.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Terminal control (终端控制, 0x8105).
 *
 * @param command one of the constants
 * @param parameters texts in the order of the command, none of them with a semicolon; empty if the command takes none
 */
public record TerminalControl(int command, List<String> parameters) implements MessageBody {
    /** Wireless upgrade, 2011 and 2013. */
    public static final int UPGRADE = 1;
    /** Connect to another server; the first parameter 1 leads back to the default one and nothing follows. */
    public static final int CONNECT = 2;
    /** Power off, 2011 and 2013. */
    public static final int POWER_OFF = 3;
    /** Reset. */
    public static final int RESET = 4;
    /** Factory settings. */
    public static final int FACTORY_SETTINGS = 5;
    /** Data connection off, 2011 and 2013. */
    public static final int DATA_OFF = 6;
    /** All radio off, 2011 and 2013. */
    public static final int RADIO_OFF = 7;

    private static final String[] UPGRADE_FIELDS = {
        "url",
        "apn",
        "user",
        "password",
        "address",
        "tcp_port",
        "udp_port",
        "maker",
        "hardware",
        "firmware",
        "time_limit_min"
    };
    private static final String[] CONNECT_FIELDS = {
        "back_to_default", "auth_code", "apn", "user", "password", "address", "tcp_port", "udp_port", "time_limit_min"
    };

    /** Copies the parameters. */
    public TerminalControl {
        parameters = List.copyOf(parameters);
    }

    /** Reads a body; null if it is empty. */
    public static @Nullable TerminalControl read(BodyReader in) {
        if (!in.has(1)) {
            return null;
        }
        int command = in.u8();
        String text = in.restText();
        return new TerminalControl(command, text.isEmpty() ? List.of() : List.of(text.split(";", -1)));
    }

    /** Refuses commands that the edition does not have: 2019 removed 1, 3, 6 and 7. */
    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        boolean removed = command == UPGRADE || command == POWER_OFF || command == DATA_OFF || command == RADIO_OFF;
        if (edition == Edition.V2019 && removed) {
            throw new IllegalArgumentException("2019 has no such command: command=" + command);
        }
        if (parameters.stream().anyMatch(parameter -> parameter.indexOf(';') >= 0)) {
            throw new IllegalArgumentException("a semicolon parts parameters: parameters=" + parameters);
        }
        return writer.putU8(Range.u8("command", command)).putText(String.join(";", parameters));
    }

    @Override
    public void describe(Tree tree) {
        tree.code(
                "command",
                command,
                null,
                "upgrade (无线升级)",
                "connect (连接指定服务器)",
                "power_off (关机)",
                "reset (复位)",
                "factory_settings (恢复出厂设置)",
                "data_off (关闭数据通信)",
                "radio_off (关闭所有无线通信)");
        String[] names = command == UPGRADE ? UPGRADE_FIELDS : command == CONNECT ? CONNECT_FIELDS : new String[0];
        tree.branch("parameters", parameters, (texts, inner) -> {
            for (int i = 0; i < texts.size(); i++) {
                inner.put(i < names.length ? names[i] : "parameter_" + (i + 1), texts.get(i));
            }
        });
    }
}
