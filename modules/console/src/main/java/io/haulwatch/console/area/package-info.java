/**
 * What happened in a place: all trucks of one's scope in a rectangle and a stretch of time, as frames of the live feed. Start at
 * {@link io.haulwatch.console.area.AreaRoutes}.
 */
@NullMarked
package io.haulwatch.console.area;

import org.jspecify.annotations.NullMarked;
