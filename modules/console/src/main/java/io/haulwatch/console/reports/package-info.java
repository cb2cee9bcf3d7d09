/** A company's month on a few sheets: figures, who and what stood out, what was done, what is open, and where it goes. Start at
 * {@link io.haulwatch.console.reports.ReportRoutes}. */
@NullMarked
package io.haulwatch.console.reports;

import org.jspecify.annotations.NullMarked;
