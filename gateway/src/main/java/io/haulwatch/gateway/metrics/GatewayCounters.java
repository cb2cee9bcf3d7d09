package io.haulwatch.gateway.metrics;

import io.haulwatch.gateway.command.CommandState;
import io.haulwatch.gateway.media.MediaPort;
import io.haulwatch.model.report.CardRecord;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Everything the gateway counts. Names and meanings for operators are in {@code docs/protocol.md}. */
public final class GatewayCounters {
    private static final int MOST_UNSUPPORTED_IDS = 64;
    private static final int OTHER_IDS = -1;

    /** Open connections, authenticated or not. */
    public final LongAdder connections = new LongAdder();
    /** Connections accepted. */
    public final LongAdder accepted = new LongAdder();
    /** Connections closed at once because the most allowed were open. */
    public final LongAdder overCap = new LongAdder();
    /** Connections ended, by cause. */
    public final CauseCounters<CloseCause> closed = new CauseCounters<>(CloseCause.class);
    /** Terminals of relays that ended without their connection, by cause. */
    public final CauseCounters<CloseCause> relayedEnded = new CauseCounters<>(CloseCause.class);

    /** Good frames. */
    public final LongAdder frames = new LongAdder();
    /** Frames not taken, by cause. */
    public final CauseCounters<Rejection> rejected = new CauseCounters<>(Rejection.class);
    /** Good frames whose header announces another body length than they have. */
    public final LongAdder lengthMismatches = new LongAdder();
    /** 0x0704 whose count is not the number of items, or that end with a stray byte. */
    public final LongAdder crookedBatches = new LongAdder();
    /** Registrations and authentications, by how they ended. */
    public final CauseCounters<SignOn> signOns = new CauseCounters<>(SignOn.class);
    /** Sessions taken over by a newer connection of the same terminal. */
    public final LongAdder takeOvers = new LongAdder();
    /** Take-overs of a session that had itself taken over less than a minute before: two devices use one phone. */
    public final LongAdder flipFlops = new LongAdder();
    /** 0x0003 that raised the generation. */
    public final LongAdder deregistered = new LongAdder();
    /** 0x0003 that got no answer because the database could not be asked. */
    public final LongAdder deregistrationsUnanswered = new LongAdder();

    /** Positions durable and acknowledged. */
    public final LongAdder positionsAccepted = new LongAdder();
    /** Positions of a report that was repeated: acknowledged again, not appended again. */
    public final LongAdder positionsRepeated = new LongAdder();
    /** Drivers' cards, by what happened to them. */
    public final CauseCounters<CardRecord.Event> cards = new CauseCounters<>(CardRecord.Event.class);
    /** Reports not acknowledged because the log refused them; terminals send them again. */
    public final LongAdder reportsRefused = new LongAdder();
    /** Times that reading from a connection stopped because the log was behind. */
    public final LongAdder pauses = new LongAdder();
    /** Connections not read from now. */
    public final LongAdder paused = new LongAdder();
    /** Link records that the log did not take. */
    public final LongAdder linkRecordsLost = new LongAdder();
    /** Ticks that the log did not take. */
    public final LongAdder ticksLost = new LongAdder();

    /** Steps of commands, by the state reached. */
    public final CauseCounters<CommandState> commands = new CauseCounters<>(CommandState.class);
    /** Commands written to a connection again. */
    public final LongAdder commandsRepeated = new LongAdder();
    /** Answers of terminals that no command waits for. */
    public final LongAdder strayAnswers = new LongAdder();
    /** Steps of commands that the table could not take at once. */
    public final LongAdder commandStepsDelayed = new LongAdder();
    /** Steps of commands given up because too many waited. */
    public final LongAdder commandStepsLost = new LongAdder();
    /** Sub-packages asked for again with 0x8003 or 0x8800. */
    public final LongAdder resendRequests = new LongAdder();

    /** Media, recorder data and pass-through, by what became of them. */
    public final CauseCounters<MediaPort.Kept> files = new CauseCounters<>(MediaPort.Kept.class);
    /** The same that could not be kept, and were not answered. */
    public final LongAdder filesUnanswered = new LongAdder();

    /** From reading a report to writing its acknowledgement. */
    public final LatencyHistogram acknowledgement = new LatencyHistogram();

    private final LongAdder acknowledgements = new LongAdder();
    private final LongAdder acknowledgementNanos = new LongAdder();
    private final Map<Integer, LongAdder> unsupported = new ConcurrentHashMap<>();

    /** Counts one acknowledgement of a report. */
    public void acknowledged(long nanos) {
        acknowledgement.record(nanos);
        acknowledgements.increment();
        acknowledgementNanos.add(nanos);
    }

    /** Acknowledgements of reports so far. */
    public long acknowledgements() {
        return acknowledgements.sum();
    }

    /** Counts a message id that we do not support; ids beyond the first 64 share one counter. */
    public void unsupported(int messageId) {
        LongAdder adder = unsupported.get(messageId);
        if (adder == null) {
            int id = unsupported.size() < MOST_UNSUPPORTED_IDS ? messageId : OTHER_IDS;
            adder = unsupported.computeIfAbsent(id, absent -> newUnsupported(absent));
        }
        adder.increment();
    }

