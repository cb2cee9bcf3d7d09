/**
 * Journeys of a dispatcher through the running product in a real browser. They start the product as a process with a simulated fleet and
 * use nothing that a person at a desk could not use.
 */
@NullMarked
package io.haulwatch.app.journeys;

import org.jspecify.annotations.NullMarked;
