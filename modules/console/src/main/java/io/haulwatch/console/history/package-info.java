/** What one truck did on a local day: its track, trips, stops and alarms, told from the stored positions by the rules' own motion, and the
 * same as files. Start at {@link io.haulwatch.console.history.HistoryRoutes}. */
@NullMarked
package io.haulwatch.console.history;

import org.jspecify.annotations.NullMarked;
