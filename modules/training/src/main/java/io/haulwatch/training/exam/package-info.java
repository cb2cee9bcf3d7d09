/** Papers (组卷), marks (判分), what answers say about questions, and who may sit again when. Start at
 * {@link io.haulwatch.training.exam.PaperDraw} and {@link io.haulwatch.training.exam.Grading}. */
@NullMarked
package io.haulwatch.training.exam;

import org.jspecify.annotations.NullMarked;
