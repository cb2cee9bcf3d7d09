/** One connection of one terminal, from its first byte to its last acknowledgement. Start at
 * {@link io.haulwatch.gateway.link.TerminalLink}; what the connections of one event loop share is in
 * {@link io.haulwatch.gateway.link.Lane}. */
@NullMarked
package io.haulwatch.gateway.link;

import org.jspecify.annotations.NullMarked;
