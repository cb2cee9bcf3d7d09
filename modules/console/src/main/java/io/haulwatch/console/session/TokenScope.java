package io.haulwatch.console.session;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a token of a program may read; which routes that are stands in the table of access. A token never changes anything. */
public enum TokenScope {
    /** Trucks, where they are, zones, and the live map. */
    MAP,
    /** Alarms with their evidence, and the live list. */
    ALARMS,
    /** Tracks, days, trips and their exports. */
    HISTORY,
    /** Companies and their risk. */
    COMPANIES;

    /** All words, in the order of the enum. */
    public static final List<String> WORDS =
            Arrays.stream(values()).map(TokenScope::word).toList();

    /** The word of database, API and table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a word. */
    public static Optional<TokenScope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }
}