    /** Messages of this id that we answered with "not supported". */
    public long unsupportedOf(int messageId) {
        LongAdder adder = unsupported.get(messageId);
        return adder == null ? 0 : adder.sum();
    }

    private volatile @org.jspecify.annotations.Nullable MeterRegistry registry;

    private LongAdder newUnsupported(int id) {
        LongAdder adder = new LongAdder();
        MeterRegistry shown = registry;
        if (shown != null) {
            bindUnsupported(shown, id, adder);
        }
        return adder;
    }

    private static void bindUnsupported(MeterRegistry registry, int id, LongAdder adder) {
        FunctionCounter.builder("haulwatch.messages.unsupported", adder, LongAdder::sum)
                .tag("id", id == OTHER_IDS ? "other" : String.format("0x%04x", id))
                .description("Messages answered with result 3, not supported")
                .register(registry);
    }

    /** Shows everything at a registry. */
    public void bind(MeterRegistry registry) {
        this.registry = registry;
        unsupported.forEach((id, adder) -> bindUnsupported(registry, id, adder));
        Gauge.builder("haulwatch.gateway.connections", connections, LongAdder::sum)
                .description("Open terminal connections, authenticated or not")
                .register(registry);
        Gauge.builder("haulwatch.gateway.paused", paused, LongAdder::sum)
                .description("Connections not read from now because the log is behind or refuses")
                .register(registry);
        counter(registry, "haulwatch.gateway.connections.accepted", accepted, "Connections accepted");
        counter(registry, "haulwatch.gateway.connections.over.cap", overCap, "Connections refused by the cap");
        closed.bind(registry, "haulwatch.gateway.connections.closed", "cause", "Connections ended");
        relayedEnded.bind(
                registry, "haulwatch.relayed.terminals.ended", "cause", "Terminals of relays ended by themselves");
        counter(registry, "haulwatch.frames", frames, "Good frames");
        rejected.bind(registry, "haulwatch.frames.rejected", "cause", "Frames, or parts of them, not taken");
        counter(registry, "haulwatch.frames.length.mismatch", lengthMismatches, "Frames with a wrong length field");
        counter(registry, "haulwatch.batches.crooked", crookedBatches, "0x0704 with a wrong count");
        signOns.bind(registry, "haulwatch.sign.ons", "result", "Registrations and authentications");
        counter(registry, "haulwatch.take.overs", takeOvers, "Sessions taken over by a newer connection");
        counter(registry, "haulwatch.flip.flops", flipFlops, "Take-overs back and forth within a minute");
        counter(registry, "haulwatch.deregistrations", deregistered, "0x0003 that ended a code");
        counter(
                registry,
                "haulwatch.deregistrations.unanswered",
                deregistrationsUnanswered,
                "0x0003 without answer, database down");
        counter(registry, "haulwatch.positions.accepted", positionsAccepted, "Positions durable and acknowledged");
        counter(registry, "haulwatch.positions.repeated", positionsRepeated, "Positions acknowledged again");
        counter(registry, "haulwatch.reports.refused", reportsRefused, "Reports that the log refused, unacknowledged");
        counter(registry, "haulwatch.gateway.pauses", pauses, "Times that a connection was not read from");
        counter(registry, "haulwatch.link.records.lost", linkRecordsLost, "Link records that the log did not take");
        counter(registry, "haulwatch.ticks.lost", ticksLost, "Ticks that the log did not take");
        cards.bind(registry, "haulwatch.driver.cards", "event", "Drivers' cards in and out");
        commands.bind(registry, "haulwatch.commands", "state", "Steps of commands by the state reached");
        counter(registry, "haulwatch.commands.repeated", commandsRepeated, "Commands sent again");
        counter(registry, "haulwatch.commands.stray.answers", strayAnswers, "Answers that no command waits for");
        counter(registry, "haulwatch.commands.steps.delayed", commandStepsDelayed, "Command steps not stored at once");
        counter(registry, "haulwatch.commands.steps.lost", commandStepsLost, "Command steps given up");
        counter(registry, "haulwatch.packages.resend.requests", resendRequests, "Missing sub-packages asked for");
        files.bind(registry, "haulwatch.files", "outcome", "Media, recorder data and pass-through that were answered");
        counter(registry, "haulwatch.files.unanswered", filesUnanswered, "The same that could not be kept now");
        FunctionTimer.builder(
                        "haulwatch.ack",
                        this,
                        counters -> counters.acknowledgements.sum(),
                        counters -> counters.acknowledgementNanos.sum(),
                        TimeUnit.NANOSECONDS)
                .description("From reading a report to writing its acknowledgement")
                .register(registry);
        for (double quantile : new double[] {0.5, 0.99, 0.999}) {
            Gauge.builder("haulwatch.ack.quantile.seconds", acknowledgement, h -> h.quantileSeconds(quantile))
                    .tag("quantile", Double.toString(quantile))
                    .description("Quantile of haulwatch_ack_seconds over the last one to two minutes")
                    .register(registry);
        }
    }

    private static void counter(MeterRegistry registry, String name, LongAdder adder, String description) {
        FunctionCounter.builder(name, adder, LongAdder::sum)
                .description(description)
                .register(registry);
    }
}
