package io.haulwatch.console.sql;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Answers that are dear to count and asked for again and again: kept for some seconds, shown a little longer while they are counted aside for the next
 * who asks. Thread-safe.
 *
 * @param <K> what an answer depends on, the scope among it
 */
public final class Recent<K, V> {
    private static final int MOST = 256;

    private final LoadingCache<K, V> kept;

    /**
     * @param fresh how long an answer is given as it is
     * @param shown how long it may be given at most
     * @param workers count aside
     */
    public Recent(Duration fresh, Duration shown, Executor workers, InstantSource clock, Counting<K, V> counting) {
        this.kept = Caffeine.newBuilder()
                .maximumSize(MOST)
                .refreshAfterWrite(fresh)
                .expireAfterWrite(shown)
                .executor(workers)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build(counting::count);
    }

    /** Counts one answer. */
    @FunctionalInterface
    public interface Counting<K, V> {
        V count(K key) throws SQLException;
    }

    /** The answer, counted first if there is none that may be shown. */
    public V of(K key) throws SQLException {
        try {
            return kept.get(key);
        } catch (CompletionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
