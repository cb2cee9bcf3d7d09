/** Papers of companies, trucks and drivers: what is in force, what runs out, what has run out. Start at
 * {@link io.haulwatch.console.papers.PaperRoutes}. */
@NullMarked
package io.haulwatch.console.papers;

import org.jspecify.annotations.NullMarked;
