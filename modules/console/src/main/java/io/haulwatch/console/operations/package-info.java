/** For those who run the system: metrics and health. Start at {@link io.haulwatch.console.operations.OperationsRoutes}. */
@NullMarked
package io.haulwatch.console.operations;

import org.jspecify.annotations.NullMarked;
