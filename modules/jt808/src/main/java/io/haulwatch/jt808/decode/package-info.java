/** One frame as a tree that people can read: what {@code scripts/haulwatch decode} prints. Start at
 * {@link io.haulwatch.jt808.decode.FrameDecoder}; the keys and their order are a contract. */
@NullMarked
package io.haulwatch.jt808.decode;

import org.jspecify.annotations.NullMarked;
