/** Crowds that come to a running service from outside: people who watch the map, and sockets that mean no good. */
@NullMarked
package io.haulwatch.benchmarks.crowd;

import org.jspecify.annotations.NullMarked;
