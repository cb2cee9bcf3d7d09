package io.haulwatch.console.session;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token of a program may read; which routes that are stands in the table of access. A token never changes anything. */
public enum TokenScope {
    /** Trucks, where they are, zones, and the live map. */
    MAP,
    /** Alarms with their evidence, and the live list. */
    ALARMS,
    /** Tracks, days, trips and their exports. */
    HISTORY,
    /** Companies and their risk. */
    COMPANIES,
    /** What a big screen shows; no program's token has it, see {@link Kiosks}. */
    WALL;

    /** Those that a program's token may have. */
    public static final Set<TokenScope> OF_PROGRAMS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(WALL)));

    /** Their words, in the order of the enum. */
    public static final List<String> WORDS =
            OF_PROGRAMS.stream().map(TokenScope::word).toList();

    /** The word of database, API and table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of some, in the order of the enum. */
    public static String words(Set<TokenScope> scopes) {
        return scopes.stream().sorted().map(TokenScope::word).collect(Collectors.joining(","));
    }

    /** The scope of a word. */
    public static Optional<TokenScope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }
}
