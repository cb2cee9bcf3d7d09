/** The register of the simulated fleet, as a file that {@code haulwatch import} takes in. */
@NullMarked
package io.haulwatch.simulator.register;

import org.jspecify.annotations.NullMarked;
