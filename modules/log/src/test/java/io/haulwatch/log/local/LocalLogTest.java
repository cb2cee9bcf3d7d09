package io.haulwatch.log.local;

import io.haulwatch.log.LogContract;
import io.haulwatch.log.ReportLog;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

final class LocalLogTest extends LogContract {
    @TempDir
    Path directory;

    @Override
    protected ReportLog open() throws Exception {
        return LocalLog.open(LocalLogOptions.in(directory).withMaxAge(Duration.ZERO));
    }
}
