/** Roles, schema and connection pools of the database, embedded or external, with or without TimescaleDB. Start at
 * {@link io.haulwatch.store.database.Databases}. */
@NullMarked
package io.haulwatch.store.database;

import org.jspecify.annotations.NullMarked;
