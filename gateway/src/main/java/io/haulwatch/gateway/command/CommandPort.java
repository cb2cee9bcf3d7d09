package io.haulwatch.gateway.command;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The table of commands. Called on event loops: an implementation returns at once and works elsewhere. A failed stage means that the
 * database could not be asked; the gateway asks again. */
public interface CommandPort {
    /** Vehicles that have commands queued or sent; asked once after the start, so that a sign-on costs no query. */
    CompletionStage<Set<Integer>> vehiclesWithPending();

    /** Commands of a vehicle that are queued or sent, oldest first. */
    CompletionStage<List<TerminalCommand>> pending(int vehicleId);

    /** Makes a step durable. False if the command is not in {@link CommandChange#from} any more: then the step did not happen. */
    CompletionStage<Boolean> change(CommandChange change);

    /**
     * Ends what no terminal will end: queued and past its time becomes expired, sent and past its time becomes timed out. Asked each
     * minute. @return how many
     */
    CompletionStage<Integer> endOverdue(long nowMillis);
}
