/** The simulator as a whole. */
@NullMarked
package io.haulwatch.simulator;

import org.jspecify.annotations.NullMarked;
