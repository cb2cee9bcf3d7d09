package io.haulwatch.store.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything of a file or nothing; twice is once; what rules read never changes behind them. */
class RegisterImportTest {
    private static final String REGISTER = """
            {"haulwatch_register": 1,
             "companies": [
               {"key": "c1", "name": "渝通物流", "adcode": "500112", "licence_no": "L-1", "contact_name": "陈平",
                "contact_phone": "13600000001", "licence_expires": "2028-03-01"},
               {"key": "c2", "name": "川达运输", "adcode": "510100"}],
             "vehicles": [
               {"company": "c1", "plate": "渝B12345", "plate_colour": 2, "vin": "V1", "vehicle_class": "GENERAL",
                "model": "重型半挂牵引车", "registered_on": "2019-05-01",
                "terminal": {"phone": "013912345678", "maker": "70111", "model": "HW-SIM", "device_id": "A000001",
                             "edition": 2019}},
               {"company": "c2", "plate": "川A00001", "plate_colour": 2, "vehicle_class": "DANGEROUS_GOODS",
                "terminal": {"phone": "13912345679", "edition": 2013}}],
             "drivers": [
               {"key": "d1", "company": "c1", "name": "王涛", "phone": "13900000001", "licence_no": "500112001",
                "id_card": "500112199001010011"},
               {"key": "d2", "company": "c2", "name": "李勇", "phone": "13900000002"}],
             "assignments": [
               {"vehicle": "渝B12345", "driver": "d1", "from": null, "to": null},
               {"vehicle": "川A00001", "driver": "d2", "from": null, "to": null}],
             "papers": [
               {"owner_kind": "VEHICLE", "owner": "渝B12345", "kind": "veh.inspection", "number": "1",
                "issued": "2025-01-01", "expires": "2026-01-01"},
               {"owner_kind": "DRIVER", "owner": "d1", "kind": "drv.licence", "expires": "2030-01-01"},
               {"owner_kind": "DRIVER", "owner": "d1", "kind": "drv.qualification", "number": "Q-1",
                "expires": "2031-01-01"},
               {"owner_kind": "COMPANY", "owner": "c2", "kind": "co.licence", "expires": "2027-01-01"}],
             "hazards": [
               {"company": "c1", "title": "灭火器压力不足", "grade": "general", "found_on": "2026-10-01",
                "due_on": "2026-10-08", "closed_on": null, "owner_name": "陈平"}],
             "zones": {"type": "FeatureCollection", "features": [
               {"type": "Feature", "properties": {"name": "学校", "kind": "school", "limit_kmh": 40, "window": "07:00-19:00",
                 "radius_m": 220, "effective_from": null},
                "geometry": {"type": "Point", "coordinates": [106.5, 29.5]}},
               {"type": "Feature", "properties": {"name": "大桥", "kind": "bridge", "limit_kmh": 80, "company": "川达运输"},
                "geometry": {"type": "Polygon",
                 "coordinates": [[[106.0, 29.0], [106.1, 29.0], [106.1, 29.1], [106.0, 29.0]]]}}]}}
            """;

    private final TestDatabase database = TestDatabase.onEmbedded();
    private final RegisterImport register =
            new RegisterImport(database.databases().writer());
    private final ReferenceLoader loader =
            new ReferenceLoader(database.databases().writer());

    @TempDir
    private Path folder = Path.of("");

    private Path file = folder;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("register.json");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ImportReport take(String text) throws IOException, SQLException {
        return register.importFile(Files.writeString(file, text));
    }

