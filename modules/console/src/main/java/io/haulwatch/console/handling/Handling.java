package io.haulwatch.console.handling;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the work on an alarm stands. Four of them share the word {@code waiting} of the API and say besides whom it waits for. */
public enum Handling {
    NEW("new", null),
    /** Somebody works on it; the others see who. */
    CLAIMED("claimed", null),
    /** An act was begun and can be undone still. */
    ACTING("acting", null),
    /** The company has a notice with a deadline. */
    COMPANY_ASKED("waiting", "company"),
    /** The company has answered; the centre reads it. */
    ANSWERED("waiting", "centre"),
    /** Called false, and too heavy for one person to say so. */
    SECOND_PERSON("waiting", "second_person"),
    /** Part of a case that is not closed. */
    IN_CASE("waiting", "case"),
    RESOLVED("resolved", null),
    FALSE("false", null),
    APPEALED("appealed", null),
    OVERTURNED("overturned", null);

    private final String word;
    private final @Nullable String waitsFor;

    Handling(String word, @Nullable String waitsFor) {
        this.word = word;
        this.waitsFor = waitsFor;
    }

    /** The word of database and API. */
    public String word() {
        return word;
    }

    /** Whom it waits for, a word of database and API; null unless it is waiting. */
    public @Nullable String waitsFor() {
        return waitsFor;
    }

    /** Whether somebody has something to do about it still. */
    public boolean isOpen() {
        return switch (this) {
            case NEW, CLAIMED, ACTING, COMPANY_ASKED, ANSWERED, SECOND_PERSON, IN_CASE -> true;
            case RESOLVED, FALSE, APPEALED, OVERTURNED -> false;
        };
    }

    /** The state of two columns; what waits for nobody in particular waits for the centre. */
    public static Handling of(String word, @Nullable String waitsFor) {
        for (Handling each : values()) {
            if (each.word.equals(word) && Objects.equals(each.waitsFor, waitsFor)) {
                return each;
            }
        }
        if (word.equals("waiting") && waitsFor == null) {
            return ANSWERED;
        }
        throw new IllegalArgumentException("no such handling: handling=" + word + ", waitsFor=" + waitsFor);
    }
}
