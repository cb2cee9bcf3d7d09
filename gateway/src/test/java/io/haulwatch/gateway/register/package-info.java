/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.gateway.register;

import org.jspecify.annotations.NullMarked;
