package io.haulwatch.app.command;

import io.haulwatch.app.config.Key;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints every key with its default and a sentence, as a file that can be used as it is. */
@Command(
        name = "config",
        description = "Print all configuration keys with their defaults.",
        mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("# haulwatch.yaml: every key with its default. A variable of the environment wins over the file.");
        String section = "";
        for (Key<?> key : Key.ALL) {
            int dot = key.path().indexOf('.');
            String head = dot < 0 ? "" : key.path().substring(0, dot);
            if (!head.equals(section)) {
                section = head;
                out.println();
                out.println(head + ":");
            }
            String indent = dot < 0 ? "" : "  ";
            out.println();
            out.println(indent + "# " + key.sentence() + "  [" + key.variable() + "]");
            out.println(indent + key.path().substring(dot + 1) + ": " + quoted(key.defaultText()));
        }
        return 0;
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "\"\"" : text;
    }
}
