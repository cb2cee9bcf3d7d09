/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.console.history;

import org.jspecify.annotations.NullMarked;
