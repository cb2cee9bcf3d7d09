/** Papers and periodic duties of companies, trucks and drivers: the catalogue of kinds, and where one stands on a local day. Start at
 * {@link io.haulwatch.model.paper.PaperCalendar}; the page is {@code docs/rules/papers.md}. */
@NullMarked
package io.haulwatch.model.paper;

import org.jspecify.annotations.NullMarked;
