package io.haulwatch.console.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The whole table of states and steps, against a list that a person can read. */
final class StepTest {
    /** Each line: step, states that it starts from, states that it leads to. */
    private static final String TABLE = """
            CLAIM             NEW CLAIMED COMPANY_ASKED ANSWERED  > CLAIMED
            RELEASE           CLAIMED                             > NEW
            EXPIRE            CLAIMED                             > NEW
            BEGIN             NEW CLAIMED COMPANY_ASKED ANSWERED  > ACTING
            UNDO              ACTING                              > CLAIMED
            FAIL              ACTING                              > NEW
            RESOLVE           ACTING                              > RESOLVED
            CALL_AGAIN        ACTING                              > NEW
            SEND_NOTICE       ACTING                              > COMPANY_ASKED
            DISMISS           ACTING                              > FALSE
            ASK_SECOND_PERSON ACTING                              > SECOND_PERSON
            ESCALATE          ACTING                              > IN_CASE
            APPROVE           SECOND_PERSON                       > FALSE
            REJECT            SECOND_PERSON                       > NEW
            ANSWER            COMPANY_ASKED                       > ANSWERED
            ACKNOWLEDGE       NEW CLAIMED COMPANY_ASKED ANSWERED  > RESOLVED
            TAKE_INTO_CASE    NEW CLAIMED COMPANY_ASKED ANSWERED  > IN_CASE
            CLOSE_CASE        IN_CASE                             > RESOLVED
            APPEAL            NEW COMPANY_ASKED ANSWERED RESOLVED > APPEALED
            ACCEPT_APPEAL     APPEALED                            > OVERTURNED
            REJECT_APPEAL     APPEALED                            > NEW RESOLVED
            """;

    @Test
    void everyStepLeadsFromAndToTheStatesOfTheListAndNoOthers() {
        Set<String> wanted = new TreeSet<>();
        TABLE.lines().forEach(line -> {
            String[] sides = line.split(">", -1);
            String[] left = sides[0].strip().split("\\s+");
            for (int i = 1; i < left.length; i++) {
                for (String to : sides[1].strip().split("\\s+")) {
                    wanted.add(left[0] + " " + left[i] + " " + to);
                }
            }
        });
        Set<String> found = new TreeSet<>();
        for (Step step : Step.values()) {
            for (Handling from : Handling.values()) {
                for (Handling to : Handling.values()) {
                    if (step.leads(from, to)) {
                        found.add(step + " " + from + " " + to);
                        assertThat(step.isOpenTo(from))
                                .as("%s from %s", step, from)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(found).isEqualTo(wanted);
    }

    @Test
    void aStepThatTheTableDoesNotKnowNeverReachesTheDatabase() {
        Connection untouched = (Connection) Proxy.newProxyInstance(
                StepTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    throw new AssertionError("the database was asked: " + method);
                });
        for (Step step : Step.values()) {
            for (Handling from : Handling.values()) {
                for (Handling to : Handling.values()) {
                    if (!step.leads(from, to)) {
                        assertThatThrownBy(() -> WorkTable.make(untouched, work(from), step, Change.to(to)))
                                .as("%s from %s to %s", step, from, to)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("step=" + step);
                    }
                }
            }
        }
    }

    @Test
    void everyStateIsReachedAndEveryOpenOneCanBeSettled() {
        assertThat(reached(Handling.NEW)).containsExactlyInAnyOrder(Handling.values());
        for (Handling state : Handling.values()) {
            if (state.isOpen()) {
                assertThat(reached(state)).as("ways out of %s", state).contains(Handling.RESOLVED, Handling.FALSE);
            }
        }
        assertThat(reached(Handling.FALSE)).containsExactly(Handling.FALSE);
        assertThat(reached(Handling.OVERTURNED)).containsExactly(Handling.OVERTURNED);
    }

    @Test
    void theWordsOfTheDatabaseNameEachStateOnce() {
        assertThat(Arrays.stream(Handling.values())
                        .map(each -> each.word() + "/" + each.waitsFor())
                        .collect(Collectors.toSet()))
                .hasSize(Handling.values().length);
        for (Handling each : Handling.values()) {
            assertThat(Handling.of(each.word(), each.waitsFor())).isEqualTo(each);
        }
        assertThat(Handling.of("waiting", null)).isEqualTo(Handling.ANSWERED);
        assertThatThrownBy(() -> Handling.of("new", "company")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<Handling> reached(Handling start) {
        Set<Handling> seen = EnumSet.of(start);
        Deque<Handling> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            Handling from = next.removeFirst();
            for (Step step : Step.values()) {
                for (Handling to : Handling.values()) {
                    if (step.leads(from, to) && seen.add(to)) {
                        next.addLast(to);
                    }
                }
            }
        }
        return seen;
    }

    private static Work work(Handling handling) {
        Instant noon = Instant.parse("2026-03-10T04:00:00Z");
        return new Work(
                new UUID(1, 1),
                1,
                1,
                null,
                "speeding",
                2,
                "open",
                handling,
                null,
                null,
                null,
                null,
                noon,
                "ack",
                noon,
                "");
    }
}
