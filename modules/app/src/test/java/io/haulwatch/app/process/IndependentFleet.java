package io.haulwatch.app.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The fleet of terminals that was written independently of this code; it is not part of a checkout and may be missing. */
final class IndependentFleet {
    private IndependentFleet() {}

    /** Where it is, looked for beside the checkout. */
    static Optional<Path> source() {
        return SharedFolder.file("tools", "LoadGen.java");
    }

    /** Starts it; it ends by itself. */
    static Process start(Path source, Path output, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                source.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
