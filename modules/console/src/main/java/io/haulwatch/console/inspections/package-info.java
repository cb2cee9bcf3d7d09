/** Inspections of some of many trucks: how many, which ones by lot, what was found of each, and what that says about all. Start at
 * {@link io.haulwatch.console.inspections.InspectionRoutes}; the formulas are in {@code io.haulwatch.rules.inspection}. */
@NullMarked
package io.haulwatch.console.inspections;

import org.jspecify.annotations.NullMarked;
