/** The register from tables: upload, report, agreement. Start at {@link io.haulwatch.console.imports.ImportRoutes}. */
@NullMarked
package io.haulwatch.console.imports;

import org.jspecify.annotations.NullMarked;
