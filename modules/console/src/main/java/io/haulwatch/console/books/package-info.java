/**
 * What became of each report: received = stored + duplicate + quarantined + refused, by truck and hour. Start at
 * {@link io.haulwatch.console.books.BookRoutes}.
 */
@NullMarked
package io.haulwatch.console.books;

import org.jspecify.annotations.NullMarked;
