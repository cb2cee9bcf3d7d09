/** The formula of risk, for companies, trucks and drivers alike: numbers in, a score with its parts out. Start at {@link io.haulwatch.rules.risk.RiskScore}. */
@NullMarked
package io.haulwatch.rules.risk;

import org.jspecify.annotations.NullMarked;
