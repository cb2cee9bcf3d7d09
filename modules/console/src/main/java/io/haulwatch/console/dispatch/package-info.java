/** May this truck with this driver leave now, and if not, why. Start at {@link io.haulwatch.console.dispatch.DispatchRoutes}. */
@NullMarked
package io.haulwatch.console.dispatch;

import org.jspecify.annotations.NullMarked;
