/** What a driver has to study after alarms (违规补学). Start at {@link io.haulwatch.training.remedial.RemedialRules}. */
@NullMarked
package io.haulwatch.training.remedial;

import org.jspecify.annotations.NullMarked;
