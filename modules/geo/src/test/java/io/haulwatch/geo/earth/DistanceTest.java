package io.haulwatch.geo.earth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DistanceTest {
    @Test
    void oneDegreeOfAMeridianIsAHundredAndElevenKilometres() {
        assertThat(Wgs84.haversineMetres(29_000_000, 106_000_000, 30_000_000, 106_000_000))
                .isCloseTo(111_195, within(1.0));
        assertThat(Wgs84.haversineMetres(0, 0, 0, 180_000_000))
                .isCloseTo(Math.PI * Wgs84.EARTH_RADIUS_METRES, within(1.0));
    }

    @Test
    void theQuickDistanceAgreesWithTheGreatCircleUpToAHundredKilometres() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100_000; i++) {
            int latitude = random.nextInt(59_000_000);
            int longitude = 73_000_000 + random.nextInt(60_000_000);
            double reach = Math.pow(10, 1 + random.nextDouble(4.8));
            int latitude2 = latitude + (int) ((random.nextDouble() - 0.5) * reach);
            int longitude2 = longitude + (int) ((random.nextDouble() - 0.5) * reach);
            double exact = Wgs84.haversineMetres(latitude, longitude, latitude2, longitude2);
            assertThat(Wgs84.nearMetres(latitude, longitude, latitude2, longitude2))
                    .isCloseTo(exact, within(0.01 + exact * 0.001));
        }
    }

    @Test
    void theShiftOfChineseMapsIsSomeHundredMetresAndCanBeUndone() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 10_000; i++) {
            double latitude = 20 + random.nextDouble(28.0);
            double longitude = 78 + random.nextDouble(50.0);
            Gcj02.Place shifted = Gcj02.fromWgs84(latitude, longitude);
            double metres = Wgs84.haversineMetres(
                    micro(latitude), micro(longitude), micro(shifted.latitude()), micro(shifted.longitude()));
            assertThat(metres).isBetween(5.0, 1_500.0);
            Gcj02.Place back = Gcj02.toWgs84(shifted.latitude(), shifted.longitude());
            assertThat(back.latitude()).isCloseTo(latitude, within(1e-7));
            assertThat(back.longitude()).isCloseTo(longitude, within(1e-7));
        }
    }

    @Test
    void nothingIsShiftedOutsideChina() {
        assertThat(Gcj02.fromWgs84(48.85, 2.35)).isEqualTo(new Gcj02.Place(48.85, 2.35));
    }

    @Test
    void knownPlacesAreShiftedAsOthersShiftThem() {
        assertShift(31.1774276, 121.5272106, 31.17530398, 121.53154186);
        assertShift(39.911954, 116.377817, 39.91334546, 116.38404722);
        assertShift(22.543847, 113.912316, 22.54079613, 113.91717648);
    }

    private static void assertShift(
            double latitude, double longitude, double shiftedLatitude, double shiftedLongitude) {
        Gcj02.Place shifted = Gcj02.fromWgs84(latitude, longitude);
        assertThat(shifted.latitude()).isCloseTo(shiftedLatitude, within(1e-6));
        assertThat(shifted.longitude()).isCloseTo(shiftedLongitude, within(1e-6));
    }

    private static int micro(double degrees) {
        return (int) Math.round(degrees * 1e6);
    }
}
