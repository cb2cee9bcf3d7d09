/** Inspecting some of many: how many to look at, which ones, and what may be said about all of them afterwards. Start at
 * {@link io.haulwatch.rules.inspection.InspectionPlan}. Formulas: docs/rules/inspections.md. */
@NullMarked
package io.haulwatch.rules.inspection;

import org.jspecify.annotations.NullMarked;
