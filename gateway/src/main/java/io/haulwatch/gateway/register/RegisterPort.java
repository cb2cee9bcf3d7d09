package io.haulwatch.gateway.register;

import io.haulwatch.model.register.ReferenceSet.Terminal;
import java.util.concurrent.CompletionStage;

/**
 * Changes to the register, which only the database can make. Called on event loops: an implementation returns at once and works
 * elsewhere; it is idempotent, since terminals repeat what got no answer, and it ends every stage within some seconds.
 *
 * <p>A stage that fails with {@link RegistrationRefusedException} is an answer. One that fails with anything else (the database is down)
 * leaves the terminal without an answer, so that it asks again; both are counted.
 */
public interface RegisterPort {
    /** Puts an unknown terminal into the company "unassigned" (未分配), with a vehicle of its own. Only called when that is configured. */
    CompletionStage<Terminal> enrol(NewTerminal terminal);

    /**
     * Takes in that a known terminal registered with another terminal id or plate, or for the first time. Whoever allows the exchange of
     * a device raises the generation with it, so that the old device's code ends.
     */
    CompletionStage<Terminal> acceptChanged(Terminal known, NewTerminal said);

    /** A terminal deregistered (0x0003): its present code ends. */
    CompletionStage<Terminal> raiseGeneration(int vehicleId);
}
