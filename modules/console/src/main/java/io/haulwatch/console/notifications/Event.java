package io.haulwatch.console.notifications;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What receivers are told of. */
enum Event {
    /** An alarm has opened, or grew so heavy that a receiver wants to know of it; once each. */
    ALARM(true),
    /** The centre asks a company for something. */
    NOTICE(true),
    /** A step of a case was not done in time and went to somebody else. */
    CASE_OVERDUE(true),
    /** What runs out soon, once a day and company. */
    PAPERS_DUE(true),
    /** A driver studied while he drove, which became known later. */
    STUDY_AT_WHEEL(true),
    /** Sent by hand, to see whether it arrives. */
    TEST(false);

    /** The words of those that a receiver may choose. */
    static final List<String> CHOSEN = Arrays.stream(values())
            .filter(event -> event.chosen)
            .map(Event::word)
            .toList();

    private final boolean chosen;

    Event(boolean chosen) {
        this.chosen = chosen;
    }

    /** The word of database and API. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Event of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
