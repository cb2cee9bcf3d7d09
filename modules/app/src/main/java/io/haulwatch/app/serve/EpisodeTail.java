package io.haulwatch.app.serve;

import io.haulwatch.analytics.stream.EpisodeStream;
import io.haulwatch.analytics.stream.Said;
import io.haulwatch.console.port.EpisodeSource;
import io.haulwatch.log.ReportLog;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the log's episode stream to the console: each subscription is a cursor and a thread of its own. */
final class EpisodeTail implements EpisodeSource {
    private static final Logger LOG = LoggerFactory.getLogger(EpisodeTail.class);
    private static final long PAUSE_MILLIS = 25;

    private final ReportLog log;

    EpisodeTail(ReportLog log) {
        this.log = log;
    }

    @Override
    public long newest() {
        return log.end(ReportLog.EPISODES) - 1;
    }

    @Override
    public Subscription subscribe(long afterOffset, Listener listener) {
        Thread thread = Thread.ofPlatform().name("episode-tail").daemon(true).start(() -> tail(afterOffset, listener));
        return thread::interrupt;
    }

    private void tail(long afterOffset, Listener listener) {
        try (ReportLog.Cursor cursor = log.read(ReportLog.EPISODES, afterOffset + 1)) {
            while (!Thread.currentThread().isInterrupted()) {
                while (cursor.next()) {
                    try {
                        Optional<Said> said = EpisodeStream.decode(cursor);
                        if (said.isPresent() && said.get() instanceof Said.OfEpisode revision) {
                            listener.onEpisode(cursor.offset(), revision.episode());
                        }
                    } catch (IOException | RuntimeException e) {
                        LOG.error("an episode cannot be shown live: offset={}", cursor.offset(), e);
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // the subscription was closed
        }
    }
}
