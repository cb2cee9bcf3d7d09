package io.haulwatch.console.notifications;

import java.util.Set;

/** What came of sending something once. */
sealed interface Outcome {
    /** The receiver has it, by its own word. */
    record Arrived() implements Outcome {}

    /**
     * It may not have it.
     *
     * @param fault a word of a closed list, which pages say in their language
     * @param detail more, such as a status; never what the receiver wrote in its answer's body
     */
    record Failed(String fault, String detail) implements Outcome {
        private static final int LONGEST = 200;
        private static final Set<String> AWAY = Set.of(
                "unknown_host",
                "unreachable",
                "timeout",
                "tls",
                "broken_off",
                "mail_unreachable",
                "mail_tls",
                "mail_broken_off");
        /** Too many at once, and what stands before a program that is away. */
        private static final Set<String> AWAY_STATUS = Set.of("429", "502", "503", "504");

        /** Whether the receiver is away, so that all that waits for it goes when it is back; else it may be this one message that it does not like. */
        static boolean isAway(String fault, String detail) {
            return AWAY.contains(fault) || (fault.equals("status") && AWAY_STATUS.contains(detail));
        }

        public Failed {
            detail = detail.codePoints()
                    .limit(LONGEST)
                    .map(c -> Character.isISOControl(c) ? ' ' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }
}
