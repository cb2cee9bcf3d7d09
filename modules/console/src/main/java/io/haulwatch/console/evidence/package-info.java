/** The evidence of one alarm on a few sheets: what was received, by which rule and limit it was judged, what was done, and what would have had to be
 * otherwise. Start at {@link io.haulwatch.console.evidence.EvidenceRoutes}. */
@NullMarked
package io.haulwatch.console.evidence;

import org.jspecify.annotations.NullMarked;
