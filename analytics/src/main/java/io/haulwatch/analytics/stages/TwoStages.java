package io.haulwatch.analytics.stages;

import io.haulwatch.analytics.clock.CardHolders;
import io.haulwatch.analytics.clock.DrivenStretches.Driven;
import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.analytics.ledger.DriverLedger;
import io.haulwatch.analytics.ledger.LedgerSink;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.FixChecks;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.driver.CardOutcome;
import io.haulwatch.rules.driver.Wheels;
import io.haulwatch.rules.terminal.TerminalStretch;
import io.haulwatch.rules.vehicle.ActivitySegment;
import io.haulwatch.rules.vehicle.CompiledReference;
import io.haulwatch.rules.vehicle.PositionOutcome;
import io.haulwatch.rules.vehicle.VehicleSink;
import io.haulwatch.rules.vehicle.VehicleStage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules as one piece: the vehicle stage, which sees every position, and the driver ledger, which sees what became of them. One
 * thread; no clock, no I/O. Why two: {@code docs/decisions/0007-two-stages.md}.
 */
public final class TwoStages {
    private final VehicleStage vehicles;
    private final DriverLedger ledger;
    private final DrivingClocks clocks;
    private final Wheels wheels;
    private final CardHolders cardHolders;
    private final TerminalCases terminalCases;
    private final Map<CardOutcome, Long> cards = new EnumMap<>(CardOutcome.class);

    public TwoStages(ReferenceSet reference, DrivingClocks clocks, RuleSink sink) {
        this(reference, clocks, new CardHolders(), sink);
    }

    /**
     * @param clocks kept up to date with how long everybody has been driving
     * @param cardHolders kept up to date with whose card is where
     */
    public TwoStages(ReferenceSet reference, DrivingClocks clocks, CardHolders cardHolders, RuleSink sink) {
        Wiring wiring = new Wiring(sink);
        terminalCases = wiring.terminalCases;
        this.clocks = clocks;
        this.cardHolders = cardHolders;
        CompiledReference compiled = CompiledReference.of(reference);
        wheels = new Wheels(compiled.drivers());
        ledger = new DriverLedger(reference, wheels, clocks, wiring);
        vehicles = new VehicleStage(compiled, wheels, wiring);
        wiring.connect(vehicles, ledger);
    }

    private TwoStages(
            DataInput in, ReferenceSet reference, DrivingClocks clocks, CardHolders cardHolders, RuleSink sink)
            throws IOException {
        Wiring wiring = new Wiring(sink);
        terminalCases = wiring.terminalCases;
        this.clocks = clocks;
        this.cardHolders = cardHolders;
        CompiledReference compiled = CompiledReference.of(reference);
        wheels = new Wheels(compiled.drivers());
        vehicles = VehicleStage.readFrom(in, compiled, wheels, wiring);
        ledger = DriverLedger.readFrom(in, reference, wheels, clocks, wiring);
        readTerminalCases(in);
        wiring.connect(vehicles, ledger);
    }

    /** Stages that go on where those that wrote {@code in} stood; call {@link #resume} before feeding them. */
    public static TwoStages readFrom(
            DataInput in, ReferenceSet reference, DrivingClocks clocks, CardHolders cardHolders, RuleSink sink)
            throws IOException {
        return new TwoStages(in, reference, clocks, cardHolders, sink);
    }

    /** To be called once after {@link #readFrom}, when the sink is ready. */
    public void resume() {
        showCards();
        ledger.resume();
    }

    /** A position that comes soon; see {@link VehicleStage#expect}. */
    public void expect(PositionRecord position) {
        vehicles.expect(position);
    }

    /** Takes one position in; the view is not kept. */
    public void onPosition(PositionRecord position) {
        vehicles.onPosition(position);
    }

    /** Takes in that a driver's card went in or came out. */
    public void onCard(CardRecord card) {
        cards.merge(take(card), 1L, Long::sum);
    }

