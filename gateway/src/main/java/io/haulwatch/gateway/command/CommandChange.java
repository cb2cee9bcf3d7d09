package io.haulwatch.gateway.command;

import io.haulwatch.jt808.parameter.Parameter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of a command.
 *
 * @param from the state that it must have for the step to count
 * @param serial message serial on the wire, -1 if it was never sent
 * @param attempts times written to a connection so far
 * @param atMillis ms since 1970
 * @param result one sentence for people, null while nothing is to say
 * @param response what the terminal answered to a query, otherwise null
 */
public record CommandChange(
        UUID commandId,
        CommandState from,
        CommandState to,
        int serial,
        int attempts,
        long atMillis,
        @Nullable String result,
        @Nullable Response response) {

    /** What a terminal answers to a query. */
    public sealed interface Response permits Fix, Parameters, Pictures, Zones {}

    /** A position as an answer: degrees 10⁻⁶ WGS84, 0.1 km/h, degrees, m, ms since 1970 UTC (Long.MIN_VALUE if unreadable). */
    public record Fix(
            int latitudeMicrodeg,
            int longitudeMicrodeg,
            int speedDeciKmh,
            int headingDeg,
            int altitudeMetres,
            boolean fixed,
            long deviceMillis)
            implements Response {}

    /**
     * What a terminal took when it was told to; the media themselves come with 0x0801.
     *
     * @param mediaIds ids in the terminal
     */
    public record Pictures(List<Long> mediaIds) implements Response {
        /** Copies them. */
        public Pictures {
            mediaIds = List.copyOf(mediaIds);
        }
    }

    /**
     * What is set in a terminal.
     *
     * @param all in the order of its answer
     */
    public record Parameters(List<Parameter> all) implements Response {
        /** Copies them. */
        public Parameters {
            all = List.copyOf(all);
        }
    }

    /**
     * The zones of one kind that a terminal holds.
     *
     * @param held in the order of its answer
     */
    public record Zones(ZoneKind kind, List<Held> held) implements Response {
        /** Copies them. */
        public Zones {
            held = List.copyOf(held);
        }
    }

    /**
     * A zone that a terminal holds.
     *
     * @param otherwise there is more to it than the platform sends: other attributes, times or thresholds
     */
    public record Held(TerminalCommand.SetZone zone, boolean otherwise) {}
}
