/** Printed documents. */
@NullMarked
package io.haulwatch.console.print;

import org.jspecify.annotations.NullMarked;
