/** What of a driver's person is shown to whom: names and numbers are masked where answers are written, for whoever does not hold the right.
 * Start at {@link io.haulwatch.console.personal.Sight}. */
@NullMarked
package io.haulwatch.console.personal;

import org.jspecify.annotations.NullMarked;
