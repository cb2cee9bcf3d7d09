/** What the terminal itself calls an alarm: the flags of a position report and its active-safety items. Start at {@link
 * io.haulwatch.rules.terminal.TerminalAlarm}; in words in {@code docs/rules/terminal-alarms.md}. */
@NullMarked
package io.haulwatch.rules.terminal;

import org.jspecify.annotations.NullMarked;
