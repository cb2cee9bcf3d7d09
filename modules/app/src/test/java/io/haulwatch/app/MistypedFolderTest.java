package io.haulwatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that looks at what is there makes no empty database where a folder's name was mistyped. */
final class MistypedFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"verify-audit", "user list", "user reset-password admin", "sum-tables"})
    void aFolderWithoutADatabaseIsRefusedAndStaysAsItWas(String command) throws Exception {
        Path typo = folder.resolve("typo");
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("--data", typo.toString()));
        assertThat(Main.run(
                        words.toArray(new String[0]),
                        new PrintWriter(new StringWriter(), true),
                        new PrintWriter(err, true)))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("There is no database in " + typo + ": name the data folder with --data.");
        assertThat(Files.exists(typo)).isFalse();
    }
}
