package io.haulwatch.app.serve;

import io.haulwatch.console.port.TerminalDoor;
import io.haulwatch.gateway.register.NewTerminal;
import io.haulwatch.gateway.register.RefusedTerminals;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whom the gateway did not let in, as the console shows it. */
final class Door implements TerminalDoor {
    private final RefusedTerminals terminals;

    Door(RefusedTerminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public Refusals refusals() {
        return new Refusals(
                terminals.newestFirst().stream()
                        .map(each -> new Refused(
                                each.phone(),
                                each.address(),
                                each.reason().name().toLowerCase(Locale.ROOT),
                                each.times(),
                                Instant.ofEpochMilli(each.firstMillis()),
                                Instant.ofEpochMilli(each.lastMillis()),
                                registration(each.said())))
                        .toList(),
                terminals.displaced());
    }

    private static @Nullable Registration registration(@Nullable NewTerminal said) {
        return said == null
                ? null
                : new Registration(
                        said.maker(),
                        said.model(),
                        said.terminalId(),
                        said.plateColour(),
                        said.plate(),
                        said.edition());
    }
}
