package io.haulwatch.console.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.haulwatch.console.alarms.AlarmRow;
import io.haulwatch.console.http.Json;
import io.haulwatch.rules.vehicle.VehicleHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * GeoJSON (RFC 7946): lines of the track with the time and speed of each place beside them, stops, and where alarms began. Doubtful points
 * are left out.
 */
final class GeoJsonFile implements DayFile {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String contentType() {
        return "application/geo+json; charset=utf-8";
    }

    @Override
    public byte[] bytes(String plate, DayHistory history, List<AlarmRow> alarms, Stamp stamp) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            List<List<DayHistory.Point>> lines = DayFile.lines(history.points());
            json.writeStartObject();
            json.writeStringField("type", "FeatureCollection");
            json.writeStringField("plate", plate);
            json.writeStringField("day", history.day().date().toString());
            json.writeStringField("time_zone", "Asia/Shanghai");
            json.writeStringField("coordinate_system", "WGS84");
            json.writeStringField("exported", stamp.line());
            json.writeArrayFieldStart("features");
            for (List<DayHistory.Point> line : lines) {
                line(json, line);
            }
            for (VehicleHistory.Stop stop : history.movements().stops()) {
                begin(json, "stop");
                json.writeStringField("from", Json.time(stop.fromMillis()));
                json.writeStringField("to", Json.time(stop.toMillis()));
                json.writeNumberField("seconds", (stop.toMillis() - stop.fromMillis()) / 1000);
                json.writeEndObject();
                point(json, stop.place().latitudeMicrodeg(), stop.place().longitudeMicrodeg());
            }
            for (AlarmRow alarm : alarms) {
                alarm(json, alarm, lines);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        return out.toByteArray();
    }

    private static void line(JsonGenerator json, List<DayHistory.Point> line) throws IOException {
        begin(json, "track");
        json.writeArrayFieldStart("times");
        for (DayHistory.Point point : line) {
            json.writeString(Json.time(point.millis()));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("speeds_kmh");
        for (DayHistory.Point point : line) {
            json.writeNumber(BigDecimal.valueOf(point.speedDeciKmh(), 1));
        }
        json.writeEndArray();
        json.writeEndObject();
        if (line.size() == 1) {
            // A line has two places at least.
            point(json, line.getFirst().latitudeMicrodeg(), line.getFirst().longitudeMicrodeg());
            return;
        }
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", "LineString");
        json.writeArrayFieldStart("coordinates");
        for (DayHistory.Point point : line) {
            place(json, point.latitudeMicrodeg(), point.longitudeMicrodeg());
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Where the truck was when the alarm began: the last believed point up to then. */
    private static void alarm(JsonGenerator json, AlarmRow alarm, List<List<DayHistory.Point>> lines)
            throws IOException {
        long start = Instant.parse(alarm.startedAt()).toEpochMilli();
        DayHistory.Point at = null;
        for (List<DayHistory.Point> line : lines) {
            for (DayHistory.Point point : line) {
                if (point.millis() <= start) {
                    at = point;
                }
            }
        }
        begin(json, "alarm");
        json.writeStringField("id", alarm.id());
        json.writeStringField("rule", alarm.rule());
        json.writeNumberField("severity", alarm.severity());
        json.writeStringField("from", alarm.startedAt());
        json.writeStringField("to", alarm.endedAt());
        json.writeEndObject();
        if (at == null) {
            json.writeNullField("geometry");
            json.writeEndObject();
        } else {
            point(json, at.latitudeMicrodeg(), at.longitudeMicrodeg());
        }
    }

    private static void begin(JsonGenerator json, String kind) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeObjectFieldStart("properties");
        json.writeStringField("kind", kind);
    }

    private static void point(JsonGenerator json, int latitudeMicrodeg, int longitudeMicrodeg) throws IOException {
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", "Point");
        json.writeFieldName("coordinates");
        place(json, latitudeMicrodeg, longitudeMicrodeg);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void place(JsonGenerator json, int latitudeMicrodeg, int longitudeMicrodeg) throws IOException {
        json.writeStartArray();
        json.writeNumber(BigDecimal.valueOf(longitudeMicrodeg, 6));
        json.writeNumber(BigDecimal.valueOf(latitudeMicrodeg, 6));
        json.writeEndArray();
    }
}
