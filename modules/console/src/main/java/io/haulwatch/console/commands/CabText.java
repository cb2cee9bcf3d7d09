package io.haulwatch.console.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A text for the cab (0x8300), read from a request: GBK, printable, short enough for one package. */
public final class CabText {
    private static final Charset GBK = Charset.forName("GBK");
    /** Bytes of the text of one 0x8300: one package less its flags. */
    public static final int LONGEST_BYTES = 1_000;

    /** Characters of a text. */
    public static final int LONGEST = 500;

    private static final List<String> FLAGS = List.of("urgent", "display", "tts");

    private CabText() {}

    /** Puts {@code text} and {@code flags} of the body into a command's payload. */
    public static void put(Call call, ObjectNode payload) {
        payload.put("text", text(call));
        flags(call).forEach(payload.putArray("flags")::add);
    }

    private static String text(Call call) {
        String text = call.text("text", 1, LONGEST).strip();
        if (text.isEmpty()) {
            throw Refusal.badValue("\"text\" must not be blank.");
        }
        check("text", text);
        return text;
    }

    /** Bytes that a text takes in a message. */
    public static int bytes(String text) {
        return text.getBytes(GBK).length;
    }

    /** @throws Refusal if terminals cannot be sent a text @param name of the value in the body */
    public static void check(String name, String text) {
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw Refusal.badValue("\"" + name + "\" must not hold control characters.");
        }
        CharsetEncoder gbk = GBK.newEncoder();
        int wrong = text.codePoints()
                .filter(c -> !gbk.canEncode(Character.toString(c)))
                .findFirst()
                .orElse(-1);
        if (wrong >= 0) {
            throw Refusal.badValue("\"" + name + "\" holds a character that terminals cannot show (GBK): U+"
                    + Integer.toHexString(wrong) + ".");
        }
        int bytes = bytes(text);
        if (bytes > LONGEST_BYTES) {
            throw Refusal.badValue(
                    "\"" + name + "\" has at most " + LONGEST_BYTES + " bytes in GBK: bytes=" + bytes + ".");
        }
    }

    private static Set<String> flags(Call call) {
        Set<String> flags = new LinkedHashSet<>();
        JsonNode given = call.object().path("flags");
        if (given.isMissingNode() || given.isNull()) {
            return Set.of("display", "tts");
        }
        if (!given.isArray() || given.size() > FLAGS.size()) {
            throw Refusal.badValue("\"flags\" must be a list of urgent, display, tts.");
        }
        for (JsonNode flag : given) {
            if (!flag.isTextual() || !FLAGS.contains(flag.textValue())) {
                throw Refusal.badValue("\"flags\" must be a list of urgent, display, tts.");
            }
            flags.add(flag.textValue());
        }
        return flags;
    }
}