    private CardOutcome take(CardRecord card) {
        long millis = card.millis();
        if (FixChecks.timeFault(millis, card.receivedMillis(), FixChecks.RETENTION_MILLIS)
                != FixChecks.TimeFault.NONE) {
            return CardOutcome.IMPOSSIBLE;
        }
        int vehicleId = card.vehicleId();
        int speed = vehicles.speedAt(vehicleId, millis);
        CardOutcome outcome =
                ledger.card(card, speed, vehicles.moves(vehicleId, millis, speed), vehicles.isPast(vehicleId, millis));
        vehicles.driverChanged(vehicleId);
        cardHolders.put(wheels.of(vehicleId));
        return outcome;
    }

    private void showCards() {
        wheels.vehiclesWithCards().forEach(vehicleId -> cardHolders.put(wheels.of(vehicleId)));
    }

    /** Card messages with this outcome since this object was made. */
    public long count(CardOutcome outcome) {
        return cards.getOrDefault(outcome, 0L);
    }

    /** The gateway's minute hand; see {@link VehicleStage#onTick}. */
    public void onTick(int partition, int partitions, long receivedMillis) {
        vehicles.onTick(partition, partitions, receivedMillis);
    }

    /** Judges everything from now on with {@code next}. */
    public void reference(ReferenceSet next) {
        reference(CompiledReference.of(next));
    }

    /** Judges everything from now on with {@code next}, which was made ready elsewhere. */
    public void reference(CompiledReference next) {
        // The ledger compares who drove by the old register with who does by the new one, so it goes first.
        ledger.reference(next.set(), next.drivers());
        vehicles.reference(next);
        showCards();
    }

    /** The reference in force, as it was made ready; may be shared. */
    public CompiledReference reference() {
        return vehicles.compiled();
    }

    /** Positions that came at or behind their vehicle's frontier. */
    public long lateCount() {
        return vehicles.lateCount();
    }

    /** Positions with this outcome since this object was made. */
    public long count(PositionOutcome outcome) {
        return vehicles.count(outcome);
    }

    /** When a driver drove; see {@link DriverLedger#driven}. */
    public List<Driven> driven(int driverId) {
        return ledger.driven(driverId);
    }

    public DrivingClocks clocks() {
        return clocks;
    }

    public void writeTo(DataOutput out) throws IOException {
        vehicles.writeTo(out);
        ledger.writeTo(out);
        terminalCases.writeTo(out);
    }

    private void readTerminalCases(DataInput in) throws IOException {
        try {
            terminalCases.readFrom(in);
        } catch (EOFException e) {
            // Written before there were terminal alarms: there are none yet.
        }
    }

    /** Terminal alarms that stood alone when they were first told. */
    public long terminalAlone() {
        return terminalCases.alone();
    }

    /** Terminal alarms that were joined to an episode of the platform. */
    public long terminalJoined() {
        return terminalCases.joined();
    }

    /** Joins the two; made before them because each needs the other. */
    private static final class Wiring implements VehicleSink, LedgerSink {
        private final RuleSink sink;
        private final TerminalCases terminalCases;
        private @Nullable VehicleStage vehicles;
        private @Nullable DriverLedger ledger;

        Wiring(RuleSink sink) {
            this.sink = sink;
            this.terminalCases = new TerminalCases(sink::episode);
        }

        void connect(VehicleStage stage, DriverLedger driverLedger) {
            vehicles = stage;
            ledger = driverLedger;
        }

        @Override
        public void episode(Episode revision) {
            sink.episode(revision);
            terminalCases.platform(revision);
        }

        @Override
        public void terminal(TerminalStretch stretch) {
            terminalCases.terminal(stretch);
        }

        @Override
        public void doubt(DoubtMark mark) {
            sink.doubt(mark);
        }

        @Override
        public void activity(int vehicleId, ActivitySegment segment) {
            connected(ledger).activity(vehicleId, segment);
        }

        @Override
        public void wake(int vehicleId, long wakeMillis, long positionMillis) {
            connected(ledger).wake(vehicleId, wakeMillis);
        }

        @Override
        public void wakeAt(int vehicleId, long millis) {
            connected(vehicles).wakeAt(vehicleId, millis);
        }

        private static <T> T connected(@Nullable T part) {
            if (part == null) {
                throw new IllegalStateException("the stages speak before they are connected");
            }
            return part;
        }
    }
}
