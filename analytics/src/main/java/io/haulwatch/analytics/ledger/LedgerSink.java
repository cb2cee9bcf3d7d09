package io.haulwatch.analytics.ledger;

import io.haulwatch.model.episode.Episode;

/** What the ledger says, on the thread that feeds it. */
public interface LedgerSink {
    /** A new revision; only differences are said. */
    void episode(Episode revision);

    /**
     * When the vehicle stage is to call back, replacing what was asked before; it may call back from within this call.
     *
     * @param millis device time, ms since 1970 UTC, or {@link Long#MAX_VALUE} for never
     */
    void wakeAt(int vehicleId, long millis);
}
