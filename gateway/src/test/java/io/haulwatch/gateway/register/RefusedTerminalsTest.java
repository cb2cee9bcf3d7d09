package io.haulwatch.gateway.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.gateway.register.RefusedTerminals.Reason;
import io.haulwatch.gateway.register.RefusedTerminals.Refused;
import org.junit.jupiter.api.Test;

class RefusedTerminalsTest {
    private static final NewTerminal SAID =
            new NewTerminal("13912345678", "70111", "BSJ-A6", "A6B7C8D", 2, "粤B12345", 2019);

    private final RefusedTerminals refusals = new RefusedTerminals(3);

    @Test
    void countsByPhoneAndKeepsWhatTheTerminalSaidOfItself() {
        refusals.refused("13912345678", "10.0.0.1", Reason.UNKNOWN_PHONE, SAID, 1_000);
        refusals.refused("13912345678", "10.0.0.2", Reason.WRONG_CODE, null, 5_000);
        assertThat(refusals.newestFirst())
                .containsExactly(new Refused("13912345678", "10.0.0.2", Reason.WRONG_CODE, 2, 1_000, 5_000, SAID));
    }

    @Test
    void theOneHeardLongestAgoMakesRoomForANewOne() {
        refusals.refused("1", "a", Reason.UNKNOWN_PHONE, null, 1);
        refusals.refused("2", "a", Reason.UNKNOWN_PHONE, null, 2);
        refusals.refused("3", "a", Reason.UNKNOWN_PHONE, null, 3);
        refusals.refused("1", "a", Reason.UNKNOWN_PHONE, null, 4);
        refusals.refused("4", "a", Reason.UNKNOWN_PHONE, null, 5);
        assertThat(refusals.newestFirst()).extracting(Refused::phone).containsExactly("4", "1", "3");
        assertThat(refusals.displaced()).isEqualTo(1);
    }

    @Test
    void whoIsLetInAtLastIsNoLongerShown() {
        refusals.refused("1", "a", Reason.UNKNOWN_PHONE, null, 1);
        refusals.admitted("1");
        assertThat(refusals.newestFirst()).isEmpty();
    }
}
