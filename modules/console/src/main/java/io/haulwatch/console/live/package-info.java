/** The live feed: the newest state of every truck that a user may see, quantised, encoded once for each set of rights and sent to
 * everyone who holds it. The layout is in {@code docs/live-feed.md}; start at {@link io.haulwatch.console.live.FleetFeed}. */
@NullMarked
package io.haulwatch.console.live;

import org.jspecify.annotations.NullMarked;
