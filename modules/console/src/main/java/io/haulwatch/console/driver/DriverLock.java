package io.haulwatch.console.driver;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.live.FleetState;
import io.haulwatch.console.live.FleetState.VehicleState;
import io.haulwatch.console.port.DriverCards;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Nobody learns at the wheel. A driver's trucks are those that have his card in the terminal; without any, those that he is assigned to and that
 * have nobody else's card. While one of them moves, routes behind the lock answer 423.
 */
final class DriverLock {
    /** A position that is older says nothing about now. */
    static final Duration FRESH = Duration.ofMinutes(3);

    private static final Duration BELIEVED = Duration.ofSeconds(1);

    private final FleetState fleet;
    private final DriverCards cards;
    private final Supplier<FleetBook> book;
    private final InstantSource clock;
    private volatile Index index = new Index(Instant.EPOCH, Map.of(), Map.of());

    DriverLock(FleetState fleet, DriverCards cards, Supplier<FleetBook> book, InstantSource clock) {
        this.fleet = fleet;
        this.cards = cards;
        this.book = book;
        this.clock = clock;
    }

    private record Index(
            Instant madeAt,
            Map<Integer, List<FleetBook.Vehicle>> byCard,
            Map<Integer, List<FleetBook.Vehicle>> byAssignment) {}

    /** A driver's truck. */
    record Truck(int id, String plate, boolean moving) {}

    /** His trucks, the moving ones first. */
    List<Truck> trucks(int driverId) {
        Index now = index();
        List<FleetBook.Vehicle> his = now.byCard.getOrDefault(driverId, List.of());
        if (his.isEmpty()) {
            his = now.byAssignment.getOrDefault(driverId, List.of());
        }
        return his.stream()
                .map(vehicle -> new Truck(vehicle.id(), vehicle.plate(), moves(vehicle.id())))
                .sorted((a, b) -> Boolean.compare(b.moving, a.moving))
                .toList();
    }

    /** The truck that he drives now, or would; null if there is none. */
    @Nullable
    Truck truck(int driverId) {
        List<Truck> trucks = trucks(driverId);
        return trucks.isEmpty() ? null : trucks.getFirst();
    }

    /** Whether his truck moves. */
    boolean isMoving(int driverId) {
        Truck truck = truck(driverId);
        return truck != null && truck.moving;
    }

    /** Stands before a route. */
    Route.Endpoint before(Route.Endpoint endpoint) {
        return call -> {
            refuseWhileMoving(Self.id(call));
            return endpoint.answer(call);
        };
    }

    /** @throws Refusal while his truck moves */
    void refuseWhileMoving(int driverId) {
        Truck truck = truck(driverId);
        if (truck != null && truck.moving) {
            throw Refusal.locked(
                            "truck-moving",
                            "Your truck " + truck.plate
                                    + " is moving: nothing but the rest-time clock is shown. Go on when it stands; what you have answered is kept.")
                    .saying("plate", truck.plate);
        }
    }

    private boolean moves(int vehicleId) {
        VehicleState state = fleet.of(vehicleId);
        return state != null && state.speedDeciKmh() > 0 && clock.millis() - state.receivedMillis() < FRESH.toMillis();
    }

    private Index index() {
        Index known = index;
        Instant now = clock.instant();
        if (!known.madeAt.isAfter(now) && now.isBefore(known.madeAt.plus(BELIEVED))) {
            return known;
        }
        Map<Integer, List<FleetBook.Vehicle>> byCard = new HashMap<>();
        Map<Integer, List<FleetBook.Vehicle>> byAssignment = new HashMap<>();
        for (FleetBook.Vehicle vehicle : book.get().allVehicles()) {
            DriverCards.Card card = cards.inTruck(vehicle.id());
            Integer named = card == null ? null : card.driverId();
            if (named != null) {
                byCard.computeIfAbsent(named, none -> new ArrayList<>()).add(vehicle);
            } else if (vehicle.driverId() != null) {
                byAssignment
                        .computeIfAbsent(vehicle.driverId(), none -> new ArrayList<>())
                        .add(vehicle);
            }
        }
        Index made = new Index(now, byCard, byAssignment);
        index = made;
        return made;
    }
}
