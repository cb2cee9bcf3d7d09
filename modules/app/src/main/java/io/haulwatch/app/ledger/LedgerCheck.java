package io.haulwatch.app.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares ledgers of acknowledged reports with the stored positions. A ledger is kept by the terminals' side, outside the platform:
 * a line for each report that was acknowledged with result 0, {@code phone,serial,yyMMddHHmmss (GMT+8),lat,lon (10⁻⁶ degree)}. Each
 * line has to be in the database, and nothing of it twice. Lines with equal phone, time and place are one report, unless the database
 * shows two that differ in the rest of the base: a truck that starts says two speeds in one second.
 */
public final class LedgerCheck {
    private static final DateTimeFormatter TIME = new java.time.format.DateTimeFormatterBuilder()
            .appendValueReduced(java.time.temporal.ChronoField.YEAR, 2, 2, 2000)
            .appendPattern("MMddHHmmss")
            .toFormatter(Locale.ROOT);
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    /**
     * What the comparison found.
     *
     * @param lines lines read
     * @param distinct of them with different phone, time or place
     * @param missing distinct lines without a row
     * @param repeated distinct lines of which two rows have the same base
     * @param examples some of them, as text
     */
    public record Result(long lines, long distinct, long missing, long repeated, List<String> examples) {
        public boolean good() {
            return missing == 0 && repeated == 0;
        }

        @Override
        public String toString() {
            return lines + " acknowledged reports, " + distinct + " distinct; missing " + missing
                    + ", stored more than once " + repeated
                    + (examples.isEmpty() ? "" : "; for example " + String.join(" · ", examples));
        }
    }

    private LedgerCheck() {}

    /** @param connection may read hw.position and hw.terminal of every company */
    public static Result check(Connection connection, List<Path> ledgers) throws SQLException, IOException {
        LedgerTally tally = new LedgerTally();
        for (Path ledger : ledgers) {
            try (BufferedReader reader = Files.newBufferedReader(ledger, StandardCharsets.US_ASCII)) {
                for (String text = wholeLine(reader); text != null; text = wholeLine(reader)) {
                    LedgerTally.Place line = parse(text);
                    if (line != null) {
                        tally.promised(line);
                    }
                }
            }
        }
        connection.setAutoCommit(false);
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT t.phone, extract(epoch FROM p.device_time)::bigint, p.lat, p.lon,
                    p.alarms, p.status, p.altitude, p.speed, p.heading
                FROM hw.position p JOIN hw.terminal t USING (vehicle_id)
                WHERE p.device_time BETWEEN to_timestamp(?) AND to_timestamp(?)""")) {
            query.setLong(1, tally.firstSecond());
            query.setLong(2, tally.lastSecond());
            query.setFetchSize(20_000);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    tally.stored(
                            new LedgerTally.Place(rows.getString(1), rows.getLong(2), rows.getInt(3), rows.getInt(4)),
                            new LedgerTally.Rest(
                                    rows.getInt(5), rows.getInt(6), rows.getInt(7), rows.getInt(8), rows.getInt(9)));
                }
            }
        }
        connection.rollback();
        return tally.result();
    }

    /**
     * The next line that has an end, or null. A terminals' side that was killed leaves half a line, and half a line can look like a
     * whole one with a shorter number.
     */
    static @Nullable String wholeLine(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
        return null;
    }

    private static LedgerTally.@Nullable Place parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 5 || parts[2].length() != 12 || parts[4].isEmpty()) {
            return null;
        }
        try {
            return new LedgerTally.Place(
                    parts[0],
                    LocalDateTime.parse(parts[2], TIME).toEpochSecond(CHINA),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]));
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }
}
