/** The terminals: sign-on, history, live reports, answers to commands. Start at
 * {@link io.haulwatch.simulator.terminal.TerminalFleet}. */
@NullMarked
package io.haulwatch.simulator.terminal;

import org.jspecify.annotations.NullMarked;
