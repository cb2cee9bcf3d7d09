/** What a perfect observer of the simulated world would report: an answer to the rules that owes them nothing. Start at
 * {@link io.haulwatch.simulator.truth.Observer}. */
@NullMarked
package io.haulwatch.simulator.truth;

import org.jspecify.annotations.NullMarked;
