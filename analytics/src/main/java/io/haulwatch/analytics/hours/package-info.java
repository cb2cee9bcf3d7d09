/** Keeps a truck's day together while the product runs. Start at {@link io.haulwatch.analytics.hours.HourPacking}. */
@org.jspecify.annotations.NullMarked
package io.haulwatch.analytics.hours;
