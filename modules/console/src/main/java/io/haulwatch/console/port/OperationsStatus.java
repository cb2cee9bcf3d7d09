package io.haulwatch.console.port;

import java.util.Map;

/** How the running system is, for the banner, the status page and the health answers. Every call is cheap and answers from memory. */
public interface OperationsStatus {
    /** Whether reports are taken in and acknowledged. */
    Log log();

    /** Whether the database answers. */
    Database database();

    /** How far the readers of the log are behind. */
    Readers readers();

    /**
     * Whether reports are taken in.
     *
     * @param accepting false while no terminal gets an acknowledgement
     * @param reason one sentence for people, empty while accepting
     */
    record Log(boolean accepting, String reason) {
        public static final Log OK = new Log(true, "");
    }

    /**
     * Whether the database answers.
     *
     * @param reason one sentence for people, empty while up
     */
    record Database(boolean up, String reason) {
        public static final Database OK = new Database(true, "");
    }

    /**
     * Lag of the log's readers.
     *
     * @param lagRecords records behind the end of the log by reader: {@code writer}, {@code rules}, {@code live} …
     */
    record Readers(Map<String, Long> lagRecords) {
        public Readers {
            lagRecords = Map.copyOf(lagRecords);
        }
    }
}
