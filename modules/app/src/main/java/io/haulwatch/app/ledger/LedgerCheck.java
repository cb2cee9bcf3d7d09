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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares ledgers of acknowledged reports with the stored positions. A ledger is kept by the terminals' side, outside the platform:
 * a line for each report that was acknowledged with result 0, {@code phone,serial,yyMMddHHmmss (GMT+8),lat,lon (10⁻⁶ degree)}. Each
 * line has to be in the database exactly once; lines with equal phone, time and place are one row.
 */
public final class LedgerCheck {
    private static final DateTimeFormatter TIME = new java.time.format.DateTimeFormatterBuilder()
            .appendValueReduced(java.time.temporal.ChronoField.YEAR, 2, 2, 2000)
            .appendPattern("MMddHHmmss")
            .toFormatter(Locale.ROOT);
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final int EXAMPLES = 10;

    /** One acknowledged report. */
    private record Line(String phone, long deviceSecond, int latitude, int longitude) {}

    /**
     * What the comparison found.
     *
     * @param lines lines read
     * @param distinct of them with different phone, time or place
     * @param missing distinct lines without a row
     * @param repeated distinct lines with more than one row
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
        Map<Line, Integer> rows = new HashMap<>();
        long lines = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Path ledger : ledgers) {
            try (BufferedReader reader = Files.newBufferedReader(ledger, StandardCharsets.US_ASCII)) {
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    Line line = parse(text);
                    // A writer that was killed leaves half a line; it promised nothing that it had not read.
                    if (line != null) {
                        lines++;
                        rows.put(line, 0);
                        first = Math.min(first, line.deviceSecond());
                        last = Math.max(last, line.deviceSecond());
                    }
                }
            }
        }
        if (lines == 0) {
            return new Result(0, 0, 0, 0, List.of());
        }
        connection.setAutoCommit(false);
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT t.phone, extract(epoch FROM p.device_time)::bigint, p.lat, p.lon
                FROM hw.position p JOIN hw.terminal t USING (vehicle_id)
                WHERE p.device_time BETWEEN to_timestamp(?) AND to_timestamp(?)""")) {
            query.setLong(1, first);
            query.setLong(2, last);
            query.setFetchSize(20_000);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.computeIfPresent(
                            new Line(result.getString(1), result.getLong(2), result.getInt(3), result.getInt(4)),
                            (line, count) -> count + 1);
                }
            }
        }
        connection.rollback();
        long missing = 0;
        long repeated = 0;
        List<String> examples = new ArrayList<>();
        for (Map.Entry<Line, Integer> row : rows.entrySet()) {
            if (row.getValue() != 1) {
                missing += row.getValue() == 0 ? 1 : 0;
                repeated += row.getValue() > 1 ? 1 : 0;
                if (examples.size() < EXAMPLES) {
                    examples.add(row.getKey() + " × " + row.getValue());
                }
            }
        }
        return new Result(lines, rows.size(), missing, repeated, examples);
    }

    private static @org.jspecify.annotations.Nullable Line parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 5 || parts[2].length() != 12 || parts[4].isEmpty()) {
            return null;
        }
        try {
            return new Line(
                    parts[0],
                    LocalDateTime.parse(parts[2], TIME).toEpochSecond(CHINA),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]));
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }
}
