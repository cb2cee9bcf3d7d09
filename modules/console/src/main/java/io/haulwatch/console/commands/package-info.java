/** Texts and queries for terminals. The truth about a command is its row; the gateway moves it on. Start at
 * {@link io.haulwatch.console.commands.CommandRoutes}. */
@NullMarked
package io.haulwatch.console.commands;

import org.jspecify.annotations.NullMarked;
