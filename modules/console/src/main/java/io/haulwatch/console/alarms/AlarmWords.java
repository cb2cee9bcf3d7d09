package io.haulwatch.console.alarms;

import java.util.List;

/** The closed word lists of alarms. */
final class AlarmWords {
    static final List<String> STATUS = List.of("open", "closed", "all");
    static final List<String> STATES = List.of("prewarned", "open", "closed", "amended", "withdrawn");
    static final List<String> HANDLING =
            List.of("new", "claimed", "acting", "waiting", "resolved", "false", "appealed", "overturned");
    static final List<String> RULES = List.of(
            "speeding",
            "fatigue",
            "fatigue_night",
            "cum24",
            "papers",
            "speed_source_mismatch",
            "card_change_moving",
            "terminal_alarm");
    static final List<String> SOURCES = List.of("platform", "terminal");
    static final List<String> SEVERITIES = List.of("1", "2", "3", "4");
    static final List<String> ACTIONS = List.of("acknowledge", "note");

    private AlarmWords() {}
}
