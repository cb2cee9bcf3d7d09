/** The JT/T 808 codec: bytes to messages and back, in the editions 2011, 2013 and 2019, without any knowledge of sockets.
 * Start at {@code frame} for the stream, at {@code message} for the bodies, at {@code decode} to read one frame by eye. */
@NullMarked
package io.haulwatch.jt808;

import org.jspecify.annotations.NullMarked;
