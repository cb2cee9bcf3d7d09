/** The alarm desk of the safety centre: the queue, who has what, acts that can be undone for some seconds, notices to companies. The states and steps are
 * those of {@link io.haulwatch.console.handling.Step}. Start at {@link io.haulwatch.console.desk.DeskRoutes} and {@link io.haulwatch.console.desk.DeskWork}. */
@NullMarked
package io.haulwatch.console.desk;

import org.jspecify.annotations.NullMarked;
