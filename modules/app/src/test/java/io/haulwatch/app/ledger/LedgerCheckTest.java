package io.haulwatch.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.app.ledger.LedgerTally.Place;
import io.haulwatch.app.ledger.LedgerTally.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LedgerCheckTest {
    private static final Place STARTING = new Place("13800000131", 1_795_238_281, 25_183_828, 118_554_542);
    private static final Rest SLOW = new Rest(0, 3, 12, 4, 270);
    private static final Rest FASTER = new Rest(0, 3, 12, 7, 270);

    private final LedgerTally tally = new LedgerTally();

    @Test
    void halfALineAtTheEndIsNoPromiseEvenIfItLooksLikeAWholeOneWithAShorterNumber() throws IOException {
        String whole = "13800000128,7,261121130731,31592407,120731000";
        BufferedReader reader =
                new BufferedReader(new StringReader(whole + "\n13800000128,8,261121130732,31592408,120"));
        assertThat(LedgerCheck.wholeLine(reader)).isEqualTo(whole);
        assertThat(LedgerCheck.wholeLine(reader)).isNull();
    }

    @Test
    void aLineWithoutARowIsMissing() {
        tally.promised(STARTING);
        tally.stored(new Place("13800000131", 1_795_238_282, 25_183_828, 118_554_542), SLOW);
        assertThat(tally.result().missing()).isEqualTo(1);
        assertThat(tally.result().good()).isFalse();
    }

    @Test
    void aReportThatIsStoredTwiceIsFound() {
        tally.promised(STARTING);
        tally.stored(STARTING, SLOW);
        tally.stored(STARTING, SLOW);
        assertThat(tally.result().repeated()).isEqualTo(1);
        assertThat(tally.result().good()).isFalse();
    }

    @Test
    void twoReportsOfOneSecondAndPlaceWithDifferentSpeedsAreTwoRows() {
        tally.promised(STARTING);
        tally.promised(STARTING);
        tally.stored(STARTING, SLOW);
        tally.stored(STARTING, FASTER);
        assertThat(tally.result()).isEqualTo(new LedgerCheck.Result(2, 1, 0, 0, List.of()));
    }

    @Test
    void aReportThatWasAcknowledgedAgainIsOneRow() {
        tally.promised(STARTING);
        tally.promised(STARTING);
        tally.stored(STARTING, SLOW);
        assertThat(tally.result().good()).isTrue();
    }
}
