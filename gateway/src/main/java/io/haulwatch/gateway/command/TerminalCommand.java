package io.haulwatch.gateway.command;

import java.util.UUID;

/**
 * A command that is not finished.
 *
 * @param state QUEUED or SENT
 * @param attempts times written to a connection so far
 * @param expiresMillis ms since 1970 after which it is not sent any more
 */
public record TerminalCommand(
        UUID commandId, int vehicleId, Content content, CommandState state, int attempts, long expiresMillis) {
    public TerminalCommand {
        if (state.isFinal()) {
            throw new IllegalArgumentException(
                    "a pending command is queued or sent: commandId=" + commandId + " state=" + state);
        }
    }

    /** What the terminal is asked to do. */
    public sealed interface Content {
        /** Message id on the wire. */
        int messageId();
    }

    /**
     * 0x8300 text (文本信息下发).
     *
     * @param urgent shown as urgent (紧急)
     * @param display on the terminal's display
     * @param speak read aloud (TTS)
     */
    public record Text(String text, boolean urgent, boolean display, boolean speak) implements Content {
        @Override
        public int messageId() {
            return 0x8300;
        }
    }

    /** 0x8201 position query (位置信息查询). */
    public record Locate() implements Content {
        @Override
        public int messageId() {
            return 0x8201;
        }
    }
}
