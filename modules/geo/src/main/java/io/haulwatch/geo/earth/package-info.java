/** Distances on the earth and the datums of Chinese maps. Start at {@link io.haulwatch.geo.earth.Wgs84}. */
@NullMarked
package io.haulwatch.geo.earth;

import org.jspecify.annotations.NullMarked;
