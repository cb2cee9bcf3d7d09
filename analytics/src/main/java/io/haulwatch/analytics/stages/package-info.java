/** Both stages of the rules wired together, for whoever feeds positions: the runner from the log, a clean pass from the database.
 * Start at {@link io.haulwatch.analytics.stages.TwoStages}. */
@NullMarked
package io.haulwatch.analytics.stages;

import org.jspecify.annotations.NullMarked;
