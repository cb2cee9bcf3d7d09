/** What is left of episodes when all has been said: for comparing runs with each other and with what is stored. Start at
 * {@link io.haulwatch.rules.fold.EpisodeFold}. */
@NullMarked
package io.haulwatch.rules.fold;

import org.jspecify.annotations.NullMarked;
