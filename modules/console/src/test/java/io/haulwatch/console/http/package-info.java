/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.console.http;

import org.jspecify.annotations.NullMarked;
