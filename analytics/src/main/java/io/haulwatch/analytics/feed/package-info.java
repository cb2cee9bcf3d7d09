/** The log's readers that store: positions and what the rules said go into the database, at its own pace. Start at {@link
 * io.haulwatch.analytics.feed.DatabaseFeed}. */
@NullMarked
package io.haulwatch.analytics.feed;

import org.jspecify.annotations.NullMarked;
