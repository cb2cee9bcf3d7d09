/** Orders to many trucks: chosen, counted, confirmed, sent in waves, halted and rolled back; and the twin of each terminal's parameters. Start at
 * {@link io.haulwatch.console.orders.OrderRoutes}. */
@NullMarked
package io.haulwatch.console.orders;

import org.jspecify.annotations.NullMarked;
