/** The regulator's indicators (考核指标) as pure functions: what a truck's day gives, rates as numerator and denominator, score sheets. Start
 * at {@link io.haulwatch.rules.kpi.Indicator}; the page is {@code docs/rules/indicators.md}. */
@NullMarked
package io.haulwatch.rules.kpi;

import org.jspecify.annotations.NullMarked;
