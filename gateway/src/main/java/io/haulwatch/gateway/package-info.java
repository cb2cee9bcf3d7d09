/** Terminals over TCP: their sign-on, their reports into the log, their acknowledgements, commands to them. Start at
 * {@link io.haulwatch.gateway.Gateway}; what is answered and why is in {@code docs/protocol.md}. */
@NullMarked
package io.haulwatch.gateway;

import org.jspecify.annotations.NullMarked;
