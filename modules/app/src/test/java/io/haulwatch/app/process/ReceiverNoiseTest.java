package io.haulwatch.app.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.haulwatch.analytics.replay.CleanPass;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.app.process.NoisyTrack.Fix;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.RuleProfile;
import io.haulwatch.store.register.ReferenceLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real receiver noise through the running product: the tracks of two people with every jump that their receivers made, in the harshest
 * reading, where each fix reports the speed that the way from the one before implies. No speeding episode holds a jump, and a minute of true
 * speeding behind the noise opens one. What a jump is, is worked out here from the stored places, by §3 of the speeding sheet.
 */
final class ReceiverNoiseTest {
    private static final int FEWEST_JUDGED = 150_000;
    /** Fewer jumps than this are not the noise that is meant. */
    private static final int FEWEST_JUMPS = 100;
    /** Limits far below a truck's, with which the city's traffic makes hundreds of episodes among the jumps. */
    private static final int[] LOW_LIMITS_KMH = {60, 20};

    private static final String REGISTER = """
            {"haulwatch_register": 1,
             "companies": [{"key": "c", "name": "定位噪声运输有限公司", "adcode": "110100"}],
             "vehicles": [
               {"company": "c", "plate": "京A12001", "plate_colour": 2, "vehicle_class": "GENERAL",
                "terminal": {"phone": "13900012001", "device_id": "NOISE01", "edition": 2013}},
               {"company": "c", "plate": "京A12005", "plate_colour": 2, "vehicle_class": "GENERAL",
                "terminal": {"phone": "13900012005", "device_id": "NOISE05", "edition": 2013}}],
             "drivers": [{"key": "d1", "company": "c", "name": "甲"}, {"key": "d5", "company": "c", "name": "乙"}],
             "assignments": [{"vehicle": "京A12001", "driver": "d1"}, {"vehicle": "京A12005", "driver": "d5"}]}
            """;

    /** Every 5 s, 0.1 km/h: under the limit of 90, then 60 s over it, then under it for long enough to end it. */
    private static final int[] RUN = {
        600, 650, 700, 750, 800, 840, //
        1000, 1120, 1240, 1300, 1300, 1300, 1300, 1300, 1300, 1240, 1180, 1100, 1000, //
        840, 760, 700, 650, 600, 600, 600
    };

    private static final int RUN_FIRST_OVER = 6;
    private static final int RUN_LAST_OVER = 18;
    private static final int RUN_THIRTY_SECONDS = RUN_FIRST_OVER + 6;
    private static final long RUN_STEP_MILLIS = 5_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    /** A truck that plays one user's track. */
    private record Truck(String user, String phone, String deviceId, String plate) {}

    private static final List<Truck> TRUCKS = List.of(
            new Truck("001", "013900012001", "NOISE01", "京A12001"),
            new Truck("005", "013900012005", "NOISE05", "京A12005"));

    @Test
    void noiseOfRealReceiversRaisesNoSpeedingAlarmAndAMinuteOfTrueSpeedingRaisesOne() throws Exception {
        Optional<Path> file = SharedFolder.file("data", "geolife-two-users.csv.gz");
        if (file.isEmpty()) {
            System.out.println(
                    "SKIPPED: ReceiverNoiseTest, data/geolife-two-users.csv.gz is neither in a folder 'shared'"
                            + " beside this checkout nor below -Dhaulwatch.shared");
        }
        assumeTrue(file.isPresent(), "the tracks are not beside this checkout");
        // The product judges times by its clock, so the tracks end at a fixed distance from one look at ours.
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.minus(Duration.ofHours(1));
        System.out.println("ReceiverNoiseTest reference time " + now + ", tracks end at " + end);
        Map<String, List<Fix>> tracks = NoisyTrack.read(file.get(), end.toEpochMilli());
        long fixes = tracks.values().stream().mapToLong(List::size).sum();
        long distinct = tracks.values().stream()
                .mapToLong(track -> track.stream().distinct().count())
                .sum();

        Path data = folder.resolve("data");
        Path register = Files.writeString(folder.resolve("register.json"), REGISTER);
        try (ProductProcess product = new ProductProcess(data, Map.of())) {
            product.run("import", "--data", data.toString(), register.toString());
            product.startAndAwaitReady();
            long began = System.nanoTime();
            int batches = sendAll(product.terminalPort(), tracks);
            awaitTaken(product, fixes);
            System.out.printf(
                    Locale.ROOT,
                    "ReceiverNoiseTest played %d fixes (%d distinct) in %d batches of 0x0704, taken in %.1f s; outcomes %s%n",
                    fixes,
                    distinct,
                    batches,
                    (System.nanoTime() - began) / 1e9,
                    outcomes(product));
            assertThat(outcome(product, "judged")).isGreaterThanOrEqualTo(FEWEST_JUDGED);
            assertThat(outcome(product, "late")).isZero();
            double opened = openings(product);

            List<Fix> run = run(requireNonNull(tracks.get("001")).getLast());
            try (ReplayTerminal terminal = signOn(product.terminalPort(), TRUCKS.getFirst())) {
                terminal.sendReports(run.subList(0, RUN_THIRTY_SECONDS + 1));
                awaitTaken(product, fixes + RUN_THIRTY_SECONDS + 1);
                assertThat(openings(product))
                        .as("openings after 30 s, which is not longer than 30 s")
                        .isEqualTo(opened);
                terminal.sendReports(run.subList(RUN_THIRTY_SECONDS + 1, run.size()));
            }
            awaitTaken(product, fixes + run.size());
            assertThat(openings(product)).as("openings after 60 s").isEqualTo(opened + 1);
            product.awaitDrained();
            assertThat(product.stop()).isEqualTo(143);
            check(data, distinct, run);
        }
    }

