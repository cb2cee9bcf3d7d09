/** How fast the rules are. Start at {@link io.haulwatch.benchmarks.rules.VehicleStageBenchmark}; results lie in {@code benchmarks/results}. */
@NullMarked
package io.haulwatch.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
