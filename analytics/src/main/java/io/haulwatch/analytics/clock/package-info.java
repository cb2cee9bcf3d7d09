/** How long each driver has been driving, for eyes outside the rules' thread. Start at {@link
 * io.haulwatch.analytics.clock.DrivingClocks}. */
@NullMarked
package io.haulwatch.analytics.clock;

import org.jspecify.annotations.NullMarked;
