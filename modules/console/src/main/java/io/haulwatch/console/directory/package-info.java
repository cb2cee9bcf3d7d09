/** Names of companies, vehicles and drivers, kept in memory so that the live feed and live alarms go on while the database is away.
 * Start at {@link io.haulwatch.console.directory.Directory}. */
@NullMarked
package io.haulwatch.console.directory;

import org.jspecify.annotations.NullMarked;
