package io.haulwatch.console.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.ConsoleDatabase;
import io.haulwatch.console.notifications.LearningStore;
import io.haulwatch.console.notifications.StandInReceiver;
import io.haulwatch.console.notifications.StandInReceiver.Got;
import io.haulwatch.console.notifications.TargetRule;
import io.haulwatch.store.scope.ScopedDatabase;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Statements on their way to a learning record store that is there, away, slow, or does not like what it gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementPushTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private final ConsoleDatabase database = new ConsoleDatabase();
    private final ScopedDatabase scoped =
            new ScopedDatabase(database.databases().app());
    private final Vertx vertx = Vertx.vertx();
    private Instant now = Instant.parse("2026-11-22T02:00:00Z");
    private StandInReceiver store = new StandInReceiver();
    private StatementPush push = push("127.0.0.0/8", PATIENT);

    @BeforeAll
    void start() throws Exception {
        database.run(
                "insert into hw.company (company_id, name, adcode) values (1, '甲', '110105')",
                "insert into hw.driver (driver_id, company_id, name) values (1, 1, '员')");
    }

    @BeforeEach
    void fresh() throws Exception {
        database.run(
                "delete from hw.learning_statement",
                "update hw.learning_push set last_sent_at = null, tries = 0, next_at = '-infinity', failing_since = null, fault = null");
        store = new StandInReceiver();
        push = push("127.0.0.0/8", PATIENT);
    }

    @AfterEach
    void end() throws Exception {
        push.close();
        store.close();
    }

    @AfterAll
    void stop() {
        var unused = vertx.close();
        database.close();
    }

    private StatementPush push(String opened, Duration limit) {
        return new StatementPush(
                scoped,
                new LearningStore(
                        vertx,
                        TargetRule.opening(opened),
                        new LearningStore.Account(URI.create(store.address() + "/"), "haulwatch", "s3cret", null),
                        limit),
                new SplittableRandom(7),
                () -> now);
    }

    private void statements(int count) throws Exception {
        database.run(
                "insert into hw.learning_statement (statement_id, company_id, driver_id, at, body) select md5(n::text)::uuid, 1, 1, now(),"
                        + " jsonb_build_object('id', md5(n::text)::uuid, 'n', n) from generate_series(1, " + count
                        + ") n");
    }

    private static List<Integer> numbers(Got got) {
        try {
            List<Integer> numbers = new ArrayList<>();
            for (JsonNode each : JSON.readTree(got.body())) {
                numbers.add(each.get("n").intValue());
            }
            return numbers;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String state() throws Exception {
        return database.column(
                        "select (select count(*) from hw.learning_statement where pushed_at is not null) || ' sent '"
                                + " || (select count(*) from hw.learning_statement where dead_at is not null) || ' dead '"
                                + " || coalesce(fault || ' ' || fault_detail, 'well') || ' ' || tries from hw.learning_push")
                .getFirst();
    }

    @Test
    void allGoInTheirOrderFiftyAtATimeAndOnce() throws Exception {
        store.on();
        store.answers(got -> 200);
        statements(120);
        push.look();
        assertThat(store.got.stream().map(got -> numbers(got).size()).toList()).containsExactly(50, 50, 20);
        assertThat(store.got.stream().flatMap(got -> numbers(got).stream()).toList())
                .isSorted()
                .hasSize(120);
        Got first = store.got.getFirst();
        assertThat(first.path()).isEqualTo("/haulwatch/statements");
        assertThat(first.version()).isEqualTo("1.0.3");
        assertThat(first.authorization())
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("haulwatch:s3cret".getBytes(StandardCharsets.UTF_8)));
        assertThat(state()).isEqualTo("120 sent 0 dead well 0");
        push.look();
        assertThat(store.got).hasSize(3);
    }

    @Test
    void aStoreThatIsAwayIsAskedEverLaterAndGetsAllWhenItIsBack() throws Exception {
        statements(3);
        push.look();
        assertThat(state()).startsWith("0 sent 0 dead unreachable").endsWith(" 1");
        push.look();
        assertThat(state()).as("not at once").endsWith(" 1");
        Instant before = now;
        for (int tries = 2; tries <= 14; tries++) {
            now = now.plus(Duration.ofHours(6));
            push.look();
            assertThat(state()).as("never given up").endsWith(" " + tries);
        }
        assertThat(database.column("select failing_since from hw.learning_push where failing_since = '" + before + "'"))
                .hasSize(1);
        assertThat(database.column("select next_at - '" + now + "' >= interval '4 hours' and next_at - '" + now
                        + "' <= interval '5 hours' from hw.learning_push"))
                .as("four hours, and up to a quarter more")
                .containsExactly("t");
        store.on();
        now = now.plus(Duration.ofHours(6));
        // A restart knows nothing but the rows.
        push.close();
        push = push("127.0.0.0/8", PATIENT);
        push.look();
        assertThat(state()).isEqualTo("3 sent 0 dead well 0");
    }

    @Test
    void aStoreThatHasThemAlreadyCountsAsTold() throws Exception {
        store.on();
        statements(5);
        Set<Integer> has = new HashSet<>(Set.of(2));
        store.answers(one(has, 409));
        push.look();
        assertThat(state()).isEqualTo("5 sent 0 dead well 0");
    }

    @Test
    void oneThatIsRefusedIsSingledOutAndTheOthersArrive() throws Exception {
        store.on();
        statements(70);
        store.answers(one(Set.of(33), 400));
        push.look();
        assertThat(state()).isEqualTo("69 sent 1 dead well 0");
        assertThat(database.column(
                        "select (body ->> 'n') || ' ' || fault from hw.learning_statement where dead_at is not null"))
                .containsExactly("33 status 400");
        push.look();
        assertThat(state()).isEqualTo("69 sent 1 dead well 0");
    }

    /** Answers with a status whatever has one of these in it. */
    private static Function<Got, Integer> one(Set<Integer> bad, int status) {
        return got -> numbers(got).stream().anyMatch(bad::contains) ? status : 204;
    }

    @Test
    void aStoreThatDoesNotLetUsInLosesNothing() throws Exception {
        store.on();
        store.answers(got -> 401);
        statements(2);
        push.look();
        assertThat(state()).isEqualTo("0 sent 0 dead status 401 1");
        store.answers(got -> 503);
        now = now.plus(Duration.ofMinutes(1));
        push.look();
        assertThat(state()).isEqualTo("0 sent 0 dead status 503 2");
    }

    @Test
    void aStoreThatIsSlowIsNotWaitedForEver() throws Exception {
        store.on();
        CountDownLatch over = new CountDownLatch(1);
        store.answers(got -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 200;
        });
        push.close();
        push = push("127.0.0.0/8", Duration.ofMillis(300));
        statements(1);
        push.look();
        assertThat(state()).startsWith("0 sent 0 dead timeout");
        over.countDown();
    }

    @Test
    void anInternalAddressIsCalledOnlyIfTheOperatorOpenedIt() throws Exception {
        store.on();
        push.close();
        push = push("", PATIENT);
        statements(1);
        push.look();
        assertThat(state()).startsWith("0 sent 0 dead target_closed");
        assertThat(store.got).isEmpty();
    }
}
