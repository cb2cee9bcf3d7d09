/** Question banks (题库) from elsewhere: Moodle GIFT and Aiken text to questions, with a finding for everything that was not taken as it stands.
 * Start at {@link io.haulwatch.training.questions.Gift} and {@link io.haulwatch.training.questions.Aiken}. */
@NullMarked
package io.haulwatch.training.questions;

import org.jspecify.annotations.NullMarked;
