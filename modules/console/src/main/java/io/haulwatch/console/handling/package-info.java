/** How people's work on an alarm goes on, whoever does it: one small table of states and steps, and the row of the alarm that is held while a step is
 * made. Start at {@link io.haulwatch.console.handling.Step}. */
@NullMarked
package io.haulwatch.console.handling;

import org.jspecify.annotations.NullMarked;
