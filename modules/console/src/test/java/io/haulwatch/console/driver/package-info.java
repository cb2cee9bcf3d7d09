/** Tests of the package of the same name, without a server. */
@NullMarked
package io.haulwatch.console.driver;

import org.jspecify.annotations.NullMarked;
