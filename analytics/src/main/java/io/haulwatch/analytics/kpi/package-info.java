/** Counts what the regulator's indicators are made of, day by day, and freezes it. Start at {@link io.haulwatch.analytics.kpi.KpiJob}; the formulas
 * are in {@code io.haulwatch.rules.kpi}. */
@NullMarked
package io.haulwatch.analytics.kpi;

import org.jspecify.annotations.NullMarked;
