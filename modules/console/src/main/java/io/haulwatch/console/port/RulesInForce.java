package io.haulwatch.console.port;

import io.haulwatch.rules.vehicle.CompiledReference;

/** What the rules judge by now, so that a stored day is told by the same zones and parameters as its alarms. Thread-safe. */
@FunctionalInterface
public interface RulesInForce {
    /** The register and its profiles with all their versions; each position is judged by those of its own time. */
    CompiledReference reference();
}
