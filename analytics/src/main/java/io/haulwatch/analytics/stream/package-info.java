/** The second stream of the log: what the rules said, as bytes. Start at {@link io.haulwatch.analytics.stream.EpisodeStream}. */
@NullMarked
package io.haulwatch.analytics.stream;

import org.jspecify.annotations.NullMarked;
