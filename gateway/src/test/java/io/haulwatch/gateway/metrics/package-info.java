/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.gateway.metrics;

import org.jspecify.annotations.NullMarked;
