/** What the rules find: stretches with a start, a peak and an end. Start at {@link io.haulwatch.model.episode.Episode}. */
@NullMarked
package io.haulwatch.model.episode;

import org.jspecify.annotations.NullMarked;
