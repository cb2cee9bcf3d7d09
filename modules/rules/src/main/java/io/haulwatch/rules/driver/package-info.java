/** Who drives a truck at which time: the card in its terminal, else the assigned driver, else nobody. Start at {@link
 * io.haulwatch.rules.driver.Wheels}; in words in {@code docs/rules/driver-cards.md}. */
@NullMarked
package io.haulwatch.rules.driver;

import org.jspecify.annotations.NullMarked;
