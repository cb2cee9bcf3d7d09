/** The vehicle stage: one vehicle's positions in log order become activity segments and the episodes that need nothing but that
 * vehicle. Start at {@link io.haulwatch.rules.vehicle.VehicleStage}; what it says goes to a {@link io.haulwatch.rules.vehicle.VehicleSink}. */
@NullMarked
package io.haulwatch.rules.vehicle;

import org.jspecify.annotations.NullMarked;