    @Test
    void takesAWholeRegisterIn() throws Exception {
        ImportReport report = take(REGISTER);

        assertThat(report)
                .hasToString("register.json: 2 companies (2 new, 0 changed), 2 vehicles (2 new, 0 changed),"
                        + " 2 drivers (2 new, 0 changed), 2 assignments (2 new, 0 changed), 5 papers (5 new, 0 changed),"
                        + " 1 hazards (1 new, 0 changed), 2 zones (2 new, 0 changed)");
        ReferenceSet set = loader.load();
        assertThat(set.terminals()).extracting(ReferenceSet.Terminal::phone).contains("13912345678", "13912345679");
        assertThat(set.vehicles())
                .extracting(vehicle -> vehicle.plate() + ' ' + vehicle.vehicleClass() + ' ' + vehicle.effectiveFrom())
                .containsExactlyInAnyOrder(
                        "渝B12345 " + VehicleClass.GENERAL + ' ' + ReferenceSet.ALWAYS,
                        "川A00001 " + VehicleClass.DANGEROUS_GOODS + ' ' + ReferenceSet.ALWAYS);
        assertThat(set.assignments()).hasSize(2).allMatch(a -> a.effectiveFrom() == ReferenceSet.ALWAYS);
        assertThat(set.drivers())
                .extracting(ReferenceSet.Driver::name, ReferenceSet.Driver::numbers)
                .containsExactlyInAnyOrder(tuple("王涛", List.of("Q-1", "500112199001010011")), tuple("李勇", List.of()));
        // A paper whose first valid day is written down counts from it on.
        long issued = Instant.parse("2024-12-31T16:00:00Z").toEpochMilli();
        assertThat(set.papers())
                .hasSize(5)
                .allMatch(p -> p.effectiveFrom() == (p.kind().equals("veh.inspection") ? issued : ReferenceSet.ALWAYS));
        assertThat(set.zones())
                .extracting(zone -> zone.name()
                        + ' '
                        + zone.limitKmh()
                        + ' '
                        + zone.windowStart()
                        + ' '
                        + zone.radiusMetres()
                        + ' '
                        + zone.rings().size()
                        + ' '
                        + (zone.companyId() == 0))
                .containsExactly("学校 40 07:00 220.0 1 true", "大桥 80 null 0.0 1 false");
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        take(REGISTER);
        long number = loader.currentNumber();
        ImportReport again = take(REGISTER);
        assertThat(again.changes()).as("%s", again).isZero();
        assertThat(loader.currentNumber()).isLessThanOrEqualTo(number + 1);
        assertThat(loader.load().vehicles()).hasSize(2);
    }

    @Test
    void raisesTheNumberOfTheRegisterOnceForAnImport() throws Exception {
        long number = loader.currentNumber();
        take(REGISTER);
        assertThat(loader.currentNumber()).isEqualTo(number + 1);
    }

    @Test
    void letsAChangeCountFromOneMinuteAfterTheImport() throws Exception {
        take(REGISTER);
        Instant before = Instant.now();
        ImportReport report = take(REGISTER.replace("\"GENERAL\"", "\"OVERSIZE\"")
                .replace("\"limit_kmh\": 40", "\"limit_kmh\": 30")
                .replace(
                        "{\"vehicle\": \"渝B12345\", \"driver\": \"d1\"",
                        "{\"vehicle\": \"渝B12345\", \"driver\": \"d2\"")
                .replace("\"expires\": \"2026-01-01\"", "\"expires\": \"2027-01-01\""));

        assertThat(report.changes()).as("%s", report).isEqualTo(4);
        ReferenceSet set = loader.load();
        List<ReferenceSet.Vehicle> versions = set.vehicles().stream()
                .filter(vehicle -> vehicle.plate().equals("渝B12345"))
                .toList();
        assertThat(versions)
                .extracting(ReferenceSet.Vehicle::vehicleClass)
                .containsExactly(VehicleClass.GENERAL, VehicleClass.OVERSIZE);
        long change = versions.getFirst().effectiveTo();
        assertThat(change).isBetween(before.toEpochMilli() + 60_000, before.toEpochMilli() + 120_000);
        assertThat(versions.getLast().effectiveFrom()).isEqualTo(change);
        assertThat(set.assignments().stream().filter(a -> a.effectiveFrom() == change))
                .hasSize(1);
        assertThat(set.assignments().stream().filter(a -> a.effectiveTo() == change))
                .hasSize(1);
        assertThat(set.papers().stream().filter(p -> p.effectiveFrom() == change))
                .hasSize(1);
        assertThat(set.zones().stream().filter(z -> z.name().equals("学校")))
                .extracting(ReferenceSet.Zone::limitKmh)
                .containsExactlyInAnyOrder(40, 30);
    }

    @Test
    void namesEveryFaultAndTakesNothing() throws Exception {
        assertThatThrownBy(() -> take(REGISTER.replace("\"500112\"", "\"5001\"")
                        .replace("\"plate_colour\": 2, \"vin\"", "\"plate_colour\": 77, \"vin\"")
                        .replace("\"2030-01-01\"", "\"2030-13-01\"")
                        .replace("\"07:00-19:00\"", "\"seven\"")
                        .replace("[106.0, 29.0]]]", "[106.0, 29.2]]]")))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("nothing was imported, 5 faults")
                .hasMessageContaining("companies[0].adcode=5001: must be a region")
                .hasMessageContaining("vehicles[0].plate_colour=77: must be one of")
                .hasMessageContaining("papers[1].expires=2030-13-01: must be a day like")
                .hasMessageContaining("zones.features[0].properties.window=seven: must be a daily window")
                .hasMessageContaining("zones.features[1].geometry.coordinates=[106.0,29.2]: the last corner");
        assertThat(database.one("select count(*) from hw.company")).isEqualTo("1");
    }

