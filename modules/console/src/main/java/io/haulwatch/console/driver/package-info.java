/** What a driver does on his phone: he signs in by a code or a link of his company, learns, sits exams, sees his alarms, hours and papers. While the
 * truck that he drives moves, nothing of it answers but his rest-time clock. Start at {@link io.haulwatch.console.driver.EntryRoutes} and
 * {@link io.haulwatch.console.driver.DriverLock}. */
@NullMarked
package io.haulwatch.console.driver;

import org.jspecify.annotations.NullMarked;
