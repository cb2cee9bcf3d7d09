/** The console: HTTP API, live feed and pages, one package for each feature. Start at {@link io.haulwatch.console.Console}. */
@NullMarked
package io.haulwatch.console;

import org.jspecify.annotations.NullMarked;
