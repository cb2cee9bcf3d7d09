/** Tests of the comparison between what was promised and what is stored. */
@NullMarked
package io.haulwatch.app.ledger;

import org.jspecify.annotations.NullMarked;
