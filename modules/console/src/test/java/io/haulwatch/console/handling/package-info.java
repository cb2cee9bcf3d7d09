/** Tests of the table of steps. */
@NullMarked
package io.haulwatch.console.handling;

import org.jspecify.annotations.NullMarked;
