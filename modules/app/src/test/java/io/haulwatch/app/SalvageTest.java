package io.haulwatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.log.AppendGroup;
import io.haulwatch.log.local.LocalLog;
import io.haulwatch.log.local.LocalLogOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code haulwatch salvage} as an operator sees it. */
final class SalvageTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatWasKeptAndWhereTheOldFilesAre() throws Exception {
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(data.resolve("log")))) {
            AppendGroup group = log.newGroup();
            for (int i = 0; i < 3; i++) {
                group.begin(2, 8).putLong(group.position(), i);
                group.commit(8);
            }
            log.append(group);
        }
        assertThat(salvage()).isZero();
        assertThat(out.toString())
                .contains("partition 2: kept offsets 0 to 3, missing 0")
                .contains(data.resolve("log").resolve("db.damaged-").toString());
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(data.resolve("log")))) {
            assertThat(log.end(2)).isEqualTo(3);
        }
    }

    @Test
    void refusesALogThatIsOpen() throws Exception {
        try (LocalLog log = LocalLog.open(LocalLogOptions.in(data.resolve("log")))) {
            assertThat(log.end(0)).isZero();
            assertThat(salvage()).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString()).contains("stop it first");
        }
    }

    @Test
    void refusesAFolderWithoutALog() {
        assertThat(salvage()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("There is no report log in " + data.resolve("log"));
    }

    private int salvage() {
        return Main.run(
                new String[] {"salvage", "--data", data.toString()},
                new PrintWriter(out, true),
                new PrintWriter(err, true));
    }
}
