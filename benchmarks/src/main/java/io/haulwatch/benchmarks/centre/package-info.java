/** A whole safety centre made from a seed, and how quickly its pages answer. Start at {@link io.haulwatch.benchmarks.centre.Centre}. */
@NullMarked
package io.haulwatch.benchmarks.centre;

import org.jspecify.annotations.NullMarked;
