package io.haulwatch.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How this machine lets us run a server program. PostgreSQL refuses to run as root, so root needs a wrapper; and a child that
 * would outlive us, or die of the terminal's Ctrl-C before we have said good-bye to it, needs others. What is missing on the
 * machine is left out: it makes a crash less tidy, never a start impossible.
 */
record ServerCommand(Wrapper wrapper, boolean ownSession, boolean diesWithParent) {
    /** What stands between root and the server. */
    enum Wrapper {
        /** We are not root. */
        NONE,
        /** A user namespace in which we are nobody; files keep their owner. */
        NAMESPACE,
        /** Another user id; that user must own the files and reach them. */
        OTHER_USER
    }

    /** The user "nobody" of every distribution. */
    private static final int NOBODY = 65534;

    static ServerCommand detect(Path probe) throws IOException {
        Wrapper wrapper = Wrapper.NONE;
        if (Integer.valueOf(0).equals(Files.getAttribute(probe, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                && runsAsRoot()) {
            wrapper = succeeds(List.of("unshare", "-U", "true")) ? Wrapper.NAMESPACE : Wrapper.OTHER_USER;
        }
        return new ServerCommand(
                wrapper,
                succeeds(List.of("setsid", "true")),
                succeeds(List.of("setpriv", "--pdeathsig", "INT", "true")));
    }

    private static boolean runsAsRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /** Command for a program that ends by itself. */
    List<String> shortRun(List<String> program) {
        List<String> command = new ArrayList<>(asUser());
        command.addAll(program);
        return command;
    }

    /** Command for the server: a session of its own, and a fast shutdown as soon as the starting thread is gone. */
    List<String> longRun(List<String> program) {
        List<String> command = new ArrayList<>(asUser());
        if (ownSession) {
            command.add("setsid");
        }
        if (diesWithParent) {
            command.addAll(List.of("setpriv", "--pdeathsig", "INT"));
        }
        command.addAll(program);
        return command;
    }

    /** Gives the files to the user that the server runs as, if that is another one. */
    void hand(Path folder) throws IOException {
        if (wrapper != Wrapper.OTHER_USER) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.toList()) {
                Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private List<String> asUser() {
        return switch (wrapper) {
            case NONE -> List.of();
            case NAMESPACE -> List.of("unshare", "-U");
            case OTHER_USER -> List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        };
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false; // the program is not on this machine: that is the answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
