/** Holds what terminals were promised against what is stored. Start at {@link io.haulwatch.app.ledger.LedgerCheck}. */
@NullMarked
package io.haulwatch.app.ledger;

import org.jspecify.annotations.NullMarked;
