/** Positions in, episodes out: no clock, no I/O, no framework. Start at {@link io.haulwatch.rules.vehicle.VehicleStage} for what one
 * vehicle's positions say. */
@NullMarked
package io.haulwatch.rules;

import org.jspecify.annotations.NullMarked;
