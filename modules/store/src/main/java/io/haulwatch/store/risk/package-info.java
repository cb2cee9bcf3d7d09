/** What scores read of episodes, for the job that scores companies and for pages that score a truck or a driver. See {@link
 * io.haulwatch.store.risk.DrivingAlarms}. */
@NullMarked
package io.haulwatch.store.risk;

import org.jspecify.annotations.NullMarked;
