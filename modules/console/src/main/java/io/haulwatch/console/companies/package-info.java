/** Companies and their risk: what is overdue, what is open, and which truck or driver stands behind each number. Start at
 * {@link io.haulwatch.console.companies.CompanyRoutes}. */
@NullMarked
package io.haulwatch.console.companies;

import org.jspecify.annotations.NullMarked;
