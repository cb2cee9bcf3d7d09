package io.haulwatch.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.analytics.replay.CleanPass;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.simulator.register.RegisterFile;
import io.haulwatch.simulator.terminal.Identity;
import io.haulwatch.simulator.terminal.Reports;
import io.haulwatch.simulator.truth.Law;
import io.haulwatch.simulator.truth.Observer;
import io.haulwatch.simulator.truth.TrueEpisode;
import io.haulwatch.simulator.world.Fleet;
import io.haulwatch.simulator.world.RoadNetwork;
import io.haulwatch.simulator.world.Temper;
import io.haulwatch.simulator.world.TruckState;
import io.haulwatch.simulator.world.World;
import io.haulwatch.store.register.ReferenceLoader;
import io.haulwatch.store.register.RegisterImport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of a seeded fleet, once as reported live (a point in 10 s) and once as uploaded later (a point in 30 s), through the codec into
 * the rules, with the register as {@code haulwatch import} stores it; and beside it what a perfect observer sees in the same world.
 *
 * <p>A report every so often cannot show everything, so a truth is asked for three times: by the law as it stands; by a stricter law,
 * whose episodes the rules must find; and by a laxer one, which must have every episode that the rules find. With {@code i} seconds
 * between reports:
 *
 * <ul>
 *   <li>Speeding shows from its first to its last report above the limit, and the 15 s of grace are counted from the first report inside
 *       a zone: up to {@code i} late at the start, twice that less 15 s where the limit falls, and up to {@code i} early at the end. It
 *       must be found if it lasts 45 s + 2 {@code i}. One into which a tunnel or a wild fix falls, so that reports are further apart, is
 *       not asked for: nobody reported it.
 *   <li>A drive shows from its first report at 5 km/h to its first report standing, so each is wrong by up to {@code i} at either end.
 *       4 hours and 2 hours by night must be found from 2 {@code i} above; 8 hours in 24 are made of up to eight drives, 8 {@code i}.
 *   <li>A stop of two minutes, give or take {@code i}, may be judged a part of the drive or not.
 * </ul>
 */
