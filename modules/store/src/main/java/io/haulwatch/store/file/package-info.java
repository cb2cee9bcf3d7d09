/** Keeps what terminals send and people upload, durable before it is answered. Start at {@link io.haulwatch.store.file.TerminalFiles}. */
@NullMarked
package io.haulwatch.store.file;

import org.jspecify.annotations.NullMarked;
