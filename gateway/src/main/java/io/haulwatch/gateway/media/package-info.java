/** What terminals send to be kept: pictures, sounds and videos, blocks of their recorders, bytes that they pass through. Start at
 * {@link io.haulwatch.gateway.media.MediaPort}. */
@NullMarked
package io.haulwatch.gateway.media;

import org.jspecify.annotations.NullMarked;
