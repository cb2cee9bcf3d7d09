/** One thread that runs the rules over the whole report log, and comes back after a crash as if nothing had happened. Start at {@link
 * io.haulwatch.analytics.runner.RuleRunner}. */
@NullMarked
package io.haulwatch.analytics.runner;

import org.jspecify.annotations.NullMarked;
