/** The same rules over stored positions, in perfect order: what should have been found. Start at {@link
 * io.haulwatch.analytics.replay.CleanPass}. */
@NullMarked
package io.haulwatch.analytics.replay;

import org.jspecify.annotations.NullMarked;
