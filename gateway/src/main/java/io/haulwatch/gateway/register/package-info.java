/** What the gateway knows of terminals: a copy of the register in memory and the port through which the register is changed. Start at
 * {@link io.haulwatch.gateway.register.TerminalRegister}. */
@NullMarked
package io.haulwatch.gateway.register;

import org.jspecify.annotations.NullMarked;
