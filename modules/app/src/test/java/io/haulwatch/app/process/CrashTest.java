package io.haulwatch.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the product, or its database server, at random moments under load, on one data folder throughout. Afterwards everything that
 * terminals were promised is stored, nothing twice, and the episodes are those of one clean pass.
 */
@Order(1)
final class CrashTest {
    private static final int APP_KILLS = Integer.getInteger("haulwatch.crash.app", 14);
    private static final int DATABASE_KILLS = Integer.getInteger("haulwatch.crash.database", 6);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private enum Victim {
        APP,
        DATABASE
    }

    @Test
    void whatWasAcknowledgedSurvivesEveryKillAndTheEpisodesAreThoseOfACleanPass() throws Exception {
        long seed = Long.getLong("haulwatch.seed", System.nanoTime());
        System.out.println("CrashTest seed=" + seed + " (replay with -Dhaulwatch.seed=" + seed + ")");
        Random random = new Random(seed);
        List<Victim> victims = victims(random);
        ProductProcess product =
                new ProductProcess(folder.resolve("data"), Map.of("HAULWATCH_GATEWAY_UNKNOWN_TERMINALS", "enrol"));
        Load.importRegister(folder, product);
        try (product) {
            product.startAndAwaitReady();
            try (Load load = Load.start(folder, product, 6)) {
                for (int round = 0; round < victims.size(); round++) {
                    awaitFlow(product, round);
                    // The moment is random, not a condition to wait for.
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
                    switch (victims.get(round)) {
                        case DATABASE -> killPostmaster(product);
                        case APP -> {
                            product.kill();
                            product.startAndAwaitReady();
                        }
                    }
                }
                load.awaitLive();
                load.stop();
                product.awaitDrained();
                assertThat(product.stop()).isEqualTo(143);
                System.out.println("CrashTest kills: " + Collections.frequency(victims, Victim.APP) + " app, "
                        + Collections.frequency(victims, Victim.DATABASE) + " postmaster");
                Promises.assertKept("CrashTest", product, load.ledgers());
            }
        }
    }

    /** So many of each, in random order. */
    private static List<Victim> victims(Random random) {
        List<Victim> victims = new ArrayList<>();
        victims.addAll(Collections.nCopies(APP_KILLS, Victim.APP));
        victims.addAll(Collections.nCopies(DATABASE_KILLS, Victim.DATABASE));
        Collections.shuffle(victims, random);
        return victims;
    }

    private static void awaitFlow(ProductProcess product, int round) {
        double before = product.metric("haulwatch_positions_accepted_total", "");
        Awaitility.await("positions flow in round " + round)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> product.metric("haulwatch_positions_accepted_total", "") > before + 50);
    }

    /** The server of the round before may still be on its way back: waits for one that lives, and for its end. */
    private static void killPostmaster(ProductProcess product) {
        ProcessHandle postmaster = Awaitility.await("a database server that can be killed")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ProcessHandle.of(product.postmaster()).filter(ProcessHandle::isAlive), Optional::isPresent)
                .orElseThrow();
        assertThat(postmaster.destroyForcibly()).isTrue();
        Awaitility.await("the database server is gone")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !postmaster.isAlive());
    }
}
