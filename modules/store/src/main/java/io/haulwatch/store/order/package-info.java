/** Orders to many trucks go out in waves, and a wave with too many failures halts its order. {@link io.haulwatch.store.order.WaveRule} decides,
 * {@link io.haulwatch.store.order.OrderRuns} does it in the database. */
@NullMarked
package io.haulwatch.store.order;

import org.jspecify.annotations.NullMarked;
