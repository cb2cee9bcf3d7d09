/** What the gateway counts, in adders that the hot path can afford, and how they are shown. Start at
 * {@link io.haulwatch.gateway.metrics.GatewayCounters}. */
@NullMarked
package io.haulwatch.gateway.metrics;

import org.jspecify.annotations.NullMarked;
