/** The readers that think: they read the report log, judge it, and hand on what they found. Start at {@link
 * io.haulwatch.analytics.runner.RuleRunner}. */
@NullMarked
package io.haulwatch.analytics;

import org.jspecify.annotations.NullMarked;
