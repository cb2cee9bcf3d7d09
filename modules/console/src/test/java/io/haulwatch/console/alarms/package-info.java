/** Tests of the package of the same name. */
@NullMarked
package io.haulwatch.console.alarms;

import org.jspecify.annotations.NullMarked;
