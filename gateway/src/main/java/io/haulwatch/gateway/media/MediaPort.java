package io.haulwatch.gateway.media;

import java.util.concurrent.CompletionStage;

/** Where what terminals send to be kept goes. Called on event loops: an implementation returns at once and works elsewhere. */
public interface MediaPort {
    /**
     * Keeps it; durable before the stage is done. A failed stage means that it could not be kept now: the terminal is not answered and sends it
     * again.
     */
    CompletionStage<Kept> keep(Delivery delivery);

    /** What became of it. */
    enum Kept {
        /** On the disk and in its table. */
        STORED,
        /** The same medium of the same truck was there already. */
        KNOWN,
        /** The truck has sent as much as it may within a day. */
        OVER_QUOTA,
        /** Its bytes are none of the formats that are kept, whatever the terminal says. */
        WRONG_TYPE
    }
}
