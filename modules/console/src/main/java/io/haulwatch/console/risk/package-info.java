/** The risk of one truck or one driver, by the formula of companies as far as its parts are theirs, down to the alarms behind it. Start at
 * {@link io.haulwatch.console.risk.SubjectRoutes}. */
@NullMarked
package io.haulwatch.console.risk;

import org.jspecify.annotations.NullMarked;
