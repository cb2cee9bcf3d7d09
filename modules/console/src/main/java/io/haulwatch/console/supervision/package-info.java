/** Orders of the regulator to companies (督办): issued with a deadline, answered, accepted or sent back, each a step of a case. Start at
 * {@link io.haulwatch.console.supervision.SupervisionRoutes}. */
@NullMarked
package io.haulwatch.console.supervision;

import org.jspecify.annotations.NullMarked;
