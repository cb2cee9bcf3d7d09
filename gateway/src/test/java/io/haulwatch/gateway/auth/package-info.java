/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.gateway.auth;

import org.jspecify.annotations.NullMarked;
