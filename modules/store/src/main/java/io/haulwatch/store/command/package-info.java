/** Commands for terminals and the state that each is really in. Start at {@link io.haulwatch.store.command.CommandStore}. */
@NullMarked
package io.haulwatch.store.command;

import org.jspecify.annotations.NullMarked;
