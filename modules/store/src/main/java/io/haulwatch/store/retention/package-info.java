/** Lets go of what has been kept long enough. Start at {@link io.haulwatch.store.retention.Retention}. */
@NullMarked
package io.haulwatch.store.retention;

import org.jspecify.annotations.NullMarked;
