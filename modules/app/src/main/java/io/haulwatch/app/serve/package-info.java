/** All roles in one process: opens the log and the database, wires gateway, readers and console, and stops them in order. Start at
 * {@link io.haulwatch.app.serve.Server}. */
@NullMarked
package io.haulwatch.app.serve;

import org.jspecify.annotations.NullMarked;
