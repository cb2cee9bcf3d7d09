/** Why somebody of an authority looked at a truck's track, told to its company. Start at {@link io.haulwatch.console.looks.TrackLooks}. */
@NullMarked
package io.haulwatch.console.looks;

import org.jspecify.annotations.NullMarked;
