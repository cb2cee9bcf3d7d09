package io.haulwatch.console.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor leads to the next page, null on the last
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /** The same page with each row shown in another way. */
    public <R> Page<R> map(Function<? super T, ? extends R> shown) {
        return new Page<>(items.stream().<R>map(shown).toList(), nextCursor);
    }
}
