package io.haulwatch.console.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.port.DriverCards;
import io.haulwatch.console.port.DrivingClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriversAtWorkTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;

    private final Map<Integer, DrivingClock.Clock> clocks = new HashMap<>();
    private final Map<Integer, DriverCards.Card> cards = new HashMap<>();
    private final Map<Integer, Long> reported = new HashMap<>();
    private final DriversAtWork atWork = new DriversAtWork(
            vehicle -> reported.getOrDefault(vehicle, 0L),
            clocks::get,
            cards::get,
            () -> new FleetBook(
                    1,
                    Map.of(),
                    Map.of(
                            7,
                            new FleetBook.Vehicle(7, 1, "渝A00007", 2, "GENERAL", 70),
                            8,
                            new FleetBook.Vehicle(8, 1, "渝A00008", 2, "GENERAL", null)),
                    Map.of()),
            () -> Instant.ofEpochMilli(NOW));

    @BeforeEach
    void reports() {
        reported.put(7, NOW - MINUTE);
        reported.put(8, NOW - MINUTE);
    }

    private static DrivingClock.Clock clock(boolean driving, long continuousSeconds, long asOf) {
        return new DrivingClock.Clock(continuousSeconds, 14_400, NOW + 60 * MINUTE, driving, asOf);
    }

    @Test
    void whoeverDrivesIsLeftAloneAsLongAsHisTruckReports() {
        assertThat(atWork.get()).isEmpty();
        clocks.put(7, clock(true, 3_600, NOW - 60 * MINUTE));
        assertThat(atWork.get()).containsExactly(70);
        reported.put(7, NOW - 11 * MINUTE);
        assertThat(atWork.get()).isEmpty();
    }

    @Test
    void aRestIsLeftAloneUntilItIsTwentyMinutesLong() {
        clocks.put(7, clock(false, 3_600, NOW - 19 * MINUTE));
        assertThat(atWork.get()).containsExactly(70);
        clocks.put(7, clock(false, 3_600, NOW - 20 * MINUTE));
        assertThat(atWork.get()).isEmpty();
        clocks.put(7, clock(false, 0, NOW - MINUTE));
        assertThat(atWork.get()).as("rested").isEmpty();
    }

    @Test
    void aCardSaysWhoDrivesBeforeTheRegister() {
        clocks.put(7, clock(true, 60, NOW));
        clocks.put(8, clock(true, 60, NOW));
        assertThat(atWork.get()).as("nobody is assigned to the second").containsExactly(70);
        cards.put(7, new DriverCards.Card(71, "11", 0));
        cards.put(8, new DriverCards.Card(72, "22", 0));
        assertThat(atWork.get()).containsExactlyInAnyOrder(71, 72);
    }
}
