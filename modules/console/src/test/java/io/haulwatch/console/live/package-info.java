/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.console.live;

import org.jspecify.annotations.NullMarked;
