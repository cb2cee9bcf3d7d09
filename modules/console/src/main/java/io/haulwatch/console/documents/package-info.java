/** What was printed, with numbers and sums, so that a sheet of paper can be checked. Start at {@link io.haulwatch.console.documents.IssuedDocuments}. */
@NullMarked
package io.haulwatch.console.documents;

import org.jspecify.annotations.NullMarked;
