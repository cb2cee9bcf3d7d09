/** Where every truck is at any instant, as a pure function of (seed, truck, device time): a restarted simulator continues the
 * same drives. Start at {@link io.haulwatch.simulator.world.World}. */
@NullMarked
package io.haulwatch.simulator.world;

import org.jspecify.annotations.NullMarked;
