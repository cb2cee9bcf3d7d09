package io.haulwatch.simulator.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.simulator.world.Fleet;
import io.haulwatch.simulator.world.RoadNetwork;
import io.haulwatch.simulator.world.Temper;
import io.haulwatch.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReportsTest {
    private static final long NOW = Instant.parse("2026-03-11T04:00:00Z").toEpochMilli();
    private static final int TRUCKS = 40;

    private final long seed = Long.getLong("haulwatch.seed", System.nanoTime());
    private final World world = new World(new Fleet(new RoadNetwork(), seed, TRUCKS), seed, new Temper(20));
    private final Reports reports = new Reports(world);

    ReportsTest() {
        System.out.println("ReportsTest seed=" + seed + " (replay with -Dhaulwatch.seed=" + seed + ")");
    }

    /** A night without reports would be an unknown stretch, which counts as driving. */
    @Test
    void aTruckThatSleepsGoesOnReportingSoItsNightIsKnownToBeARest() {
        for (int truck = 0; truck < TRUCKS; truck++) {
            for (boolean history : new boolean[] {false, true}) {
                long last = -1;
                long longest = 0;
                long from = Reports.stepAt(truck, NOW);
                for (long step = from; step < from + 2 * 8_640; step++) {
                    if (reports.reports(truck, step, history)) {
                        long millis = Reports.millis(truck, step);
                        longest = last < 0 ? 0 : Math.max(longest, millis - last);
                        if (last >= 0 && world.speedKmh(truck, last) == 0 && world.speedKmh(truck, millis) == 0) {
                            assertThat(millis - last)
                                    .as("truck %d asleep at %s", truck, Instant.ofEpochMilli(millis))
                                    .isLessThanOrEqualTo(60_000);
                        }
                        last = millis;
                    }
                }
                // The longest tunnel takes 90 s; who drives from the yard straight into one last reported 60 s before.
                assertThat(longest).as("truck %d", truck).isBetween(60_000L, 150_000L);
            }
        }
    }

    @Test
    void aParkedTruckReportsAsOftenAsAsked() {
        Reports often = new Reports(world, Duration.ofSeconds(10));
        for (int truck = 0; truck < TRUCKS; truck++) {
            long from = Reports.stepAt(truck, NOW);
            for (long step = from; step < from + 8_640; step++) {
                if (!world.ignition(truck, Reports.millis(truck, step))) {
                    assertThat(often.reports(truck, step, false))
                            .as("truck %d at %d", truck, step)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theEndOfADriveIsReportedWithinOneInterval() {
        int ends = 0;
        for (int truck = 0; truck < TRUCKS; truck++) {
            long from = Reports.stepAt(truck, NOW);
            for (long step = from; step < from + 8_640; step++) {
                boolean switchedOff = world.ignition(truck, Reports.millis(truck, step - 1))
                        && !world.ignition(truck, Reports.millis(truck, step));
                if (switchedOff) {
                    ends++;
                    assertThat(reports.reports(truck, step, false))
                            .as("truck %d step %d", truck, step)
                            .isTrue();
                }
            }
        }
        assertThat(ends).isGreaterThan(TRUCKS);
    }

    @Test
    void aDrivingTruckReportsEveryTenSecondsLiveAndEveryThirtyAfterwards() {
        int truck = 0;
        long step = Reports.stepAt(truck, NOW);
        while (!(drives(truck, step) && drives(truck, step + 60))) {
            step++;
        }
        int live = 0;
        int history = 0;
        for (long s = step; s < step + 60; s++) {
            live += reports.reports(truck, s, false) ? 1 : 0;
            history += reports.reports(truck, s, true) ? 1 : 0;
        }
        // Tunnels may hold some of them.
        assertThat(live).isBetween(40, 60);
        assertThat(history).isBetween(13, 20);
    }

    private boolean drives(int truck, long step) {
        return world.speedKmh(truck, Reports.millis(truck, step)) > 20;
    }
}
