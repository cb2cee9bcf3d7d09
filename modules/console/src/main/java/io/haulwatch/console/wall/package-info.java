/** What the big screen shows beside the live map. Start at {@link io.haulwatch.console.wall.WallRoutes}. */
@NullMarked
package io.haulwatch.console.wall;

import org.jspecify.annotations.NullMarked;
