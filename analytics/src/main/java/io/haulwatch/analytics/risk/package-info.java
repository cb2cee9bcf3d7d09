/** A company's risk as one transparent number from 0 to 100, with everything it is made of. Start at {@link
 * io.haulwatch.analytics.risk.RiskScore}; the page is {@code docs/rules/risk-score.md}. */
@NullMarked
package io.haulwatch.analytics.risk;

import org.jspecify.annotations.NullMarked;
