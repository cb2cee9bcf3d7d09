package io.haulwatch.analytics.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

final class TroubleTest {
    @Test
    void whatABatchHeldStaysOutOfTheSentence() {
        SQLException server = new SQLException("FATAL: terminating connection due to administrator command", "57P01");
        BatchUpdateException batch = new BatchUpdateException(
                "Batch entry 0 insert into hw.episode\nvalues ('粤B12345') was aborted", "57P01", 0, new int[0], server);
        batch.setNextException(server);
        assertThat(Trouble.sentence(batch))
                .isEqualTo("the database does not answer: FATAL: terminating connection due to administrator command");
    }

    @Test
    void theCauseIsToldRatherThanThePoolsPatience() {
        SQLException refused = new SQLException("Connection to 127.0.0.1:5432 refused.", "08001");
        assertThat(Trouble.sentence(new SQLTransientConnectionException(
                        "haulwatch_writer - Connection is not available, request timed out after 5001ms",
                        "08001",
                        refused)))
                .isEqualTo("the database does not answer: Connection to 127.0.0.1:5432 refused.");
    }

    @Test
    void aRefusalIsToldFromSilenceAndEndsWithItsFirstLine() {
        assertThat(Trouble.sentence(
                        new SQLException("ERROR: permission denied for table position\n  Where: COPY", "42501")))
                .isEqualTo("the database refuses: ERROR: permission denied for table position");
        assertThat(Trouble.sentence(new SQLException("x".repeat(5_000), "22000")))
                .hasSizeLessThan(300);
        assertThat(Trouble.sentence(new IOException("the episode stream cannot be read")))
                .isEqualTo("the episode stream cannot be read");
    }
}
