/** The register on pages: looked at, changed line by line by the same rules as a table, and who changed what. Start at
 * {@link io.haulwatch.console.register.RegisterRoutes}. */
@NullMarked
package io.haulwatch.console.register;

import org.jspecify.annotations.NullMarked;
