/** Hours of driving of one person, as a pure function of what the trucks did: {@code judge(segments, profiles) → episodes + next
 * deadline}. No counters that survive a call, so that the order in which segments became known cannot matter. Start at
 * {@link io.haulwatch.rules.hours.DriverHours}; the page is {@code docs/rules/fatigue.md}. */
@NullMarked
package io.haulwatch.rules.hours;

import org.jspecify.annotations.NullMarked;
