package io.haulwatch.analytics.feed;

/**
 * Whether the database takes what is to be stored.
 *
 * @param sinceMillis since when, ms since 1970 UTC
 * @param reason one sentence for people, empty while up
 */
public record FeedState(boolean up, long sinceMillis, String reason) {}
