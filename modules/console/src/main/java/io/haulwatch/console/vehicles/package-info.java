/** Trucks: the list, one truck's drawer and its track. Start at {@link io.haulwatch.console.vehicles.VehicleRoutes}. */
@NullMarked
package io.haulwatch.console.vehicles;

import org.jspecify.annotations.NullMarked;
