/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.console.session;

import org.jspecify.annotations.NullMarked;
