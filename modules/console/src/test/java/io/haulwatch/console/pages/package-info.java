/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.console.pages;

import org.jspecify.annotations.NullMarked;
