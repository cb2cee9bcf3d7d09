package io.haulwatch.simulator.terminal;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line for each position that the platform acknowledged, for {@code haulwatch check-ledger}; nothing if nobody asked for a file. */
final class AckLedger {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.ofHours(8));

    private final Reports reports;
    private final @Nullable Writer out;

    AckLedger(@Nullable Path file, Reports reports) throws IOException {
        this.reports = reports;
        out = file == null ? null : Files.newBufferedWriter(file);
    }

    /** Writes down the message in flight, which was acknowledged. */
    void append(Terminal terminal) throws IOException {
        Writer lines = out;
        if (lines == null) {
            return;
        }
        int truck = terminal.identity.truck();
        for (long step = terminal.flightFirst; step <= terminal.flightLast; step++) {
            if (reports.reports(truck, step, terminal.flightHistory)) {
                lines.append(terminal.identity.phone())
                        .append(',')
                        .append(Integer.toString(terminal.flightSerial))
                        .append(',')
                        .append(TIME.format(Instant.ofEpochMilli(Reports.millis(truck, step))))
                        .append(',')
                        .append(Integer.toString(reports.latitudeMicrodeg()))
                        .append(',')
                        .append(Integer.toString(reports.longitudeMicrodeg()))
                        .append('\n');
            }
        }
    }

    void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
