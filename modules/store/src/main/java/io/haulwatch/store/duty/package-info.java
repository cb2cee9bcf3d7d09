/** Periodic duties as they are stored, for all who ask: pages and the risk score. Start at {@link io.haulwatch.store.duty.ServiceBook}. */
@NullMarked
package io.haulwatch.store.duty;

import org.jspecify.annotations.NullMarked;
