/** Cases: alarms tied to driver, company, centre and authority, with steps that somebody owes by a deadline, and appeals against alarms. Start at
 * {@link io.haulwatch.console.cases.CaseRoutes} and {@link io.haulwatch.console.cases.AppealRoutes}. */
@NullMarked
package io.haulwatch.console.cases;

import org.jspecify.annotations.NullMarked;
