package io.haulwatch.analytics.feed;

import io.haulwatch.log.ReportLog;
import io.haulwatch.store.episode.EpisodeWriter;
import io.haulwatch.store.position.PositionWriter;
import io.haulwatch.store.position.WriterOptions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The log's readers {@code writer} and {@code episodes}: everything that is to be stored, each on a thread of its own, so that a long
 * backlog of positions does not hold up alarms. The truth is the offset in the database, written with the rows; the log only learns what it
 * need not keep. With the database down nothing is read and nothing is lost.
 */
public final class DatabaseFeed implements AutoCloseable {
    /** Reader of the episode stream. */
    public static final String EPISODES_READER = "episodes";

    private static final long POSITION_BATCH_MILLIS = 100;
    private static final long EPISODE_BATCH_MILLIS = 20;

    private final List<StoringReader> readers;
    private final String positionsReader;

    private DatabaseFeed(StoringReader positions, String positionsReader, StoringReader episodes) {
        this.readers = List.of(positions, episodes);
        this.positionsReader = positionsReader;
    }

    /**
     * Starts both readers. Start it before anything is appended to the log, so that an offset in the database above the log's end is
     * noticed in time.
     *
     * @param database pool of the writer's role; may be unreachable now
     */
    public static DatabaseFeed start(
            ReportLog log, DataSource database, WriterOptions options, MeterRegistry meters, InstantSource clock) {
        PositionWriter positions = new PositionWriter(database, options, System::nanoTime);
        EpisodeWriter episodes = new EpisodeWriter(database, EPISODES_READER);
        StoringReader first = new StoringReader(
                log, new PositionTarget(log, options.reader(), positions, meters), POSITION_BATCH_MILLIS, clock);
        StoringReader second =
                new StoringReader(log, new EpisodeTarget(log, EPISODES_READER, episodes), EPISODE_BATCH_MILLIS, clock);
        gauge(meters, first, options.reader());
        gauge(meters, second, EPISODES_READER);
        first.start();
        second.start();
        return new DatabaseFeed(first, options.reader(), second);
    }

    private static void gauge(MeterRegistry meters, StoringReader reader, String name) {
        Gauge.builder("haulwatch.log.lag.records", reader, StoringReader::lagRecords)
                .tag("reader", name)
                .description("Records behind the end of the log")
                .register(meters);
    }

    /** Whether the database takes everything: down if either reader is. From any thread. */
    public FeedState state() {
        for (StoringReader reader : readers) {
            FeedState state = reader.state();
            if (!state.up()) {
                return state;
            }
        }
        return readers.getFirst().state();
    }

    /** Records behind the end of the log, by reader. From any thread. */
    public Map<String, Long> lagRecords() {
        Map<String, Long> out = new TreeMap<>();
        out.put(positionsReader, readers.getFirst().lagRecords());
        out.put(EPISODES_READER, readers.getLast().lagRecords());
        return out;
    }

    /** Stores what was read, then stops. */
    @Override
    public void close() {
        readers.forEach(StoringReader::close);
    }
}
