/** The console as its users meet it: over HTTP, against a real database. */
@NullMarked
package io.haulwatch.console;

import org.jspecify.annotations.NullMarked;
