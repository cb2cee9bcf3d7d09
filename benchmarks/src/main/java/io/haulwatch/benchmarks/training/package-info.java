/** Training of a whole centre's drivers: plans for all of them, and an exam that thousands sit at once. Start at {@link io.haulwatch.benchmarks.training.ExamRush}. */
@NullMarked
package io.haulwatch.benchmarks.training;

import org.jspecify.annotations.NullMarked;
