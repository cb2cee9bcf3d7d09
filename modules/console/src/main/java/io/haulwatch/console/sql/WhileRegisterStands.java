package io.haulwatch.console.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What is read of register and papers, kept until somebody changes either anywhere: the number that each such change raises with its own transaction tells.
 * So nobody is ever shown what was before his own change. What the register says of a later hour by itself, an assignment that begins at noon, may be ten
 * minutes late. Thread-safe.
 *
 * @param <K> what an answer depends on besides; the scope and the day among it
 */
public final class WhileRegisterStands<K, V> {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Cache<K, Kept<V>> kept;

    private record Kept<V>(long register, V value) {}

    /** @param mostRows kept of all answers together @param rows of one answer */
    public WhileRegisterStands(int mostRows, ToIntFunction<V> rows, InstantSource clock) {
        this.kept = Caffeine.newBuilder()
                .maximumWeight(mostRows)
                .<K, Kept<V>>weigher((key, one) -> 1 + rows.applyAsInt(one.value))
                .expireAfterWrite(LONGEST)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** Reads an answer. */
    @FunctionalInterface
    public interface Reading<V> {
        V read() throws SQLException;
    }

    /** The answer, read if the register has changed since or it does not hold for another reason. */
    public V of(Connection connection, K key, Predicate<V> holds, Reading<V> reading) throws SQLException {
        // Read before the rows: a change between the two is only read once more.
        long register = new SqlText("select number from hw.reference_number")
                .first(connection, row -> row.getLong(1))
                .orElseThrow();
        Kept<V> found = kept.getIfPresent(key);
        if (found != null && found.register == register && holds.test(found.value)) {
            return found.value;
        }
        V value = reading.read();
        kept.put(key, new Kept<>(register, value));
        return value;
    }
}
