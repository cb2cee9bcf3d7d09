/** The newest state of each vehicle, for eyes: map, lists and drawer. Start at {@link io.haulwatch.analytics.live.LiveFleet}. */
@NullMarked
package io.haulwatch.analytics.live;

import org.jspecify.annotations.NullMarked;
