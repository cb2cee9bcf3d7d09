/** Work beside the rules that is done again and again. See {@link io.haulwatch.analytics.rounds.Rounds}. */
@org.jspecify.annotations.NullMarked
package io.haulwatch.analytics.rounds;
