package io.haulwatch.analytics.stages;

import io.haulwatch.analytics.clock.DrivingClocks;
import io.haulwatch.analytics.ledger.DriverLedger;
import io.haulwatch.analytics.ledger.LedgerSink;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.rules.vehicle.ActivitySegment;
import io.haulwatch.rules.vehicle.CompiledReference;
import io.haulwatch.rules.vehicle.PositionOutcome;
import io.haulwatch.rules.vehicle.VehicleSink;
import io.haulwatch.rules.vehicle.VehicleStage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The rules as one piece: the vehicle stage, which sees every position, and the driver ledger, which sees what became of them. One
 * thread; no clock, no I/O. Why two: {@code docs/decisions/0007-two-stages.md}.
 */
public final class TwoStages {
    private final VehicleStage vehicles;
    private final DriverLedger ledger;
    private final DrivingClocks clocks;

    public TwoStages(ReferenceSet reference, DrivingClocks clocks, RuleSink sink) {
        Wiring wiring = new Wiring(sink);
        this.clocks = clocks;
        ledger = new DriverLedger(reference, clocks, wiring);
        vehicles = new VehicleStage(reference, wiring);
        wiring.connect(vehicles, ledger);
    }

    private TwoStages(DataInput in, ReferenceSet reference, DrivingClocks clocks, RuleSink sink) throws IOException {
        Wiring wiring = new Wiring(sink);
        this.clocks = clocks;
        vehicles = VehicleStage.readFrom(in, reference, wiring);
        ledger = DriverLedger.readFrom(in, reference, clocks, wiring);
        wiring.connect(vehicles, ledger);
    }

    /** Stages that go on where those that wrote {@code in} stood; call {@link #resume} before feeding them. */
    public static TwoStages readFrom(DataInput in, ReferenceSet reference, DrivingClocks clocks, RuleSink sink)
            throws IOException {
        return new TwoStages(in, reference, clocks, sink);
    }

    /** To be called once after {@link #readFrom}, when the sink is ready. */
    public void resume() {
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
        vehicles.reference(next);
        ledger.reference(next.set());
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

    public DrivingClocks clocks() {
        return clocks;
    }

    public void writeTo(DataOutput out) throws IOException {
        vehicles.writeTo(out);
        ledger.writeTo(out);
    }

    /** Joins the two; made before them because each needs the other. */
    private static final class Wiring implements VehicleSink, LedgerSink {
        private final RuleSink sink;
        private @Nullable VehicleStage vehicles;
        private @Nullable DriverLedger ledger;

        Wiring(RuleSink sink) {
            this.sink = sink;
        }

        void connect(VehicleStage stage, DriverLedger driverLedger) {
            vehicles = stage;
            ledger = driverLedger;
        }

        @Override
        public void episode(Episode revision) {
            sink.episode(revision);
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
