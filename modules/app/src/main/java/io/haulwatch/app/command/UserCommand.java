package io.haulwatch.app.command;

import io.haulwatch.app.ExitCode;
import io.haulwatch.app.StartException;
import io.haulwatch.app.config.Config;
import io.haulwatch.app.config.ConfigException;
import io.haulwatch.app.database.DatabaseAccess;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.users.Accounts;
import io.haulwatch.console.users.Link;
import io.haulwatch.console.users.UserRow;
import io.haulwatch.store.scope.ScopedDatabase;
import java.io.Console;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The way in when nobody can sign in any more: who has an account, and another password for one of them. */
@Command(
        name = "user",
        description = "List users, give one of them another password, or take a lost second factor away.",
        mixinStandardHelpOptions = true,
        subcommands = {UserCommand.ListUsers.class, UserCommand.ResetPassword.class, UserCommand.TakeFactor.class})
public final class UserCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @FunctionalInterface
    private interface Work {
        int with(Accounts accounts) throws SQLException, StartException;
    }

    private static int withAccounts(Config config, CommandSpec spec, Work work) throws StartException {
        try (DatabaseAccess access = DatabaseAccess.forExisting(
                config, sentence -> spec.commandLine().getErr().println("· " + sentence))) {
            return work.with(
                    Accounts.forCommand(new ScopedDatabase(access.databases().app())));
        } catch (SQLException e) {
            throw new StartException(ExitCode.DATABASE, "The users cannot be reached: " + e.getMessage() + ".", e);
        }
    }

    private static StartException unknown(String name) {
        return new StartException(
                ExitCode.USAGE, "There is no user " + name + "; 'haulwatch user list' names them all.");
    }

    /** Lists the users. */
    @Command(name = "list", description = "List all users.", mixinStandardHelpOptions = true)
    static final class ListUsers implements Callable<Integer> {
        private static final String LINE = "%-24s %-10s %-9s %-28s %s%n";

        @ArgGroup(exclusive = false, multiplicity = "0..1")
        private ConfigOptions config = new ConfigOptions();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Override
        public Integer call() throws StartException, ConfigException {
            PrintWriter out = spec.commandLine().getOut();
            return withAccounts(config.load(), spec, accounts -> {
                out.printf(LINE, "user", "role", "state", "last sign-in", "scope");
                for (UserRow user : accounts.all()) {
                    String last = user.lastSignInAt();
                    out.printf(
                            LINE,
                            user.username(),
                            user.role(),
                            user.state(),
                            last == null ? "never" : last,
                            user.scope());
                }
                return ExitCode.OK;
            });
        }
    }

    /** Gives a user another password. It is never an argument: arguments stand in histories and process lists. */
    @Command(
            name = "reset-password",
            description = "Print a one-time link by which a user chooses another password, or ask for one here.",
            mixinStandardHelpOptions = true)
    static final class ResetPassword implements Callable<Integer> {
        @ArgGroup(exclusive = false, multiplicity = "0..1")
        private ConfigOptions config = new ConfigOptions();

        @Option(names = "--ask", description = "Ask for the new password on this terminal instead.")
        private boolean ask;

        @Parameters(paramLabel = "NAME", description = "The user's name, such as admin.")
        private String name = "";

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Override
        public Integer call() throws StartException, ConfigException {
            Config loaded = config.load();
            String typed = ask ? typed() : "";
            return withAccounts(loaded, spec, accounts -> {
                try {
                    return ask ? set(accounts, typed) : link(accounts, loaded);
                } catch (Refusal | IllegalArgumentException e) {
                    throw new StartException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
                }
            });
        }

        private int set(Accounts accounts, String typed) throws SQLException, StartException {
            try (Passwords passwords = new Passwords(new SecureRandom())) {
                if (!accounts.setPasswordFromCommandLine(name, typed, passwords)) {
                    throw unknown(name);
                }
            }
            spec.commandLine()
                    .getOut()
                    .println("The password of " + name + " is the new one; all sessions have ended.");
            return ExitCode.OK;
        }

        private int link(Accounts accounts, Config loaded) throws SQLException, StartException {
            Optional<Link> made = accounts.resetFromCommandLine(name);
            Link link = made.orElseThrow(() -> unknown(name));
            PrintWriter out = spec.commandLine().getOut();
            out.println("The password of " + name + " counts no longer; all sessions have ended.");
            out.println("Choose another one, once, until " + link.expiresAt() + ":");
            out.println("  " + address(loaded) + link.path());
            return ExitCode.OK;
        }

        private static String address(Config loaded) {
            Config.Http http = loaded.http();
            if (!http.publicUrl().isEmpty()) {
                return http.publicUrl().replaceAll("/+$", "");
            }
            String scheme = http.tlsCertificate().isEmpty() ? "http" : "https";
            return scheme + "://" + http.bind() + ":" + http.port();
        }

        private static String typed() throws StartException {
            Console terminal = Objects.requireNonNull(System.console());
            if (!terminal.isTerminal()) {
                throw new StartException(
                        ExitCode.USAGE, "There is no terminal to type a password on; without --ask a link is printed.");
            }
            char[] first = terminal.readPassword("New password: ");
            char[] second = terminal.readPassword("Once more: ");
            try {
                if (first == null || second == null || !Arrays.equals(first, second)) {
                    throw new StartException(ExitCode.USAGE, "The two are not the same; nothing was changed.");
                }
                return new String(first);
            } finally {
                wipe(first);
                wipe(second);
            }
        }

        private static void wipe(char @Nullable [] typed) {
            if (typed != null) {
                Arrays.fill(typed, '\0');
            }
        }
    }

    /** For an administrator whose telephone is gone and who has no recovery codes. */
    @Command(
            name = "remove-second-factor",
            description =
                    "Take a lost second factor away; the user signs in with the password alone and sets up another.",
            mixinStandardHelpOptions = true)
    static final class TakeFactor implements Callable<Integer> {
        @ArgGroup(exclusive = false, multiplicity = "0..1")
        private ConfigOptions config = new ConfigOptions();

        @Parameters(paramLabel = "NAME", description = "The user's name, such as admin.")
        private String name = "";

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Override
        public Integer call() throws StartException, ConfigException {
            return withAccounts(config.load(), spec, accounts -> {
                try {
                    if (!accounts.takeFactorFromCommandLine(name)) {
                        throw unknown(name);
                    }
                } catch (Refusal e) {
                    throw new StartException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
                }
                spec.commandLine()
                        .getOut()
                        .println(name + " signs in without a second factor now; all sessions have ended.");
                return ExitCode.OK;
            });
        }
    }
}
