/** Alarms that come by the hundred: since when, of which rule, and whether a model of terminal or an area stands out, so that whoever leads the desk looks
 * for the one cause. Start at {@link io.haulwatch.console.storms.Storm}. */
@NullMarked
package io.haulwatch.console.storms;

import org.jspecify.annotations.NullMarked;
