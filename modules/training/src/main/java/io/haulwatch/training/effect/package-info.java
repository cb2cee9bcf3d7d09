/** Whether training works (培训成效): who was taught relapses less than who was not, with how sure that is. Start at
 * {@link io.haulwatch.training.effect.Relapse}. */
@NullMarked
package io.haulwatch.training.effect;

import org.jspecify.annotations.NullMarked;
