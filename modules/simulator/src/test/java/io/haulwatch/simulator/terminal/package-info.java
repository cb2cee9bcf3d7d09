/** Simulated terminals against a platform on a real socket. */
@NullMarked
package io.haulwatch.simulator.terminal;

import org.jspecify.annotations.NullMarked;
