/** Copies of everything that is kept, made while the service runs, and the way back. */
@NullMarked
package io.haulwatch.app.backup;

import org.jspecify.annotations.NullMarked;
