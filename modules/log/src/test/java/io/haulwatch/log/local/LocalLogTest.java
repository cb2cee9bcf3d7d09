package io.haulwatch.log.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.log.LogContract;
import io.haulwatch.log.ReportLog;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalLogTest extends LogContract {
    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    @Override
    protected ReportLog open() throws Exception {
        return LocalLog.open(options(directory));
    }

    private static LocalLogOptions options(Path folder) {
        return LocalLogOptions.in(folder).withMaxAge(Duration.ZERO);
    }

    @Test
    void aCopyOfTheOpenLogOpensByItselfAndGoesOnWhereItEnded() throws Exception {
        append(0, "a", "b");
        append(ReportLog.EPISODES, "e");
        log.commit("writer", 0, 1);
        ((LocalLog) log).saveMarks();
        ((LocalLog) log).copyTo(elsewhere.resolve("copy"));
        append(0, "behind the copy");
        log.close();

        log = LocalLog.open(options(elsewhere.resolve("copy")));
        assertThat(readAll(0, 0)).containsExactly("0=a", "1=b");
        assertThat(readAll(ReportLog.EPISODES, 0)).containsExactly("0=e");
        assertThat(log.committed("writer", 0)).isEqualTo(1);
        append(0, "c");
        assertThat(readAll(0, 2)).containsExactly("2=c");
    }
}
