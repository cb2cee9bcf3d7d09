package io.haulwatch.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.jt808.decode.FrameDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads frames as hex and prints what they say, one JSON object a line, in order. */
@Command(
        name = "decode",
        description = "Read JT/T 808 frames as hex and print one JSON object a line.",
        mixinStandardHelpOptions = true)
public final class DecodeCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(
            arity = "1..*",
            paramLabel = "HEX",
            description = "A frame in hex, with or without blanks; - reads a frame a line from standard input.")
    private List<String> frames = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (frames.equals(List.of("-"))) {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (!line.isBlank()) {
                        print(out, FrameDecoder.decode(line));
                    }
                }
            }
        } else {
            for (Map<String, @Nullable Object> frame : FrameDecoder.decodeArguments(frames)) {
                print(out, frame);
            }
        }
        out.flush();
        return 0;
    }

    private static void print(PrintWriter out, Map<String, @Nullable Object> frame) throws JsonProcessingException {
        out.println(JSON.writeValueAsString(frame));
    }
}
