package io.haulwatch.console.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.commands.CabText;
import io.haulwatch.console.handling.Duties;
import io.haulwatch.console.handling.Work;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What somebody does about an alarm, read from a request and checked.
 *
 * @param content what the kind needs: text and flags, outcome, words and minutes, reason
 * @param note what he writes to it, may be empty
 */
record ActContent(Kind kind, ObjectNode content, String note) {
    /** From this severity on a note is demanded, and nothing is done in bulk. */
    static final int CRITICAL = 4;
    /** From this severity on one person cannot call an alarm false. */
    static final int SECOND_PERSON = 3;

    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_WORDS = 500;
    private static final int LEAST_MINUTES = 5;
    private static final int MOST_MINUTES = 31 * 24 * 60;
    private static final List<String> OUTCOMES = List.of("reached", "promised", "not_reached", "wrong_number");
    private static final List<String> REASONS =
            List.of("position_drift", "wrong_limit", "sensor_fault", "other_driver", "emergency", "test", "other");

    /** What can be done; the number of its key on the page. */
    enum Kind {
        /** A text to the cab. */
        TEXT,
        /** A call, with what came of it. */
        CALL,
        /** A notice to the company with a deadline. */
        NOTICE,
        /** It was none. */
        FALSE,
        /** More than one alarm's worth: a case. */
        ESCALATE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw Refusal.badValue("\"kind\" must be text, call, notice, false or escalate.");
        }
    }

    static ActContent of(Call call, ObjectMapper json) {
        Kind kind = Kind.of(call.text("kind", 1, 20));
        ObjectNode content = json.createObjectNode();
        String given = call.optionalText("note", LONGEST_NOTE);
        String note = given == null ? "" : given.strip();
        switch (kind) {
            case TEXT -> CabText.put(call, content);
            case CALL -> content.put("outcome", word(call, "outcome", OUTCOMES));
            case NOTICE -> {
                content.put("words", call.text("words", 2, LONGEST_WORDS).strip());
                JsonNode minutes = call.object().path("minutes");
                if (!minutes.isMissingNode() && !minutes.isNull()) {
                    if (!minutes.isInt() || minutes.intValue() < LEAST_MINUTES || minutes.intValue() > MOST_MINUTES) {
                        throw Refusal.badValue(
                                "\"minutes\" must be a number from " + LEAST_MINUTES + " to " + MOST_MINUTES + ".");
                    }
                    content.put("minutes", minutes.intValue());
                }
            }
            case FALSE -> {
                String reason = word(call, "reason", REASONS);
                if (reason.equals("other") && note.isEmpty()) {
                    throw Refusal.ruleBroken("note-needed", "Another reason than those named is said in the note.");
                }
                content.put("reason", reason);
            }
            case ESCALATE -> {
                if (note.isEmpty()) {
                    throw Refusal.ruleBroken("note-needed", "Whoever escalates says why in the note.");
                }
            }
        }
        return new ActContent(kind, content, note);
    }

    /** @throws Refusal if this alarm asks for more than was said */
    void fits(Work work) {
        if (work.severity() >= CRITICAL && note.isEmpty()) {
            throw Refusal.ruleBroken(
                    "note-needed", "A critical alarm is acted on with a note that says what was seen: severity=4.");
        }
    }

    /** How long the company has, if it is asked. */
    static Duration deadline(JsonNode content, Work work, Duties duties) {
        JsonNode minutes = content.path("minutes");
        return minutes.isInt()
                ? Duration.ofMinutes(minutes.intValue())
                : duties.limit(Duties.COMPANY, work.severity()).orElse(Duration.ofDays(7));
    }

    private static String word(Call call, String name, List<String> words) {
        String word = call.text(name, 1, 20);
        if (!words.contains(word)) {
            throw Refusal.badValue("\"" + name + "\" must be one of " + String.join(", ", words) + ".");
        }
        return word;
    }
}
