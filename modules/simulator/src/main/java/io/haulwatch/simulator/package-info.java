/** A fleet of terminals that speak real JT/T 808 over TCP, from a world that knows the truth. Start at
 * {@link io.haulwatch.simulator.Simulator}. */
@NullMarked
package io.haulwatch.simulator;

import org.jspecify.annotations.NullMarked;
