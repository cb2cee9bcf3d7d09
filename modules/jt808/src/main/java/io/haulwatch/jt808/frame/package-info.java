/** Frames (sections 1 and 2 of the sheet): flags, escaping, checksum, header, sub-packages. Inbound starts at
 * {@link io.haulwatch.jt808.frame.FrameSplitter}, outbound at {@link io.haulwatch.jt808.frame.FrameWriter}. */
@NullMarked
package io.haulwatch.jt808.frame;

import org.jspecify.annotations.NullMarked;
