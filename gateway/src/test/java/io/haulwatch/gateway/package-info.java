/** The gateway under test through real sockets on loopback. */
@NullMarked
package io.haulwatch.gateway;

import org.jspecify.annotations.NullMarked;
