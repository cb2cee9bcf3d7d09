/** The launcher: everything in one process, wired by hand. Start at {@link io.haulwatch.app.Main}. */
@NullMarked
package io.haulwatch.app;

import org.jspecify.annotations.NullMarked;
