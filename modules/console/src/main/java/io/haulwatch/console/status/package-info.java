/** How the running system is, as the pages show it. Start at {@link io.haulwatch.console.status.StatusWatch}. */
@NullMarked
package io.haulwatch.console.status;

import org.jspecify.annotations.NullMarked;
