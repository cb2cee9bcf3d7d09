/** Whether a packed day says what its rows say. Start at {@link io.haulwatch.store.track.HourPackerTest}. */
@NullMarked
package io.haulwatch.store.track;

import org.jspecify.annotations.NullMarked;
