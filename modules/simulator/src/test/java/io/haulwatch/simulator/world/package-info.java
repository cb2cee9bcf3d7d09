/** The simulated world: pure, continuous, and the same on every run. */
@NullMarked
package io.haulwatch.simulator.world;

import org.jspecify.annotations.NullMarked;
