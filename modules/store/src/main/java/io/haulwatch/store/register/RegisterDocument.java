package io.haulwatch.store.register;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.model.paper.PaperCategory;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.model.register.VehicleClass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A register file as its author wrote it, every field checked by itself; whether it fits the register is {@link RegisterImport}'s
 * business. Both forms are read: the register file of {@code docs/operations/import.md}, and zones alone as a GeoJSON
 * FeatureCollection. Read piece by piece, because the register of a large fleet has hundreds of thousands of papers.
 */
final class RegisterDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> COLOURS = Set.of(1, 2, 3, 4, 5, 9, 91, 92, 93, 94);
    private static final String COMPANIES = "companies";
    private static final Set<Integer> EDITIONS = Set.of(2011, 2013, 2019);

    record Company(
            String path,
            String key,
            String name,
            String adcode,
            @Nullable String licenceNo,
            @Nullable String contactName,
            @Nullable String contactPhone,
            @Nullable LocalDate licenceExpires) {}

    record Terminal(
            String path,
            String phone,
            @Nullable String maker,
            @Nullable String model,
            @Nullable String deviceId,
            int edition) {}

    /** A terminal that stands by itself, with the plate of its vehicle. */
    record TerminalOf(String plate, Terminal terminal) {}

    record Vehicle(
            String path,
            String company,
            String plate,
            int plateColour,
            @Nullable String vin,
            VehicleClass vehicleClass,
            @Nullable String model,
            @Nullable LocalDate registeredOn,
            @Nullable Terminal terminal) {}

    record Driver(
            String path,
            String key,
            String company,
            String name,
            @Nullable String phone,
            @Nullable String idCard,
            @Nullable String licenceNo) {}

    record Assignment(
            String path,
            String vehicle,
            String driver,
            @Nullable Instant from,
            @Nullable Instant to) {}

    record Paper(
            String path,
            Owner ownerKind,
            String owner,
            String kind,
            String number,
            String category,
            @Nullable LocalDate issued,
            @Nullable LocalDate expires) {
        /** The operating licence is one column of the company's own line. */
        boolean isOfCompanyLine() {
            return path.startsWith(COMPANIES);
        }
    }

    record Hazard(
            String path,
            String company,
            String title,
            String grade,
            LocalDate foundOn,
            LocalDate dueOn,
            @Nullable LocalDate closedOn,
            @Nullable String ownerName) {}

    record Zone(
            String path,
            @Nullable String company,
            String name,
            String kind,
            int limitKmh,
            @Nullable LocalTime windowStart,
            @Nullable LocalTime windowEnd,
            double radiusMetres,
            ZoneGeometry.Shape shape,
            String geometry,
            @Nullable String sections,
            @Nullable Instant effectiveFrom) {}

    /** A second-level service of a truck. */
    record Service(
            String path,
            String plate,
            LocalDate doneOn,
            @Nullable Integer odometerKm,
            String workshop,
            String note) {}

    record Accident(
            String path,
            String company,
            LocalDate happenedOn,
            String place,
            @Nullable String plate,
            @Nullable String driver,
            int deaths,
            int injured,
            String responsibility,
            String note) {}

    /** @param driver licence number or name */
    record Training(String path, String driver, String kind, LocalDate heldOn, String hours, String topic) {}

    final List<Company> companies = new ArrayList<>();
    final List<Vehicle> vehicles = new ArrayList<>();
    final List<Driver> drivers = new ArrayList<>();
    final List<Assignment> assignments = new ArrayList<>();
    final List<Paper> papers = new ArrayList<>();
    /** Those with a wrong cell: whose they are is looked up all the same, so that all that is wrong with a line is said at once. */
    final List<Paper> wrongPapers = new ArrayList<>();

    final List<Hazard> hazards = new ArrayList<>();
    final List<Zone> zones = new ArrayList<>();
    final List<Service> services = new ArrayList<>();
    final List<Accident> accidents = new ArrayList<>();
    final List<Training> trainings = new ArrayList<>();
    final List<TerminalOf> terminals = new ArrayList<>();
    /** Names, plates and drivers of lines that were refused already: who refers to them is told so. */
    final Set<String> refused = new HashSet<>();
    /** Whether it came as a table: names instead of keys, those of the register too, and an empty cell leaves what is there. */
    final boolean isTable;

    final List<String> faults = new ArrayList<>();

    private boolean isRegister;
    private boolean isZones;

    private RegisterDocument(boolean isTable) {
        this.isTable = isTable;
    }

    /** An empty one, to be filled from a table. */
    static RegisterDocument table() {
        return new RegisterDocument(true);
    }

    /** @throws IOException if the file cannot be read or is not JSON of one of the two forms */
    static RegisterDocument read(Path file) throws IOException {
        RegisterDocument document = new RegisterDocument(false);
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ImportException(file.toString(), List.of("the file must hold one JSON object"));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                document.part(name, parser);
            }
        } catch (JsonProcessingException e) {
            throw new ImportException(
                    file.toString(),
                    List.of("line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ": not JSON: "
                            + e.getOriginalMessage()));
        }
        if (!document.isRegister && !document.isZones) {
            document.faults.addFirst(
                    "the file is neither a register (\"haulwatch_register\": 1) nor zones (\"type\": \"FeatureCollection\")");
        }
        return document;
    }

    private void part(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "haulwatch_register" -> {
                isRegister = true;
                if (parser.getValueAsInt() != 1) {
                    faults.add("haulwatch_register=" + parser.getText() + ": this release reads version 1");
                }
            }
            case "type" -> {
                isZones = parser.getValueAsString("").equals("FeatureCollection");
            }
            case COMPANIES -> each(name, parser, this::company);
            case "vehicles" -> each(name, parser, this::vehicle);
            case "drivers" -> each(name, parser, this::driver);
            case "assignments" -> each(name, parser, this::assignment);
            case "papers" -> each(name, parser, this::paper);
            case "hazards" -> each(name, parser, this::hazard);
            case "features" -> each(name, parser, this::zone);
            case "zones" -> {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String inner = parser.currentName();
                    parser.nextToken();
                    if (inner.equals("features")) {
                        each("zones.features", parser, this::zone);
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            default -> {
                // GeoJSON allows foreign members; in a register an unknown part is a spelling mistake.
                if (isRegister) {
                    faults.add(name + ": no such part of a register file");
                }
                parser.skipChildren();
            }
        }
    }

    private interface Reader {
        void read(Fields fields);
    }

    private void each(String part, JsonParser parser, Reader reader) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            faults.add(part + ": must be a list");
            parser.skipChildren();
            return;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            String path = part + "[" + i + "]";
            JsonNode element = JSON.readTree(parser);
            if (element.isObject()) {
                reader.read(new Fields(path, element, faults));
            } else {
                faults.add(path + ": must be an object");
            }
        }
    }

    private void company(Fields in) {
        String adcode = in.text("adcode");
        if (!adcode.matches("[0-9]{6}")) {
            in.fault("adcode", adcode, "must be a region of GB/T 2260, six digits");
        }
        companies.add(new Company(
                in.path(),
                in.text("key"),
                in.text("name"),
                adcode,
                in.optional("licence_no"),
                in.optional("contact_name"),
                in.optional("contact_phone"),
                in.date("licence_expires")));
    }

    private void vehicle(Fields in) {
        int colour = in.number("plate_colour", 2, 0, 255);
        if (!COLOURS.contains(colour)) {
            in.fault(
                    "plate_colour",
                    colour,
                    "must be one of JT/T 415: 1 blue, 2 yellow, 3 black, 4 white, 5 green, 9 other");
        }
        vehicles.add(new Vehicle(
                in.path(),
                in.text("company"),
                in.text("plate"),
                colour,
                in.optional("vin"),
                in.word("vehicle_class", VehicleClass.GENERAL),
                in.optional("model"),
                in.date("registered_on"),
                in.has("terminal") ? terminal(in.under("terminal")) : null));
    }

    private static Terminal terminal(Fields in) {
        String phone = in.text("phone").replaceFirst("^0+(?=.)", "");
        if (!phone.matches("[0-9A-Fa-f]{1,20}")) {
            in.fault("phone", phone, "must be the number in the terminal's header, at most 20 digits");
        }
        int edition = in.number("edition", 2019, 2011, 2019);
        if (!EDITIONS.contains(edition)) {
            in.fault("edition", edition, "must be 2011, 2013 or 2019");
        }
        return new Terminal(
                in.path(), phone, in.optional("maker"), in.optional("model"), in.optional("device_id"), edition);
    }

    private void driver(Fields in) {
        drivers.add(new Driver(
                in.path(),
                in.text("key"),
                in.text("company"),
                in.text("name"),
                in.optional("phone"),
                in.optional("id_card"),
                in.optional("licence_no")));
    }

    private void assignment(Fields in) {
        Instant from = in.instant("from");
        Instant to = in.instant("to");
        if (from != null && to != null && !from.isBefore(to)) {
            in.fault("to", to, "must be after from=" + from);
        }
        assignments.add(new Assignment(in.path(), in.text("vehicle"), in.text("driver"), from, to));
    }

    private void paper(Fields in) {
        LocalDate issued = in.date("issued");
        LocalDate expires = in.date("expires");
        if (issued != null && expires != null && expires.isBefore(issued)) {
            in.fault("expires", expires, "must not be before issued=" + issued);
        }
        String number = in.optional("number");
        String kind = in.text("kind");
        String said = in.optional("category");
        String category = PaperCategory.of(kind, said == null ? "" : said).orElse(null);
        if (category == null) {
            in.fault(
                    "category",
                    said,
                    "must be classes of a licence such as A2D, of a qualification GENERAL or DANGEROUS_GOODS");
        }
        in.text("owner_kind");
        papers.add(new Paper(
                in.path(),
                in.word("owner_kind", Owner.VEHICLE),
                in.text("owner"),
                kind,
                number == null ? "" : number,
                category == null ? "" : category,
                issued,
                expires));
    }

    private void hazard(Fields in) {
        String grade = in.text("grade");
        if (!grade.equals("general") && !grade.equals("major")) {
            in.fault("grade", grade, "must be general or major");
        }
        hazards.add(new Hazard(
                in.path(),
                in.text("company"),
                in.text("title"),
                grade,
                in.requiredDate("found_on"),
                in.requiredDate("due_on"),
                in.date("closed_on"),
                in.optional("owner_name")));
    }

    private void zone(Fields feature) {
        Fields in = feature.under("properties");
        ZoneGeometry geometry = ZoneGeometry.read(feature.under("geometry"));
        boolean circle = geometry.shape() == ZoneGeometry.Shape.CIRCLE;
        double radius = in.decimal("radius_m", 0, 1, 100_000);
        if (circle && radius == 0) {
            in.fault("radius_m", in.node("radius_m"), "must be there for a point");
        }
        int limit = in.number("limit_kmh", 0, 0, 160);
        List<LocalTime> window = in.window("window");
        zones.add(new Zone(
                feature.path(),
                in.optional("company"),
                in.text("name"),
                in.text("kind"),
                limit,
                window == null ? null : window.get(0),
                window == null ? null : window.get(1),
                circle ? radius : 0,
                geometry.shape(),
                geometry.json(),
                geometry.shape() == ZoneGeometry.Shape.ROUTE
                        ? RouteSections.read(in, geometry.places() - 1, limit)
                        : null,
                in.instant("effective_from")));
    }
}