final class TruthTest {
    private static final int TRUCKS = Integer.getInteger("haulwatch.truth.trucks", 200);
    private static final double MULTIPLIER = 60;
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 11);
    private static final Instant FROM =
            TODAY.atStartOfDay(ZoneOffset.ofHours(8)).toInstant();
    private static final Instant TO = FROM.plus(Duration.ofHours(24));
    /** The rules know nothing at first: they are given a day and a half before the window, as the observer has. */
    private static final Duration BEFORE = Duration.ofHours(36);

    private static final Duration AFTER = Duration.ofHours(12);
    private static final List<String> KINDS = List.of("speeding", "fatigue", "fatigue_night", "cum24", "papers");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private final long seed = Long.getLong("haulwatch.seed", 20_260_311L);
    private final RoadNetwork network = new RoadNetwork();
    private final Fleet fleet = new Fleet(network, seed, TRUCKS);
    private final Temper temper = new Temper(MULTIPLIER);
    private final World world = new World(fleet, seed, temper);
    private final RegisterFile register = new RegisterFile(fleet, network, seed, temper, TODAY);
    private final List<Identity> trucks = RegisterFile.identities(fleet, seed);

    /** An episode of one truck, found or true, device time in seconds. */
    private record Seen(int truck, String kind, long start, long end, String what) {
        boolean overlaps(Seen other, long slack) {
            return truck == other.truck
                    && kind.equals(other.kind)
                    && start <= other.end + slack
                    && other.start <= end + slack;
        }
    }

    @Test
    void theRulesFindWhatAPerfectObserverSeesAndNothingElse() throws Exception {
        System.out.println("TruthTest seed=" + seed + " (replay with -Dhaulwatch.seed=" + seed + ")");
        ReferenceSet reference = imported();
        List<Seen> truth = observe(Law.CHINA);
        assertThat(truth.stream().map(Seen::kind)).contains("speeding", "fatigue", "cum24", "papers");
        List<String> faults = new ArrayList<>();
        compare(truth, reference, 10, faults);
        compare(truth, reference, 30, faults);
        assertThat(faults).isEmpty();
    }

    private ReferenceSet imported() throws Exception {
        Path file = folder.resolve("register.json");
        register.write(file);
        Config config = Config.load(
                null, Map.of(), Map.of("data", folder.resolve("data").toString()));
        try (DatabaseAccess access = DatabaseAccess.forCommand(config, sentence -> {})) {
            new RegisterImport(access.databases().writer()).importFile(file);
            return new ReferenceLoader(access.databases().writer()).load();
        }
    }

    private static Law stricter(int interval) {
        return new Law(
                45 + 2 * interval,
                60,
                15,
                4 * 3600 + 2 * interval,
                2 * 3600 + 2 * interval,
                8 * 3600 + 8 * interval,
                20 * 60 - 2 * interval,
                120 - interval,
                1_000 + 60 * interval);
    }

    private static Law laxer(int interval) {
        return new Law(
                29,
                60 + 2 * interval,
                15,
                4 * 3600 - 2 * interval,
                2 * 3600 - 2 * interval,
                8 * 3600 - 8 * interval,
                20 * 60 + 2 * interval,
                120 + interval,
                Math.max(0, 1_000 - 60 * interval));
    }

    /** Seconds by which a found episode may begin or end before or after the true one. */
    private static long tolerance(String kind, int interval) {
        return 2 + (kind.equals("cum24") ? 8L : 2L) * interval;
    }

    private List<Seen> observe(Law law) {
        Observer observer = new Observer(world, register.content(), law);
        List<Seen> out = new ArrayList<>();
        for (Identity truck : trucks) {
            for (TrueEpisode episode : observer.watch(truck, FROM.minusSeconds(7_200), TO.plusSeconds(7_200))) {
                out.add(new Seen(
                        truck.truck(),
                        episode.kind(),
                        episode.start().getEpochSecond(),
                        episode.end().getEpochSecond(),
                        episode.toString()));
            }
        }
        return out;
    }

    private List<Seen> find(ReferenceSet reference, boolean history) {
        Map<String, Integer> vehicles = new HashMap<>();
        reference.terminals().forEach(terminal -> vehicles.put(terminal.phone(), terminal.vehicleId()));
        Map<Integer, Integer> truckOf = new HashMap<>();
        trucks.forEach(truck -> truckOf.put(vehicles.getOrDefault(truck.phone(), -1), truck.truck()));
        assertThat(truckOf)
                .as("trucks in the imported register")
                .hasSize(TRUCKS)
                .doesNotContainKey(-1);
        Reported reported = new Reported(
                world,
                trucks,
                truck -> vehicles.getOrDefault(truck.phone(), -1),
                FROM.minus(BEFORE),
                TO.plus(AFTER),
                history);
        CleanPass pass = CleanPass.over(reported, reference);
        assertThat(reported.frames()).isGreaterThan(1_000L * TRUCKS);
        List<Seen> out = new ArrayList<>();
        for (Episode episode : pass.episodes().values()) {
            if (episode.state() != EpisodeState.PREWARNED) {
                out.add(new Seen(
                        truckOf.getOrDefault(episode.vehicleId(), -1),
                        episode.rule().name().toLowerCase(Locale.ROOT),
                        episode.startMillis() / 1_000,
                        episode.endMillis() / 1_000,
                        episode.toString()));
            }
        }
        return out;
    }

    private void compare(List<Seen> truth, ReferenceSet reference, int interval, List<String> faults) {
        boolean history = interval == 30;
        List<Seen> found = find(reference, history);
        List<Seen> must = observe(stricter(interval));
        List<Seen> may = observe(laxer(interval));
        System.out.println(
                "a report every " + interval + " s   true found missed borderline surplus   start p50 p95 s late");
        Map<String, Tally> tallies = new TreeMap<>();
        KINDS.forEach(kind -> tallies.put(kind, new Tally()));
        for (Seen real : truth) {
            if (inWindow(real)) {
                judge(real, found, must, may, interval, tallies.getOrDefault(real.kind, new Tally()), faults);
            }
        }
        for (Seen seen : found) {
            if (inWindow(seen) && closest(seen, may, tolerance(seen.kind, interval)) == null) {
                tallies.computeIfAbsent(seen.kind, kind -> new Tally()).surplus++;
                faults.add(interval + " s, found and not true: " + seen);
            }
        }
        tallies.forEach((kind, tally) -> System.out.println(tally.line(kind)));
    }

    private void judge(
            Seen real,
            List<Seen> found,
            List<Seen> must,
            List<Seen> may,
            int interval,
            Tally tally,
            List<String> faults) {
        long slack = tolerance(real.kind, interval);
        tally.real++;
        Seen strict = closest(real, must, slack);
        Seen lax = closest(real, may, slack);
        Seen seen = closest(real, found, slack);
        // A stop of nearly two minutes is on one side of the law or the other; so is the truth that hangs on it.
        boolean sure = strict != null
                && lax != null
                && near(strict.start, real.start, slack)
                && near(lax.start, real.start, slack)
                && near(strict.end, real.end, slack)
                && near(lax.end, real.end, slack)
                && longestSpacing(real, interval) <= (real.kind.equals("speeding") ? interval : 120);
        if (seen == null) {
            if (sure) {
                tally.missed++;
                faults.add(interval + " s, true and not found: " + real);
            } else {
                tally.borderline++;
            }
            return;
        }
        tally.delays.add(seen.start - real.start);
        if (sure && !(near(seen.start, real.start, slack) && near(seen.end, real.end, slack))) {
            faults.add(interval + " s, found at another time: " + seen + " instead of " + real);
        }
    }

    private static boolean near(long one, long other, long slack) {
        return Math.abs(one - other) <= slack;
    }

    private static boolean inWindow(Seen seen) {
        return seen.start >= FROM.getEpochSecond() && seen.start < TO.getEpochSecond();
    }

    private static @Nullable Seen closest(Seen to, List<Seen> among, long slack) {
        return among.stream()
                .filter(other -> other.overlaps(to, slack))
                .min(Comparator.comparingLong(other -> Math.abs(other.start - to.start)))
                .orElse(null);
    }

    /** The longest time without a report that can be believed, from just before the episode to just after it, s. */
    private long longestSpacing(Seen real, int interval) {
        Reports reports = new Reports(world);
        TruckState state = new TruckState();
        long last = real.start - interval;
        long longest = 0;
        long end = Reports.stepAt(real.truck, (real.end + interval) * 1_000);
        for (long step = Reports.stepAt(real.truck, last * 1_000); step <= end; step++) {
            long millis = Reports.millis(real.truck, step);
            if (reports.reports(real.truck, step, interval == 30)) {
                world.at(real.truck, millis, state);
                if (!state.misplaced()) {
                    longest = Math.max(longest, millis / 1_000 - last);
                    last = millis / 1_000;
                }
            }
        }
        return Math.max(longest, real.end - last);
    }

    /** A row of the table. */
    private static final class Tally {
        private final List<Long> delays = new ArrayList<>();
        private int real;
        private int missed;
        private int borderline;
        private int surplus;

        private long delay(int percent) {
            long[] sorted = delays.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
        }

        String line(String kind) {
            return String.format(
                    Locale.ROOT,
                    "  %-20s %6d %5d %6d %10d %7d %11d %3d",
                    kind,
                    real,
                    delays.size(),
                    missed,
                    borderline,
                    surplus,
                    delay(50),
                    delay(95));
        }
    }
}
