package io.haulwatch.jt808.decode;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.decode.HexText.BadHexException;
import io.haulwatch.jt808.frame.FrameEscaping;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.message.MessageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one hex frame into an ordered tree of maps, lists, text and numbers: {@code message_id}, {@code message}, {@code edition}, {@code phone},
 * {@code serial}, {@code package}, then {@code body}, or {@code error} that begins with its cause; {@code notes} follow when something is odd.
 * A damaged frame shows as much of its header as can be read.
 */
public final class FrameDecoder {
    private static final int FLAG = 0x7E;
    private static final int SHORTEST_SLICE = 13;

    private FrameDecoder() {}

    /**
     * The trees of command-line arguments: each argument a frame, or one frame that the shell has cut at its blanks.
     */
    public static List<Map<String, @Nullable Object>> decodeArguments(List<String> arguments) {
        boolean pieces = arguments.size() > 1 && arguments.stream().anyMatch(argument -> !isFrame(argument));
        if (pieces) {
            return List.of(decode(String.join(" ", arguments)));
        }
        List<Map<String, @Nullable Object>> trees = new ArrayList<>();
        for (String argument : arguments) {
            trees.add(decode(argument));
        }
        return trees;
    }

    /** The tree of one frame. Never throws for what the text says. */
    public static Map<String, @Nullable Object> decode(String hex) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        byte[] wire;
        try {
            wire = HexText.bytes(hex);
        } catch (BadHexException e) {
            return error(tree, "bad_hex", String.valueOf(e.getMessage()));
        }
        int last = wire.length - 1;
        if (last == 0 || wire[0] != FLAG || wire[last] != FLAG) {
            return error(
                    tree,
                    "missing_flag",
                    "a frame begins and ends with 7E; this begins with " + byteText(wire[0]) + " and ends with "
                            + byteText(wire[last]));
        }
        for (int i = 1; i < last; i++) {
            if (wire[i] == FLAG) {
                return error(
                        tree,
                        "several_frames",
                        "there is a 7E at byte " + i
                                + " (from 0): give one frame at a time, inside a frame 7E is sent as 7D 02");
            }
        }
        return decodeSlice(tree, Arrays.copyOfRange(wire, 1, last));
    }

    private static Map<String, @Nullable Object> decodeSlice(Map<String, @Nullable Object> tree, byte[] slice) {
        int length = FrameEscaping.unescape(slice, slice.length);
        if (length < 0) {
            return error(tree, FrameStatus.BAD_ESCAPE, "7D is followed by something other than 01 and 02");
        }
        if (length < SHORTEST_SLICE) {
            return error(
                    tree,
                    FrameStatus.TOO_SHORT,
                    "there are " + length + " bytes between the flags; header and checksum need 13 or more");
        }
        FrameView frame = new FrameView();
        FrameStatus status = frame.wrap(slice, 0, length - 1);
        if (status != FrameStatus.COMPLETE) {
            tree.put("message_id", MessageId.text(((slice[0] & 0xFF) << 8) | (slice[1] & 0xFF)));
            return error(
                    tree,
                    status,
                    "the body attributes announce a longer header than the " + (length - 1) + " bytes that are there");
        }
        List<String> notes = new ArrayList<>();
        putHeader(tree, frame);
        int xor = FrameEscaping.xor(slice, length);
        if (xor != 0) {
            byte sent = slice[length - 1];
            return error(
                    tree,
                    FrameStatus.BAD_CHECKSUM,
                    "the checksum byte is " + byteText(sent) + ", the bytes before it give "
                            + byteText((byte) (sent ^ xor)));
        }
        if (frame.lengthMismatch()) {
            notes.add("the header announces " + frame.declaredBodyLength() + " bytes of body, " + frame.bodyLength()
                    + " came; the real length is used");
        }
        Map<String, @Nullable Object> body = BodyDescription.of(frame, notes);
        if (body == null) {
            return error(
                    tree,
                    "bad_body",
                    "a body of " + frame.bodyLength() + " bytes is too short for a "
                            + MessageId.meaning(frame.messageId()));
        }
        tree.put("body", body);
        if (!notes.isEmpty()) {
            tree.put("notes", notes);
        }
        return tree;
    }

    private static void putHeader(Map<String, @Nullable Object> tree, FrameView frame) {
        tree.put("message_id", MessageId.text(frame.messageId()));
        tree.put("message", message(frame.messageId()));
        tree.put("edition", edition(frame).year());
        tree.put("phone", frame.phone());
        tree.put("serial", frame.serial());
        if (frame.subpackaged()) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("total", frame.packageTotal());
            part.put("number", frame.packageNumber());
            tree.put("package", part);
        } else {
            tree.put("package", null);
        }
    }

    private static String message(int messageId) {
        String term = MessageId.term(messageId);
        return term.isEmpty() ? MessageId.meaning(messageId) : MessageId.meaning(messageId) + " (" + term + ")";
    }

    /** The header cannot tell 2011 from 2013; a few bodies can. */
    private static Edition edition(FrameView frame) {
        if (frame.is2019() || frame.subpackaged() || frame.encryption() != 0) {
            return Edition.ofHeader(frame.is2019());
        }
        Edition told =
                MessageReader.edition(false, frame.messageId(), frame.bytes(), frame.bodyOffset(), frame.bodyLength());
        return told == Edition.V2011 ? told : Edition.V2013;
    }

    private static boolean isFrame(String argument) {
        String digits = argument.strip().toUpperCase(Locale.ROOT);
        return digits.length() > 4 && digits.startsWith("7E") && digits.endsWith("7E");
    }

    private static String byteText(byte b) {
        return String.format(Locale.ROOT, "%02X", b & 0xFF);
    }

    private static Map<String, @Nullable Object> error(
            Map<String, @Nullable Object> tree, FrameStatus status, String detail) {
        return error(tree, status.cause(), detail);
    }

    private static Map<String, @Nullable Object> error(
            Map<String, @Nullable Object> tree, String cause, String detail) {
        tree.put("error", cause + ": " + detail);
        return tree;
    }
}
