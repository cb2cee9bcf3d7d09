package io.haulwatch.console.training;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.port.DriverCards;
import io.haulwatch.console.port.DrivingClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whom nobody disturbs: drivers at the wheel, and in a rest that has not lasted the twenty minutes which the law asks for. */
final class DriversAtWork implements Supplier<Set<Integer>> {
    private static final Duration REST = Duration.ofMinutes(20);
    /** A truck that has not reported for longer is not known to drive. */
    private static final Duration SILENT = Duration.ofMinutes(10);

    private final IntToLongFunction reportedMillis;
    private final DrivingClock clocks;
    private final DriverCards cards;
    private final Supplier<FleetBook> book;
    private final InstantSource clock;

    /** @param reportedMillis when a truck was heard of last, 0 for never */
    DriversAtWork(
            IntToLongFunction reportedMillis,
            DrivingClock clocks,
            DriverCards cards,
            Supplier<FleetBook> book,
            InstantSource clock) {
        this.reportedMillis = reportedMillis;
        this.clocks = clocks;
        this.cards = cards;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public Set<Integer> get() {
        Set<Integer> drivers = new HashSet<>();
        for (FleetBook.Vehicle vehicle : book.get().allVehicles()) {
            DrivingClock.Clock driving = clocks.of(vehicle.id());
            if (driving != null && (driving.driving() ? reports(vehicle.id()) : rests(driving))) {
                Integer driver = driver(vehicle);
                if (driver != null) {
                    drivers.add(driver);
                }
            }
        }
        return drivers;
    }

    private boolean rests(DrivingClock.Clock driving) {
        return driving.continuousSeconds() > 0 && clock.millis() - driving.asOfMillis() < REST.toMillis();
    }

    private boolean reports(int vehicle) {
        return clock.millis() - reportedMillis.applyAsLong(vehicle) < SILENT.toMillis();
    }

    private @Nullable Integer driver(FleetBook.Vehicle vehicle) {
        DriverCards.Card card = cards.inTruck(vehicle.id());
        Integer named = card == null ? null : card.driverId();
        return named == null ? vehicle.driverId() : named;
    }
}
