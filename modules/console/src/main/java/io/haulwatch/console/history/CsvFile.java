package io.haulwatch.console.history;

import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.vehicles.Track;
import io.haulwatch.model.paper.PaperState;
import io.haulwatch.store.register.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** All positions of the day, one a row, also those that were not believed; UTF-8 with the mark by which spreadsheets know it. */
final class CsvFile implements DayFile {
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(PaperState.ZONE);

    @Override
    public String contentType() {
        return "text/csv; charset=utf-8";
    }

    @Override
    public byte[] bytes(String plate, DayHistory history, List<AlarmRow> alarms, Stamp stamp) {
        StringBuilder out = new StringBuilder().append(BYTE_ORDER_MARK);
        String safePlate = TableFiles.withoutFormula(plate);
        try (CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
            csv.printRecord(
                    "plate",
                    "time_utc",
                    "time_asia_shanghai",
                    "lat_wgs84",
                    "lon_wgs84",
                    "altitude_m",
                    "speed_kmh",
                    "limit_kmh",
                    "heading_deg",
                    "marks");
            for (DayHistory.Point point : history.points()) {
                csv.printRecord(
                        safePlate,
                        Json.time(point.millis()),
                        LOCAL.format(Instant.ofEpochMilli(point.millis())),
                        GpxFile.degrees(point.latitudeMicrodeg()),
                        GpxFile.degrees(point.longitudeMicrodeg()),
                        point.altitudeMetres(),
                        BigDecimal.valueOf(point.speedDeciKmh(), 1),
                        point.limitDeciKmh() == 0 ? "" : BigDecimal.valueOf(point.limitDeciKmh(), 1),
                        point.headingDeg(),
                        marks(point.flags()));
            }
            csv.printRecord(stamp.line());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String marks(int flags) {
        List<String> marks = new ArrayList<>(3);
        if ((flags & Track.DOUBTFUL) != 0) {
            marks.add("doubtful");
        }
        if ((flags & Track.BACKFILL) != 0) {
            marks.add("backfill");
        }
        if ((flags & Track.LATE) != 0) {
            marks.add("late");
        }
        return String.join(" ", marks);
    }
}
