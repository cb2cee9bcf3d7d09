/**
 * How a truck's day stays together: closed hours are packed into a row each, from the rows that arrived one by one. Start at
 * {@link io.haulwatch.store.track.TruckTrack} to read, at {@link io.haulwatch.store.track.HourPacker} for how it comes about.
 */
@org.jspecify.annotations.NullMarked
package io.haulwatch.store.track;
