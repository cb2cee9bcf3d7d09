package io.haulwatch.gateway.command;

import io.haulwatch.jt808.message.MessageId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of zones that a terminal holds, each with ids of its own; 0x8608 counts them from 1 (section 10). */
public enum ZoneKind {
    CIRCLE(1, MessageId.SET_CIRCLES, MessageId.DELETE_CIRCLES),
    RECTANGLE(2, MessageId.SET_RECTANGLES, MessageId.DELETE_RECTANGLES),
    POLYGON(3, MessageId.SET_POLYGON, MessageId.DELETE_POLYGONS),
    ROUTE(4, MessageId.SET_ROUTE, MessageId.DELETE_ROUTES);

    private final int number;
    private final int setMessage;
    private final int deleteMessage;

    ZoneKind(int number, int setMessage, int deleteMessage) {
        this.number = number;
        this.setMessage = setMessage;
        this.deleteMessage = deleteMessage;
    }

    /** Message id that sets one. */
    public int setMessage() {
        return setMessage;
    }

    /** Message id that deletes one. */
    public int deleteMessage() {
        return deleteMessage;
    }

    /** Its number in 0x8608 and 0x0608, 1..4. */
    public int number() {
        return number;
    }

    /** Its word in tables and in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a number; null for none. */
    public static @Nullable ZoneKind ofNumber(int number) {
        for (ZoneKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }

    /** The kind of a word; refuses any other. */
    public static ZoneKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
