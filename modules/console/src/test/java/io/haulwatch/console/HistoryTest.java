package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haulwatch.console.area.FilmReader;
import io.haulwatch.store.track.HourPacker;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A truck's day told again. Truck 1 drives north along a meridian on the Shanghai day 2026-03-05 at 72 km/h, 1,799 microdegrees or 200.04 m every ten
 * seconds, and its figures are worked by hand; truck 4's files of 2026-03-07 were written by hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {
    /** Who took the file out, when, and what he may see. */
    private static final String STAMP = "# Exported from Haulwatch by company1 at [0-9T:.Z-]+, scope company:1";

    private static final String DAY = "/api/v1/vehicles/1/days/2026-03-05";
    private static final String EVERYTHING = "/api/v1/vehicles/1/trips?from=2026-03-04&to=2026-03-06";
    private static final int STEP_MICRODEG = 1_799;

    private Stage stage;
    private Visitor company;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
        stage.database.run("select hw.ensure_position_day(day::date) from generate_series("
                + "'2026-03-03'::date, '2026-03-08'::date, interval '1 day') day");
        new Drive("2026-03-04T15:40:00Z")
                .drives("2026-03-04T16:20:00Z")
                .stands("2026-03-04T16:40:00Z")
                .drives("2026-03-04T17:00:00Z")
                .stands("2026-03-04T17:10:00Z")
                .isSilentUntil("2026-03-05T15:40:00Z")
                .drives("2026-03-05T16:10:00Z")
                .store();
        // A jump of a degree that nobody believes, in the middle of the first trip.
        position(1, "2026-03-04T16:05:05Z", "2026-03-04T16:05:05Z", 31_000_000, 106_551_640, 250, 720, 0);
        alarm("55555555-5555-4555-8555-555555555551", "2026-03-04T16:10:00Z", "closed");
        alarm("55555555-5555-4555-8555-555555555552", "2026-03-04T17:05:00Z", "withdrawn");
        alarm("55555555-5555-4555-8555-555555555553", "2026-03-05T16:05:00Z", "open");
        truckOfTheFiles();
        company = Visitor.signedIn(stage.port(), "company1");
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void aDayIsCutAtMidnightInShanghaiAndItsTripsAndStopsAreThoseOfTheMotionRules() throws Exception {
        JsonNode day = company.json(DAY);
        assertThat(day.get("from").textValue()).isEqualTo("2026-03-04T16:00:00Z");
        assertThat(day.get("to").textValue()).isEqualTo("2026-03-05T16:00:00Z");
        List<String> trips = new ArrayList<>();
        day.get("trips")
                .forEach(trip -> trips.add(
                        trip.get("from").textValue() + " " + trip.get("to").textValue()
                                + (trip.get("began_before").booleanValue() ? " <" : "")
                                + (trip.get("goes_on").booleanValue() ? " >" : "") + " " + trip.get("km")));
        // 120 steps of 200.04 m; the second begins with its first moving fix and so has 119.
        assertThat(trips)
                .containsExactly(
                        "2026-03-04T16:00:00Z 2026-03-04T16:20:10Z < 24.0",
                        "2026-03-04T16:40:10Z 2026-03-04T17:00:10Z 23.8",
                        "2026-03-05T15:40:10Z 2026-03-05T16:00:00Z > 23.8");
        List<String> stops = new ArrayList<>();
        day.get("stops").forEach(stop -> stops.add(stop.get("from").textValue() + " " + stop.get("seconds")));
        assertThat(stops).containsExactly("2026-03-04T16:20:10Z 1200", "2026-03-04T17:00:10Z 590");
        JsonNode first = day.get("trips").get(0);
        assertThat(first.get("driving_s").intValue()).isEqualTo(1_210);
        assertThat(first.get("peak_kmh").doubleValue()).isEqualTo(72.0);
        assertThat(first.get("alarms").intValue()).isEqualTo(1);
        // 1 alarm on 24.005 km.
        assertThat(first.get("alarms_per_100km").doubleValue()).isEqualTo(4.17);
        JsonNode totals = day.get("totals");
        assertThat(totals.get("km").doubleValue()).isEqualTo(71.6);
        assertThat(totals.get("driving_s").intValue()).isEqualTo(1_210 + 1_200 + 1_190);
        assertThat(totals.get("stopped_s").intValue()).isEqualTo(1_790);
        assertThat(totals.get("alarms").intValue()).isEqualTo(1);
        assertThat(totals.get("doubtful").intValue()).isEqualTo(1);
    }

    @Test
    void theTrackHoldsTheDayAloneWithLimitsAndMarks() throws Exception {
        JsonNode track = company.json(DAY).get("track");
        // 00:00:00 to 01:10:00 and 23:40:10 to 23:59:50 every ten seconds, and the jump.
        assertThat(track.get("t_ms")).hasSize(421 + 119 + 1);
        for (String column : List.of("lat", "lon", "speed", "heading", "limit", "flags")) {
            assertThat(track.get(column)).as(column).hasSize(541);
        }
        assertThat(track.get("t_ms").get(0).longValue())
                .isEqualTo(Instant.parse("2026-03-04T16:00:00Z").toEpochMilli());
        assertThat(track.get("t_ms").get(540).longValue())
                .isEqualTo(Instant.parse("2026-03-05T15:59:50Z").toEpochMilli());
        int jump = 31;
        assertThat(track.get("lat").get(jump).intValue()).isEqualTo(31_000_000);
        assertThat(track.get("flags").get(jump).intValue()).isEqualTo(1);
        assertThat(track.get("limit").get(jump).intValue()).isZero();
        // Midnight is in the middle of a zone of 500 m: 0, 200 and 400 m lie in it, 600 m do not.
        assertThat(track.get("limit").get(0).intValue()).isEqualTo(400);
        assertThat(track.get("limit").get(2).intValue()).isEqualTo(400);
        assertThat(track.get("limit").get(3).intValue()).isEqualTo(900);
        assertThat(track.get("flags").get(0).intValue()).isZero();
    }

    @Test
    void theTripThatRunsOverMidnightIsToldInBothDays() throws Exception {
        JsonNode next = company.json("/api/v1/vehicles/1/days/2026-03-06");
        assertThat(next.get("trips")).hasSize(1);
        JsonNode rest = next.get("trips").get(0);
        assertThat(rest.get("from").textValue()).isEqualTo("2026-03-05T16:00:00Z");
        assertThat(rest.get("began_before").booleanValue()).isTrue();
        assertThat(rest.get("km").doubleValue()).isEqualTo(12.0);
        assertThat(next.get("alarms")).hasSize(1);
    }

    @Test
    void withdrawnAlarmsAreNoAlarmsAndOnesThatGoOnAreShown() throws Exception {
        JsonNode alarms = company.json(DAY).get("alarms");
        assertThat(alarms).hasSize(1);
        assertThat(alarms.get(0).get("started_at").textValue()).isEqualTo("2026-03-04T16:10:00Z");
    }

    @Test
    void aDayWithoutPositionsIsEmptyAndNoFault() throws Exception {
        JsonNode day = company.json("/api/v1/vehicles/1/days/2026-02-01");
        assertThat(day.get("track").get("t_ms")).isEmpty();
        assertThat(day.get("trips")).isEmpty();
        assertThat(day.get("stops")).isEmpty();
        assertThat(day.get("totals").get("km").doubleValue()).isZero();
        assertThat(day.get("totals").get("alarms_per_100km").isNull()).isTrue();
        for (String format : List.of("gpx", "geojson", "csv")) {
            assertThat(company.get("/api/v1/vehicles/1/days/2026-02-01/export?format=" + format)
                            .statusCode())
                    .as(format)
                    .isEqualTo(200);
        }
    }

    @Test
    void tripsComeNewestFirstAndPageByPage() throws Exception {
        JsonNode all = company.json(EVERYTHING).get("items");
        List<String> starts = all.findValuesAsText("from");
        assertThat(starts)
                .containsExactly(
                        "2026-03-05T16:00:00Z",
                        "2026-03-05T15:40:10Z",
                        "2026-03-04T16:40:10Z",
                        "2026-03-04T16:00:00Z",
                        "2026-03-04T15:40:10Z");
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = company.json(EVERYTHING + "&limit=2" + cursor);
            paged.addAll(page.get("items").findValuesAsText("from"));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").textValue();
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(starts);
    }

    @Test
    void aRangeOrDayThatBreaksItsRuleIsRefusedInASentence() throws Exception {
        for (String path : List.of(
                "/api/v1/vehicles/1/trips",
                "/api/v1/vehicles/1/trips?from=2026-03-06&to=2026-03-05",
                "/api/v1/vehicles/1/trips?from=2026-03-01&to=2026-04-01",
                "/api/v1/vehicles/1/trips?from=2026-02-30&to=2026-03-01",
                "/api/v1/vehicles/1/days/today",
                "/api/v1/vehicles/1/days/1999-12-31",
                DAY + "/export",
                DAY + "/export?format=xlsx")) {
            HttpResponse<String> answer = company.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(Visitor.JSON.readTree(answer.body()).get("detail").textValue())
                    .as(path)
                    .endsWith(".");
        }
        assertThat(company.get("/api/v1/vehicles/1/trips?from=2026-03-01&to=2026-03-31")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aForeignTrucksDayIsAnsweredLikeOneThatIsNotThere() throws Exception {
        for (String path : List.of(
                "/days/2026-03-05", "/days/2026-03-05/export?format=csv", "/trips?from=2026-03-05&to=2026-03-05")) {
            HttpResponse<String> foreign = company.get("/api/v1/vehicles/3" + path);
            HttpResponse<String> absent = company.get("/api/v1/vehicles/999999" + path);
            assertThat(foreign.statusCode()).as(path).isEqualTo(404);
            assertThat(absent.statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void filesAreThoseWrittenByHand() throws Exception {
        HttpResponse<String> gpx = file("gpx");
        assertThat(gpx.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/gpx+xml");
        assertThat(gpx.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"haulwatch-vehicle-4-2026-03-07.gpx\"");
        assertThat(gpx.body().replaceFirst("<keywords>" + STAMP + "</keywords>", ""))
                .isEqualTo(golden("day.gpx").replaceAll("\\s*\n\\s*", ""));

        ObjectNode geojson = (ObjectNode) Visitor.JSON.readTree(file("geojson").body());
        assertThat(geojson.remove("exported").textValue()).matches(STAMP);
        assertThat(geojson).isEqualTo(Visitor.JSON.readTree(golden("day.geojson")));

        HttpResponse<String> csv = file("csv");
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).isEqualTo("text/csv; charset=utf-8");
        assertThat(csv.body().replaceFirst("\"" + STAMP + "\"\r\n$", ""))
                .isEqualTo("\ufeff" + golden("day.csv").replace("\n", "\r\n"));
    }

    @Test
    void anExportIsARowOfTheAudit() throws Exception {
        company.get("/api/v1/vehicles/1/days/2026-03-06/export?format=csv");
        assertThat(
                        stage.database.column(
                                "select detail ->> 'points' from hw.audit where action = 'history.export'"
                                        + " and object = 'vehicle:1' and detail ->> 'day' = '2026-03-06' and detail ->> 'format' = 'csv'"))
                .contains("61");
    }

    @Test
    void anAreaIsReplayedForThoseWhoseTrucksWereThere() throws Exception {
        // Packed hours find the truck; the demonstration's own clock plays no part.
        stage.database.run("update hw.position_hours_packed set packed_before = '2026-03-04T15:00:00Z'");
        HourPacker packer = new HourPacker(
                stage.database.databases().writer(),
                stage.database.databases().replay(),
                Duration.ZERO,
                Duration.ofDays(-36_500));
        packer.run(Instant.parse("2026-03-04T20:00:00Z"), () -> false);
        String area =
                "/api/v1/area-replay?west=106.5&south=29.5&east=106.6&north=30.2&from=2026-03-04T16:15:00Z&minutes=10";
        FilmReader film = new FilmReader(film(company, area));
        assertThat(film.dictionary()).contains("渝B12345").doesNotContain("川A99999");
        List<FilmReader.Scene> scenes = film.scenes();
        assertThat(scenes.getFirst().trucks()).hasSize(1);
        assertThat(scenes.getLast().atMillis())
                .isEqualTo(Instant.parse("2026-03-04T16:25:00Z").toEpochMilli());
        // Ten minutes of a position every ten seconds; it drives on for five of them and stands then.
        assertThat(scenes.stream().filter(scene -> scene.type() == 2)).hasSize(60);
        assertThat(scenes.getFirst().at(0).speed()).isEqualTo(72);
        assertThat(scenes.getLast().at(0).speed()).isZero();

        Visitor other = Visitor.signedIn(stage.port(), "company2");
        FilmReader foreign = new FilmReader(film(other, area));
        assertThat(foreign.dictionary()).isEqualTo("{\"vehicles\":[],\"companies\":[]}");
        assertThat(foreign.scenes()).allMatch(scene -> scene.trucks().isEmpty());
    }

    private static byte[] film(Visitor visitor, String path) throws Exception {
        HttpResponse<byte[]> answer = visitor.raw(visitor.request(path).build());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    @Test
    void anAreaThatIsTooLargeOrTooLongIsRefusedWithASentence() throws Exception {
        String from = "&from=2026-03-04T16:15:00Z";
        assertRefused("west=100&south=29&east=106&north=30" + from, 422, "at most 4 degrees each way");
        assertRefused("west=106&south=29&east=107&north=30&minutes=61" + from, 400, "minutes");
        assertRefused("west=107&south=29&east=106&north=30" + from, 400, "west lies west of east");
        assertRefused("west=106&south=29&east=107" + from, 400, "north is missing");
        assertRefused("west=106&south=29&east=107&north=1e999999999" + from, 400, "north must be degrees");
        assertRefused("west=106&south=29&east=107&north=30", 400, "needs from");
        assertRefused("west=106&south=29&east=107&north=30&from=2199-01-01T00:00:00Z", 400, "in the future");
    }

    private void assertRefused(String query, int status, String sentence) throws Exception {
        HttpResponse<String> answer = company.get("/api/v1/area-replay?" + query);
        assertThat(answer.statusCode()).as(query).isEqualTo(status);
        assertThat(answer.body()).as(query).contains(sentence);
    }

    private HttpResponse<String> file(String format) throws Exception {
        HttpResponse<String> answer = company.get("/api/v1/vehicles/4/days/2026-03-07/export?format=" + format);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static String golden(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(HistoryTest.class.getResourceAsStream("history/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A plate that a spreadsheet would run, a jump, a gap, a stop, an alarm. */
    private void truckOfTheFiles() throws SQLException {
        stage.database.run("insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) values "
                + "(4, 1, '=1+2<&', 2, 'GENERAL')");
        String at = "2026-03-06T16:";
        position(4, at + "00:00Z", at + "00:01Z", 29_563_000, 106_551_640, 250, 360, 0);
        position(4, at + "00:10Z", at + "00:11Z", 29_563_000, 106_552_674, 251, 360, 0);
        position(4, at + "00:20Z", at + "00:21Z", 31_000_000, 106_553_708, 252, 360, 0);
        position(4, at + "05:00Z", at + "45:00Z", 29_563_000, 106_560_000, 250, 504, 2);
        position(4, at + "05:10Z", at + "05:11Z", 29_563_000, 106_560_500, -3, 0, 0);
        position(4, at + "06:10Z", at + "06:11Z", 29_563_000, 106_560_500, -3, 0, 0);
        position(4, at + "07:10Z", at + "07:11Z", 29_563_000, 106_560_500, -3, 0, 0);
        stage.database.run(alarmOf(4, "55555555-5555-4555-8555-555555555554", at + "05:05Z", "closed"));
    }

    private void alarm(String id, String started, String state) throws SQLException {
        stage.database.run(alarmOf(1, id, started, state));
    }

    private static String alarmOf(int vehicle, String id, String started, String state) {
        return "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, started_at, "
                + "ended_at, severity, evidence, measures, facts, points, stream_offset) values ('" + id + "', 1, 1, '"
                + state + "', 'speeding', 'cn-2026.1', 'vehicle:" + vehicle + "', " + vehicle + ", '" + started
                + "', '" + started + "'::timestamptz + interval '40 seconds', 3, 'live', '{}', '{}', '[]', 9)";
    }

    private int hashes;

    private void position(
            int vehicle, String device, String received, int lat, int lon, int altitude, int speed, int flags)
            throws SQLException {
        stage.database.run(insert() + row(vehicle, device, received, lat, lon, altitude, speed, flags));
    }

    private static String insert() {
        return "insert into hw.position (vehicle_id, device_time, receive_time, body_hash, alarms, status, lat, lon, altitude, speed, "
                + "heading, flags, body) values ";
    }

    private String row(
            int vehicle, String device, String received, int lat, int lon, int altitude, int speed, int flags) {
        return "(" + vehicle + ", '" + device + "', '" + received + "', " + ++hashes + ", 0, 3, " + lat + ", " + lon
                + ", " + altitude + ", " + speed + ", 90, " + flags + ", '\\x00')";
    }

    /** Truck 1 on its meridian, a position every ten seconds. */
    private final class Drive {
        private final List<String> rows = new ArrayList<>();
        private Instant at;
        private int lat = 29_563_000;

        Drive(String from) {
            at = Instant.parse(from);
            add(0);
        }

        Drive drives(String until) {
            while (at.isBefore(Instant.parse(until))) {
                lat += STEP_MICRODEG;
                at = at.plusSeconds(10);
                add(720);
            }
            return this;
        }

        Drive stands(String until) {
            while (at.isBefore(Instant.parse(until))) {
                at = at.plusSeconds(10);
                add(0);
            }
            return this;
        }

        Drive isSilentUntil(String until) {
            at = Instant.parse(until);
            return this;
        }

        private void add(int speed) {
            rows.add(row(1, at.toString(), at.toString(), lat, 106_551_640, 250, speed, 0));
        }

        void store() throws SQLException {
            stage.database.run(insert() + String.join(", ", rows));
        }
    }
}
