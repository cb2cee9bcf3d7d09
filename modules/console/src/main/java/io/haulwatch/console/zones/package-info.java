/** Zones on the map, read only. Start at {@link io.haulwatch.console.zones.ZoneRoutes}. */
@NullMarked
package io.haulwatch.console.zones;

import org.jspecify.annotations.NullMarked;
