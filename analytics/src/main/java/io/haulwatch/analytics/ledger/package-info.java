/** What every truck did in the last three days, by whom, and what was said about it. Start at {@link
 * io.haulwatch.analytics.ledger.DriverLedger}. */
@NullMarked
package io.haulwatch.analytics.ledger;

import org.jspecify.annotations.NullMarked;