    private static int sendAll(int port, Map<String, List<Fix>> tracks) throws Exception {
        int batches = 0;
        try (ExecutorService both = Executors.newFixedThreadPool(TRUCKS.size())) {
            List<Future<Integer>> sent = new ArrayList<>();
            for (Truck truck : TRUCKS) {
                sent.add(both.submit(() -> {
                    try (ReplayTerminal terminal = signOn(port, truck)) {
                        return terminal.sendBatches(requireNonNull(tracks.get(truck.user), truck.user));
                    }
                }));
            }
            for (Future<Integer> one : sent) {
                batches += one.get(5, TimeUnit.MINUTES);
            }
        }
        return batches;
    }

    private static ReplayTerminal signOn(int port, Truck truck) throws Exception {
        return new ReplayTerminal(port, truck.phone, truck.deviceId, truck.plate);
    }

    /** Straight north from where the track ended, after a pause as long as any of it, with places that agree with the speeds. */
    private static List<Fix> run(Fix last) {
        List<Fix> run = new ArrayList<>();
        double metres = 0;
        for (int i = 0; i < RUN.length; i++) {
            if (i > 0) {
                metres += (RUN[i - 1] + RUN[i]) / 2.0 / 36 * RUN_STEP_MILLIS / 1_000;
            }
            run.add(new Fix(
                    last.deviceMillis() + NoisyTrack.LONGEST_PAUSE_MILLIS + i * RUN_STEP_MILLIS,
                    last.latitudeMicrodeg() + (int) Math.round(metres / 0.111_195),
                    last.longitudeMicrodeg(),
                    RUN[i]));
        }
        return run;
    }

