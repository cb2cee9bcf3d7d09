/** Where things are: distance and datums in {@code earth}, fences in {@code zone}. Knows nothing of reports or rules. */
@NullMarked
package io.haulwatch.geo;

import org.jspecify.annotations.NullMarked;
