/** A second factor beside the password: codes by time and recovery codes, their secrets sealed. Start at
 * {@link io.haulwatch.console.factor.SecondFactors}. */
@NullMarked
package io.haulwatch.console.factor;

import org.jspecify.annotations.NullMarked;
