/** The driver's pages on a slow telephone. Start at {@link io.haulwatch.benchmarks.phone.FirstPaint}. */
@NullMarked
package io.haulwatch.benchmarks.phone;

import org.jspecify.annotations.NullMarked;
