/** Fences (围栏): which zones a place lies in, fast enough for every report. Start at {@link io.haulwatch.geo.zone.ZoneIndex}; whether
 * an outline makes sense at all is for {@link io.haulwatch.geo.zone.ZoneOutline}. */
@NullMarked
package io.haulwatch.geo.zone;

import org.jspecify.annotations.NullMarked;
