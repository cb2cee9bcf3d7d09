/** The demonstration: a simulated fleet in a process of its own, with its register. */
@NullMarked
package io.haulwatch.app.demo;

import org.jspecify.annotations.NullMarked;
