/** The regulator's indicators: figures of any days or of a frozen period, of all, a region or a company, down to the truck and its days. Start at
 * {@link io.haulwatch.console.indicators.IndicatorRoutes}; formulas are in {@code io.haulwatch.rules.kpi}, counting in {@code analytics}. */
@NullMarked
package io.haulwatch.console.indicators;

import org.jspecify.annotations.NullMarked;
