/** Commands to terminals (text, position query, parameters, control) with a truthful state that survives a restart: the table is the truth,
 * {@link io.haulwatch.gateway.command.CommandQueue} says how a state changes. */
@NullMarked
package io.haulwatch.gateway.command;

import org.jspecify.annotations.NullMarked;
