/** Stores what the rules found: the newest revision of each episode, all revisions beside it, and the positions that were doubted. Start
 * at {@link io.haulwatch.store.episode.EpisodeWriter}. */
@NullMarked
package io.haulwatch.store.episode;

import org.jspecify.annotations.NullMarked;