    @Test
    void refusesWhatDoesNotFitTheRegisterAndTakesNothing() throws Exception {
        assertThatThrownBy(() ->
                        take(REGISTER.replace("{\"company\": \"c2\", \"plate\"", "{\"company\": \"c9\", \"plate\"")))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("vehicles[1].company=c9: must be the key of a company in this file");
        assertThatThrownBy(() -> take(REGISTER.replace("\"owner\": \"d1\"", "\"owner\": \"d7\"")))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("papers[1].owner=d7: must be a key in this file");
        assertThat(database.one("select count(*) from hw.company")).isEqualTo("1");
    }

    @Test
    void refusesAnotherCompanysVehicleAndAnEarlierDate() throws Exception {
        take(REGISTER);
        assertThatThrownBy(() ->
                        take(REGISTER.replace("{\"company\": \"c2\", \"plate\"", "{\"company\": \"c1\", \"plate\"")))
                .hasMessageContaining("belongs to another company");
        assertThatThrownBy(() -> take(REGISTER.replace(
                        "{\"vehicle\": \"渝B12345\", \"driver\": \"d1\", \"from\": null",
                        "{\"vehicle\": \"渝B12345\", \"driver\": \"d2\", \"from\": \"2026-01-01T00:00:00+08:00\"")))
                .hasMessageContaining("must lie at least 60 s ahead");
    }

    @Test
    void takesZonesAloneAndWaitsAMinuteOnceThereArePositions() throws Exception {
        String zones = """
                {"type": "FeatureCollection", "features": [{"type": "Feature",
                  "properties": {"name": "%s", "kind": "school", "limit_kmh": 40, "radius_m": 100},
                  "geometry": {"type": "Point", "coordinates": [106.5, 29.5]}}]}
                """;
        take(zones.formatted("first"));
        database.run("select hw.ensure_position_day('2026-11-20')", """
                insert into hw.position (vehicle_id, device_time, body_hash, receive_time, flags, alarms, status, lat, lon,
                    altitude, speed, heading, body)
                values (1, '2026-11-20 08:00:00+00', 1, now(), 0, 0, 2, 0, 0, 0, 0, 0, '')
                """);
        take(zones.formatted("second"));
        assertThat(database.column(
                        "select name || ' ' || (effective_from = '-infinity') from hw.zone order by zone_id"))
                .containsExactly("first true", "second false");
    }

    @Test
    void knowsARectangleByItsCornersAndARouteByItsLineAndHidesRoutesFromTheRules() throws Exception {
        String zones = features(
                "\"name\": \"yard\", \"kind\": \"depot\"",
                "\"Polygon\", \"coordinates\": [[[106.0, 29.0], [106.0, 29.1], [106.2, 29.1], [106.2, 29.0], [106.0, 29.0]]]",
                "\"name\": \"leaning\", \"kind\": \"depot\"",
                "\"Polygon\", \"coordinates\": [[[106.0, 29.0], [106.0, 29.1], [106.2, 29.2], [106.2, 29.1], [106.0, 29.0]]]",
                "\"name\": \"line\", \"kind\": \"route\", \"limit_kmh\": 80, \"width_m\": 60, \"sections\": "
                        + "[{}, {\"width_m\": 20, \"limit_kmh\": 0, \"longest_s\": 600, \"shortest_s\": 60}]",
                "\"LineString\", \"coordinates\": [[106.0, 29.0], [106.1, 29.0], [106.1, 29.1]]");
        take(zones);
        assertThat(database.column("select name || ' ' || shape from hw.zone order by zone_id"))
                .containsExactly("yard RECTANGLE", "leaning POLYGON", "line ROUTE");
        assertThat(database.one("select sections::text from hw.zone where shape = 'ROUTE'"))
                .isEqualTo("[{\"width_m\": 60, \"limit_kmh\": 80}, "
                        + "{\"width_m\": 20, \"limit_kmh\": 0, \"longest_s\": 600, \"shortest_s\": 60}]");
        assertThat(take(zones).changes()).isZero();
        assertThat(loader.load().zones()).extracting(ReferenceSet.Zone::name).containsExactly("yard", "leaning");
        // Another width is another route: the first ends where the new one begins.
        assertThat(take(zones.replace("\"width_m\": 20", "\"width_m\": 30")).changes())
                .isEqualTo(1);
        assertThat(database.one("select count(*) from hw.zone where name = 'line' and effective_to = 'infinity'"))
                .isEqualTo("1");
    }

