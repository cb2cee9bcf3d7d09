/** The database: an embedded or external PostgreSQL, with or without TimescaleDB. Start at
 * {@link io.haulwatch.store.database.Databases}. */
@NullMarked
package io.haulwatch.store;

import org.jspecify.annotations.NullMarked;
