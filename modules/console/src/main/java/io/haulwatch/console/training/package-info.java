/**
 * The centre's side of online training (在线安全培训): courses with their questions, plans and the tasks that are made of them, how far companies are,
 * the ledger, certificates. Start at {@link io.haulwatch.console.training.TrainingRoutes}; what ends a task is {@link
 * io.haulwatch.console.training.TaskCompletion}; what a driver does on his phone is in the package {@code driver}.
 */
@NullMarked
package io.haulwatch.console.training;

import org.jspecify.annotations.NullMarked;
