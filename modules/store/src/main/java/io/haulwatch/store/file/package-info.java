/** Keeps what terminals send to be kept, durable before it is answered. Start at {@link io.haulwatch.store.file.TerminalFiles}. */
@NullMarked
package io.haulwatch.store.file;

import org.jspecify.annotations.NullMarked;
