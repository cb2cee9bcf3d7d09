/** Stores what terminals said: thousands of positions a transaction, each once, with the reader's offset. Start at
 * {@link io.haulwatch.store.position.PositionWriter}. */
@NullMarked
package io.haulwatch.store.position;

import org.jspecify.annotations.NullMarked;
