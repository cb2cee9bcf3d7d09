/** Services of trucks, hazards, accidents and training: entered, followed, given out as tables. Start at
 * {@link io.haulwatch.console.duties.DutyRoutes}. */
@NullMarked
package io.haulwatch.console.duties;

import org.jspecify.annotations.NullMarked;
