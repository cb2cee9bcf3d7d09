package io.haulwatch.console.area;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.area.FilmReader.Scene;
import io.haulwatch.console.live.FeedDecoder.Truck;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.store.track.AreaVisits.Box;
import io.haulwatch.store.track.StoredPosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AreaFilmTest {
    private static final long START = 1_763_625_600_000L;
    private static final Box BOX = new Box(106_000_000, 29_000_000, 107_000_000, 30_000_000);

    private static StoredPosition at(long second, int lat, int lon, int deciKmh) {
        return new StoredPosition(
                START + second * 1_000,
                START + second * 1_000 + 500,
                second,
                0,
                0,
                3,
                lat,
                lon,
                0,
                deciKmh,
                90,
                PositionRecord.ABSENT_BYTE,
                PositionRecord.ABSENT_MILEAGE,
                PositionRecord.ABSENT_SPEED);
    }

    private static FilmReader read(AreaFilm film) {
        return new FilmReader(film.frames("{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTruckIsSeenFromWhereItEntersUntilItLeaves() {
        AreaFilm film = new AreaFilm(BOX, START, START + 600_000);
        assertThat(film.take(
                        List.of(
                                at(-20, 29_500_000, 105_990_000, 720),
                                at(10, 29_500_000, 106_100_000, 720),
                                at(20, 29_500_000, 106_200_004, 30),
                                at(30, 29_500_000, 107_000_010, 720)),
                        List.of(new AreaFilm.Alarm(START + 15_000, START + 25_000, 3))))
                .isTrue();
        assertThat(film.take(List.of(at(5, 31_000_000, 106_500_000, 0)), List.of()))
                .isFalse();
        List<Scene> scenes = read(film).scenes();
        assertThat(scenes.stream().map(scene -> (scene.atMillis() - START) / 1_000 + " " + scene.type()))
                .containsExactly("0 1", "0 4", "10 2", "20 2", "30 3", "600 6");
        assertThat(scenes.get(0).trucks()).isEmpty();
        assertThat(scenes.get(2).at(0)).isEqualTo(new Truck(10_610_000, 2_950_000, 72, 64, 15, 31 << 3, 0));
        assertThat(scenes.get(3).at(0)).isEqualTo(new Truck(10_620_000, 2_950_000, 3, 64, 13, 31 << 3 | 3, 0));
        assertThat(scenes.get(4).trucks()).isEmpty();
    }

    @Test
    void aTruckThatStandsThereAtTheBeginningIsInTheFirstPictureAndGoesWhenItFallsSilent() {
        AreaFilm film = new AreaFilm(BOX, START, START + 1_200_000);
        film.take(List.of(at(-120, 29_500_000, 106_500_000, 0), at(900, 29_500_000, 106_500_000, 0)), List.of());
        film.take(List.of(at(-301, 29_500_000, 106_500_000, 0), at(2_000, 29_500_000, 106_500_000, 0)), List.of());
        List<Scene> scenes = read(film).scenes();
        assertThat(scenes.getFirst().trucks()).containsOnlyKeys(0);
        assertThat(scenes.stream().map(scene -> (scene.atMillis() - START) / 1_000 + " " + scene.type()))
                .containsExactly("0 1", "0 4", "180 3", "900 2", "1200 3", "1200 6");
    }

    /** The film at any second against the plainest answer: the newest believed position, if it is inside and fresh. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 20_261_121, -15})
    void anySecondShowsWhoseNewestPositionIsInsideAndFresh(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        long length = 900;
        AreaFilm film = new AreaFilm(BOX, START, START + length * 1_000);
        List<List<StoredPosition>> seen = new ArrayList<>();
        for (int truck = 0; truck < 30; truck++) {
            List<StoredPosition> way = new ArrayList<>();
            for (long second = -300;
                    second < length + 100;
                    second += 1 + dice.nextInt(dice.nextInt(8) == 0 ? 500 : 30)) {
                way.add(at(
                        second,
                        28_900_000 + dice.nextInt(1_200_000),
                        105_900_000 + dice.nextInt(1_200_000),
                        10 * dice.nextInt(90)));
            }
            if (film.take(way, List.of())) {
                seen.add(way);
            }
        }
        List<Scene> scenes = read(film).scenes();
        for (long second = 0; second <= length; second += 7) {
            long now = START + second * 1_000;
            TreeMap<Integer, Integer> expected = new TreeMap<>();
            for (int slot = 0; slot < seen.size(); slot++) {
                StoredPosition newest = null;
                for (StoredPosition position : seen.get(slot)) {
                    newest = position.deviceMillis() <= now ? position : newest;
                }
                // Gone at the full second at which it is five minutes old.
                if (newest != null
                        && BOX.holds(newest.latitudeMicrodeg(), newest.longitudeMicrodeg())
                        && now - newest.deviceMillis() < AreaFilm.FRESH_MILLIS) {
                    expected.put(slot, (newest.longitudeMicrodeg() + 5) / 10);
                }
            }
            TreeMap<Integer, Integer> shown = new TreeMap<>();
            scenes.stream()
                    .filter(scene -> scene.atMillis() <= now)
                    .reduce((first, next) -> next)
                    .orElseThrow()
                    .trucks()
                    .forEach((slot, truck) -> shown.put(slot, truck.lon5()));
            assertThat(shown).as("seed %s second %s", seed, second).isEqualTo(expected);
        }
    }
}
