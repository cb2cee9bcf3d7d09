/** How long somebody really studied (学时认定): what the beats of a player are worth, whether anybody was there, and what of it counts. Start at
 * {@link io.haulwatch.training.study.StudyClock}. */
@NullMarked
package io.haulwatch.training.study;

import org.jspecify.annotations.NullMarked;
