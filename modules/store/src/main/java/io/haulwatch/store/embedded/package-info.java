/** A real PostgreSQL that the product brings along: unpacked once, run as a foreground child, its data kept. Start at
 * {@link io.haulwatch.store.embedded.EmbeddedPostgres}. */
@NullMarked
package io.haulwatch.store.embedded;

import org.jspecify.annotations.NullMarked;
