package io.haulwatch.app.serve;

import io.haulwatch.analytics.feed.FeedState;
import io.haulwatch.console.port.OperationsStatus;
import io.haulwatch.log.ReportLog;
import java.util.Map;
import java.util.function.Supplier;

/** How the running system is, asked from those who know. */
final class Status implements OperationsStatus {
    private final Supplier<ReportLog.Availability> acknowledging;
    private final Supplier<FeedState> database;
    private final Supplier<Map<String, Long>> lags;

    /** @param lags records behind the end of the log, by reader */
    Status(
            Supplier<ReportLog.Availability> acknowledging,
            Supplier<FeedState> database,
            Supplier<Map<String, Long>> lags) {
        this.acknowledging = acknowledging;
        this.database = database;
        this.lags = lags;
    }

    @Override
    public Log log() {
        ReportLog.Availability availability = acknowledging.get();
        return availability.accepting() ? Log.OK : new Log(false, availability.reason());
    }

    @Override
    public Database database() {
        FeedState state = database.get();
        return state.up() ? Database.OK : new Database(false, state.reason());
    }

    @Override
    public Readers readers() {
        return new Readers(lags.get());
    }
}
