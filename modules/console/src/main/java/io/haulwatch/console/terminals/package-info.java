/** Terminals: who was not let in, and why. */
@NullMarked
package io.haulwatch.console.terminals;

import org.jspecify.annotations.NullMarked;
