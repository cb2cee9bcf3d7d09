/** Tests of storms of alarms. */
@NullMarked
package io.haulwatch.console.storms;

import org.jspecify.annotations.NullMarked;