    private static void awaitTaken(ProductProcess product, long positions) {
        Awaitility.await("the rules have taken in " + positions + " positions")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> product.metric("haulwatch_rules_positions_total", "") == positions);
    }

    private static double outcome(ProductProcess product, String outcome) {
        return product.metric("haulwatch_rules_positions_total", "outcome=\"" + outcome + "\"");
    }

    private static Map<String, Long> outcomes(ProductProcess product) {
        Map<String, Long> outcomes = new TreeMap<>();
        for (String outcome :
                List.of("judged", "doubted", "same_second", "unpositioned", "late", "repeated", "impossible")) {
            outcomes.put(outcome, (long) outcome(product, outcome));
        }
        return outcomes;
    }

    private static double openings(ProductProcess product) {
        return product.metric("haulwatch_episodes_total", "event=\"open\",rule=\"speeding\"");
    }

    private static void check(Path data, long distinct, List<Fix> run) throws Exception {
        Config config = Config.load(null, Map.of(), Map.of("data", data.toString()));
        try (DatabaseAccess access = DatabaseAccess.forCommand(config, sentence -> {});
                Connection connection = access.databases().administrator()) {
            Map<Integer, StoredTrack> tracks = StoredTrack.all(connection);
            assertThat(tracks.values().stream().mapToLong(StoredTrack::size).sum())
                    .isEqualTo(distinct + run.size());
            tracks.values().forEach(track -> System.out.println("ReceiverNoiseTest stored " + track));
            assertThat(tracks.values().stream().mapToInt(StoredTrack::jumps).sum())
                    .isGreaterThan(FEWEST_JUMPS);

            List<Episode> stored = Stored.episodes(connection);
            for (Episode episode : sorted(stored)) {
                if (episode.state() != EpisodeState.WITHDRAWN) {
                    System.out.println("ReceiverNoiseTest remains "
                            + track(tracks, episode).line(episode));
                }
            }
            assertThat(tracks.values())
                    .allSatisfy(track -> assertThat(track.believedJumps()).isEmpty());
            List<Episode> speeding = speeding(stored);
            assertThat(lines(speeding, tracks, StoredTrack::jumpsWithin))
                    .as("with a jump")
                    .isEmpty();
            long behind = run.getFirst().deviceMillis();
            assertThat(speeding.stream().filter(episode -> episode.startMillis() >= behind))
                    .singleElement()
                    .satisfies(episode -> {
                        assertThat(track(tracks, episode).plate()).isEqualTo(TRUCKS.getFirst().plate);
                        isTheRun(episode, run);
                    });

            ReferenceSet reference = new ReferenceLoader(access.databases().writer()).load();
            assertThat(CleanPass.over(Stored.positions(connection), reference).differences(stored))
                    .isEmpty();
            for (int limit : LOW_LIMITS_KMH) {
                CleanPass pass = CleanPass.over(Stored.positions(connection), withLimit(reference, limit));
                List<Episode> low = speeding(pass.episodes().values());
                long prompts = low.stream()
                        .filter(episode -> episode.state() == EpisodeState.PREWARNED)
                        .count();
                System.out.println("ReceiverNoiseTest with a limit of " + limit + " km/h: " + (low.size() - prompts)
                        + " episodes of speeding and " + prompts + " prompts");
                assertThat(low.size() - prompts).isGreaterThan(10);
                // One dropped fix may lie within an episode, which goes on; the second in a row ends it.
                assertThat(lines(low, tracks, StoredTrack::doubtsInARowWithin))
                        .as("over two fixes in a row that are not believed")
                        .isEmpty();
                System.out.println("ReceiverNoiseTest   of them over a single dropped jump: "
                        + lines(low, tracks, StoredTrack::jumpsWithin));
            }
        }
    }

    private static ReferenceSet withLimit(ReferenceSet reference, int limitKmh) {
        List<RuleProfile> profiles = new ArrayList<>();
        for (RuleProfile profile : reference.profiles()) {
            Map<String, String> parameters = new HashMap<>(profile.parameters());
            parameters.replace("limit_kmh", Integer.toString(limitKmh));
            profiles.add(new RuleProfile(
                    profile.rule(),
                    profile.version(),
                    profile.companyId(),
                    profile.vehicleClass(),
                    parameters,
                    profile.effectiveFrom(),
                    profile.effectiveTo()));
        }
        return new ReferenceSet(
                reference.number(),
                reference.terminals(),
                reference.vehicles(),
                reference.assignments(),
                reference.papers(),
                reference.zones(),
                profiles);
    }

    private static void isTheRun(Episode episode, List<Fix> run) {
        assertThat(episode.state()).isEqualTo(EpisodeState.CLOSED);
        assertThat(episode.endedBy()).isEqualTo("limit");
        assertThat(episode.evidence()).isEqualTo(Evidence.LIVE);
        assertThat(episode.severity()).isEqualTo(Severity.of(3));
        assertThat(episode.driverId()).isNotNull();
        assertThat(episode.startMillis()).isEqualTo(run.get(RUN_FIRST_OVER).deviceMillis());
        assertThat(episode.endMillis()).isEqualTo(run.get(RUN_LAST_OVER).deviceMillis());
        assertThat(episode.facts()).containsEntry("limit_source", "PLATFORM_VEHICLE");
        assertThat(episode.measures())
                .containsEntry("limit_decikmh", 900L)
                .containsEntry("peak_decikmh", 1_300L)
                .containsEntry("excess_permille", 444L)
                .containsEntry("duration_s", 60L)
                .containsEntry("seconds_over", 60L)
                .doesNotContainKey("dropped_points");
    }

    private static List<Episode> sorted(Collection<Episode> episodes) {
        return episodes.stream()
                .sorted(Comparator.comparingInt(Episode::vehicleId).thenComparingLong(Episode::startMillis))
                .toList();
    }

    private static List<Episode> speeding(Collection<Episode> episodes) {
        return sorted(episodes).stream()
                .filter(episode -> episode.rule() == Rule.SPEEDING)
                .toList();
    }

    private static StoredTrack track(Map<Integer, StoredTrack> tracks, Episode episode) {
        return requireNonNull(tracks.get(episode.vehicleId()), "an episode of a truck without positions");
    }

    /** Those of {@code episodes} with something between start and end that does not belong there, a line each. */
    private static List<String> lines(
            List<Episode> episodes, Map<Integer, StoredTrack> tracks, BiPredicate<StoredTrack, Episode> wrong) {
        return episodes.stream()
                .filter(episode -> wrong.test(track(tracks, episode), episode))
                .map(episode -> track(tracks, episode).line(episode))
                .toList();
    }
}
