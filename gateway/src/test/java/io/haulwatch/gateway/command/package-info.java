/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.gateway.command;

import org.jspecify.annotations.NullMarked;