    @Test
    void saysWhatARouteLacks() throws Exception {
        assertThatThrownBy(() -> take(features(
                        "\"name\": \"a\", \"kind\": \"route\", \"width_m\": 60, \"sections\": [{}]",
                        "\"LineString\", \"coordinates\": [[106.0, 29.0], [106.1, 29.0], [106.1, 29.1]]",
                        "\"name\": \"b\", \"kind\": \"route\"",
                        "\"LineString\", \"coordinates\": [[106.0, 29.0], [106.1, 29.0]]",
                        "\"name\": \"c\", \"kind\": \"route\", \"width_m\": 256, \"sections\": [{\"longest_s\": 60, \"shortest_s\": 61}]",
                        "\"LineString\", \"coordinates\": [[106.0, 29.0], [106.1, 29.0]]",
                        "\"name\": \"d\", \"kind\": \"route\", \"width_m\": 60",
                        "\"LineString\", \"coordinates\": [[106.0, 29.0]]")))
                .hasMessageContaining("features[0].properties.sections=1 sections: must be a list with one object for "
                        + "each section: points - 1 = 2")
                .hasMessageContaining("features[1].properties.width_m=: must be there for a route")
                .hasMessageContaining("features[2].properties.width_m=256: must be a whole number from 1 to 255")
                .hasMessageContaining(
                        "features[2].properties.sections[0].longest_s=60: longest_s and shortest_s stand " + "together")
                .hasMessageContaining("features[3].geometry.coordinates=1 points: a route has 2 to 5000 points");
        assertThat(database.column("select name from hw.zone")).isEmpty();
    }

    /** Zones as a file, of properties and geometries in turn. */
    private static String features(String... parts) {
        List<String> features = new ArrayList<>();
        for (int i = 0; i < parts.length; i += 2) {
            features.add("{\"type\": \"Feature\", \"properties\": {" + parts[i] + "}, \"geometry\": {\"type\": "
                    + parts[i + 1] + "}}");
        }
        return "{\"type\": \"FeatureCollection\", \"features\": [" + String.join(", ", features) + "]}";
    }

    @Test
    void givesAnEnrolledTruckToItsCompanyWithWhatItDid() throws Exception {
        new Enrolment(database.databases().writer())
                .enrol(List.of(new Enrolment.Said("13912345678", "70111", "HW", "A000001", 2, "", 2019)));
        String vehicle = String.valueOf(database.one("select vehicle_id from hw.vehicle"));
        database.run(
                "insert into hw.vehicle_counter (vehicle_id, company_id, stored) values (" + vehicle + ", 0, 5)",
                "insert into hw.terminal_zone (vehicle_id, shape, zone_id, company_id) values (" + vehicle
                        + ", 'ROUTE', 1, 0)",
                "insert into hw.terminal_parameter (vehicle_id, parameter_id, company_id) values (" + vehicle
                        + ", 85, 0)");

        take(REGISTER);

        assertThat(database.one(
                        "select plate || ' ' || (company_id > 0) from hw.vehicle where vehicle_id = " + vehicle))
                .isEqualTo("渝B12345 true");
        for (String table : List.of("vehicle_counter", "terminal_zone", "terminal_parameter")) {
            assertThat(database.one("select (company_id > 0) from hw." + table))
                    .as(table)
                    .isEqualTo("t");
        }
        assertThat(database.one("select count(*) from hw.vehicle_version where vehicle_id = " + vehicle))
                .isEqualTo("2");
        assertThat(take(REGISTER).changes()).isZero();
    }

    @Test
    void saysWhereAFileStopsBeingJson() {
        assertThatThrownBy(() -> take("{\"haulwatch_register\": 1,\n\"companies\": [}"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("line 2: not JSON");
        assertThatThrownBy(() -> take("{}")).hasMessageContaining("neither a register");
        assertThatThrownBy(() -> take("{\"haulwatch_register\": 1, \"trucks\": []}"))
                .hasMessageContaining("trucks: no such part");
    }

    @Test
    void writesTheSetToAFileAndReadsTheSame() throws Exception {
        take(REGISTER);
        ReferenceSet set = loader.load();
        Path copy = folder.resolve("reference.json");
        ReferenceFile.write(copy, set);
        assertThat(ReferenceFile.read(copy)).contains(set);
    }
}
