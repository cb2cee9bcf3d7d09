/** What trucks' days come to, for all who sum them up: the job that freezes periods and pages that ask for days of their own. See {@link
 * io.haulwatch.store.kpi.TruckSums}. */
@NullMarked
package io.haulwatch.store.kpi;

import org.jspecify.annotations.NullMarked;
