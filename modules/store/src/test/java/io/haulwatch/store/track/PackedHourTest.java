package io.haulwatch.store.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.model.report.PositionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedHourTest {
    private static final long START = 1_763_625_600_000L;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 20_261_121, -8})
    void givesBackWhatWasPackedWhateverItSays(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<StoredPosition> positions = new ArrayList<>();
            for (int i = dice.nextInt(40); i >= 0; i--) {
                positions.add(new StoredPosition(
                        edge(dice),
                        edge(dice),
                        dice.nextLong(),
                        dice.nextInt(),
                        dice.nextInt(),
                        dice.nextInt(),
                        dice.nextInt(),
                        dice.nextInt(),
                        dice.nextInt(),
                        dice.nextInt(),
                        dice.nextInt(),
                        dice.nextInt(),
                        edge(dice),
                        dice.nextInt()));
            }
            assertThat(PackedHour.unpack(PackedHour.pack(positions)))
                    .as("seed=%s round=%s", seed, round)
                    .isEqualTo(positions);
        }
    }

    private static long edge(SplittableRandom dice) {
        return switch (dice.nextInt(4)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> dice.nextLong();
            default -> dice.nextInt(1_000);
        };
    }

    @Test
    void anHourOfATruckOnTheRoadFitsOnAPage() {
        SplittableRandom dice = new SplittableRandom(11);
        byte[] packed = PackedHour.pack(drive(dice, 360));
        assertThat(packed.length).isLessThan(7_000);
    }

    private static List<StoredPosition> drive(SplittableRandom dice, int count) {
        List<StoredPosition> positions = new ArrayList<>();
        int latitude = 29_563_000;
        int longitude = 106_551_640;
        int heading = 40;
        for (int i = 0; i < count; i++) {
            int speed = 600 + dice.nextInt(200);
            heading = Math.floorMod(heading + dice.nextInt(15) - 7, 360);
            latitude += (int) (speed / 36.0 * 10 * 9 * Math.cos(Math.toRadians(heading)));
            longitude += (int) (speed / 36.0 * 10 * 10 * Math.sin(Math.toRadians(heading)));
            long device = START + i * 10_000L;
            positions.add(new StoredPosition(
                    device,
                    device + 200 + dice.nextInt(1_500),
                    dice.nextLong(),
                    4,
                    0,
                    3,
                    latitude,
                    longitude,
                    250 + dice.nextInt(20),
                    speed,
                    heading,
                    8 + dice.nextInt(8),
                    1_000_000 + i * 2L,
                    PositionRecord.ABSENT_SPEED));
        }
        return positions;
    }

    @Test
    void refusesBytesThatItDidNotMakeAndNeverAsksForTheirMemory() {
        SplittableRandom dice = new SplittableRandom(5);
        byte[] good = PackedHour.pack(drive(dice, 50));
        for (int round = 0; round < 5_000; round++) {
            byte[] bad = good.clone();
            for (int i = dice.nextInt(1, 4); i > 0; i--) {
                bad[dice.nextInt(dice.nextBoolean() ? 9 : bad.length)] = (byte) dice.nextInt();
            }
            try {
                assertThat(PackedHour.unpack(bad)).hasSizeLessThanOrEqualTo(bad.length / 8);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("packed hour");
            }
        }
        assertThatThrownBy(() -> PackedHour.unpack(new byte[0])).hasMessageContaining("bytes=0");
    }
}
