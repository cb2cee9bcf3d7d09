package io.haulwatch.store.register;

import io.haulwatch.model.paper.PaperCategory;
import io.haulwatch.model.register.PlateText;
import io.haulwatch.model.register.ReferenceSet.Paper.Owner;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.store.sheet.Sheet;
import io.haulwatch.store.sheet.Sheet.Line;
import io.haulwatch.store.sheet.SheetFile;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tables of the register as an Excel workbook or a CSV file holds them. Sheets are known by their titles, or by their columns; every cell is
 * checked by itself, and what is left of a line without faults goes into a {@link RegisterDocument}.
 */
final class RegisterTable {
    private static final Set<String> NOT_READ = Set.of(
            ImportWords.plain(ImportWords.of("zh").text("part.help")),
            ImportWords.plain(ImportWords.english().text("part.help")));

    /** A line as the report will name it. */
    record Place(@Nullable TablePart part, String sheet, int line, String name, Map<String, Title> titles) {}

    /** A column as the file has it. @param index from 0 */
    record Title(String text, int index) {
        String letter() {
            return index < 0
                    ? ""
                    : index < 26
                            ? String.valueOf((char) ('A' + index))
                            : String.valueOf((char) ('A' + index / 26 - 1)) + (char) ('A' + index % 26);
        }
    }

    final RegisterDocument document = RegisterDocument.table();
    final Faults faults = new Faults();
    final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Integer> vehicleLines = new HashMap<>();
    private final List<RegisterDocument.TerminalOf> terminals = new ArrayList<>();

    private RegisterTable() {}

    /** @throws io.haulwatch.store.sheet.SheetException if the file is not read at all */
    static RegisterTable read(byte[] content) throws IOException {
        RegisterTable table = new RegisterTable();
        List<Found> found = new ArrayList<>();
        for (Sheet sheet : SheetFile.read(content)) {
            if (!sheet.lines().isEmpty() && !NOT_READ.contains(ImportWords.plain(sheet.name()))) {
                Found each = table.recognised(sheet);
                if (each != null) {
                    found.add(each);
                }
            }
        }
        // Vehicles are known before the terminals that lie in them, whatever the order of the sheets.
        found.sort(Comparator.comparing(Found::part));
        found.forEach(table::lines);
        table.putTerminals();
        if (table.places.isEmpty()) {
            table.places.put("file", new Place(null, "", 1, "", Map.of()));
            table.faults.add("file", "", null, ImportRule.NO_LINES);
        }
        return table;
    }

    /** A sheet whose table and columns are known. */
    private record Found(TablePart part, Sheet sheet, Map<String, Title> titles) {}

    private @Nullable Found recognised(Sheet sheet) {
        Line header = sheet.lines().getFirst();
        TablePart part = partOf(sheet.name(), header);
        String path = "sheet:" + sheet.name() + ":" + header.number();
        if (part == null) {
            places.put(path, new Place(null, sheet.name(), header.number(), sheet.name(), Map.of()));
            faults.add(path, "", sheet.name(), ImportRule.UNKNOWN_SHEET);
            return null;
        }
        Map<String, Title> titles = new LinkedHashMap<>();
        List<String> known = new ArrayList<>();
        for (int i = 0; i < header.cells().size(); i++) {
            String text = header.cell(i).text();
            TableColumn column = columnOf(part, text);
            if (column == null) {
                if (!text.isEmpty()) {
                    titles.put("?" + i, new Title(text, i));
                    faults.add(path, "?" + i, text, ImportRule.UNKNOWN_COLUMN);
                }
            } else if (known.contains(column.key())) {
                titles.put("?" + i, new Title(text, i));
                faults.add(path, "?" + i, text, ImportRule.COLUMN_TWICE);
            } else {
                known.add(column.key());
                titles.put(column.key(), new Title(text, i));
            }
        }
        for (TableColumn column : part.columns()) {
            if (column.required() && !known.contains(column.key())) {
                faults.add(path, column.key(), null, ImportRule.MISSING_COLUMN);
            }
        }
        boolean whole = faults.all().stream().noneMatch(fault -> fault.path().equals(path));
        if (!whole) {
            places.put(path, new Place(part, sheet.name(), header.number(), sheet.name(), titles));
        }
        // Without its required columns every line would only repeat what the header's fault says.
        return part.columns().stream().allMatch(column -> !column.required() || known.contains(column.key()))
                ? new Found(part, sheet, titles)
                : null;
    }

    /** The table that a sheet is by its title, or the one that most of its columns belong to. */
    private static @Nullable TablePart partOf(String name, Line header) {
        String plain = ImportWords.plain(name);
        TablePart best = null;
        long most = 1;
        for (TablePart part : TablePart.values()) {
            if (plain.equals(part.word())
                    || ImportWords.all().stream()
                            .anyMatch(words -> plain.equals(ImportWords.plain(words.title(part))))) {
                return part;
            }
            long columns = part.columns().stream()
                    .filter(column ->
                            header.cells().stream().anyMatch(cell -> column.equals(columnOf(part, cell.text()))))
                    .count();
            if (columns > most) {
                best = part;
                most = columns;
            }
        }
        return best;
    }

    private static @Nullable TableColumn columnOf(TablePart part, String title) {
        String plain = ImportWords.plain(title);
        for (TableColumn column : part.columns()) {
            boolean named = ImportWords.plain(column.key()).equals(plain)
                    || ImportWords.all().stream()
                            .anyMatch(words -> ImportWords.plain(words.title(part, column.key()))
                                    .equals(plain));
            if (named && !plain.isEmpty()) {
                return column;
            }
        }
        return null;
    }

    private void lines(Found found) {
        for (Line line : found.sheet().lines().subList(1, found.sheet().lines().size())) {
            String path = found.part().word() + ":" + line.number();
            if (places.containsKey(path)) {
                // Two sheets of one kind may number their lines alike.
                path = path + ":" + places.size();
            }
            TableCells cells = new TableCells(path, found.titles(), line, faults);
            TableColumn subject = found.part().subject();
            places.put(
                    path,
                    new Place(
                            found.part(),
                            found.sheet().name(),
                            line.number(),
                            cells.raw(subject.key()),
                            found.titles()));
            if (!take(found.part(), path, cells) && found.part().isNamed()) {
                String said = cells.raw(subject.key());
                document.refused.add(subject.holds() == TableColumn.Holds.PLATE ? PlateText.plain(said) : said);
                String licence = found.part() == TablePart.DRIVERS ? cells.raw("licence_no") : "";
                if (!licence.isEmpty()) {
                    document.refused.add(licence);
                }
            }
        }
    }

    /** Takes a line into the document. @return false if one of its cells is wrong */
    private boolean take(TablePart part, String path, TableCells in) {
        return switch (part) {
            case COMPANIES -> company(path, in);
            case VEHICLES -> vehicle(path, in);
            case TERMINALS -> terminal(path, in);
            case DRIVERS -> driver(path, in);
            case PAPERS -> paper(path, in);
            case MAINTENANCE -> service(path, in);
            case HAZARDS -> hazard(path, in);
            case ACCIDENTS -> accident(path, in);
            case TRAINING -> training(path, in);
        };
    }

    private boolean company(String path, TableCells in) {
        String name = in.text("name");
        var company = new RegisterDocument.Company(
                path,
                name,
                name,
                in.text("adcode"),
                in.optional("licence_no"),
                in.optional("contact_name"),
                in.optional("contact_phone"),
                in.day("licence_expires"));
        return in.isRight() && document.companies.add(company);
    }

    private boolean vehicle(String path, TableCells in) {
        String vehicleClass = in.text("vehicle_class");
        String colour = in.text("plate_colour");
        String company = in.text("company");
        String plate = in.text("plate");
        String vin = in.optional("vin");
        String model = in.optional("model");
        LocalDate registeredOn = in.day("registered_on");
        if (!in.isRight()) {
            return false;
        }
        vehicleLines.putIfAbsent(plate, document.vehicles.size());
        return document.vehicles.add(new RegisterDocument.Vehicle(
                path,
                company,
                plate,
                Integer.parseInt(colour),
                vin,
                VehicleClass.valueOf(vehicleClass),
                model,
                registeredOn,
                null));
    }

    private boolean terminal(String path, TableCells in) {
        String phone = in.text("phone");
        String plate = in.text("plate");
        String edition = in.text("edition");
        String maker = in.optional("maker");
        String model = in.optional("model");
        String device = in.optional("device_id");
        return in.isRight()
                && terminals.add(new RegisterDocument.TerminalOf(
                        plate,
                        new RegisterDocument.Terminal(path, phone, maker, model, device, Integer.parseInt(edition))));
    }

    private boolean driver(String path, TableCells in) {
        var driver = new RegisterDocument.Driver(
                path,
                path,
                in.text("company"),
                in.text("name"),
                in.optional("phone"),
                in.optional("id_card"),
                in.optional("licence_no"));
        String vehicle = in.optional("vehicle");
        if (in.isRight() && vehicle != null) {
            document.assignments.add(new RegisterDocument.Assignment(path, vehicle, path, null, null));
        }
        return in.isRight() && document.drivers.add(driver);
    }

    private boolean paper(String path, TableCells in) {
        String kind = in.text("kind");
        String written = in.text("owner");
        String owner = ownerOf(kind) == Owner.VEHICLE ? PlateText.plain(written) : written;
        LocalDate issued = in.day("issued");
        LocalDate expires = in.day("expires");
        String number = in.optional("number");
        String category = category(kind, in);
        if (issued != null && expires != null && expires.isBefore(issued)) {
            in.fault("expires", ImportRule.ENDS_BEFORE_IT_BEGINS, issued);
        }
        var paper = new RegisterDocument.Paper(
                path, ownerOf(kind), owner, kind, number == null ? "" : number, category, issued, expires);
        if (!in.isRight() && !kind.isEmpty() && !owner.isEmpty()) {
            document.wrongPapers.add(paper);
        }
        return in.isRight() && document.papers.add(paper);
    }

    /** What a paper allows, as the register keeps it; empty if nothing is said or after writing down a fault. */
    private static String category(String kind, TableCells in) {
        String said = in.optional("category");
        if (said == null) {
            return "";
        }
        String word = ImportWords.meaning("goods", said);
        String category = PaperCategory.of(kind, word == null ? said : word).orElse(null);
        if (category == null) {
            in.fault("category", ImportRule.NO_CATEGORY);
        }
        return category == null ? "" : category;
    }

    private boolean service(String path, TableCells in) {
        String plate = in.text("plate");
        LocalDate doneOn = in.day("done_on");
        String odometer = in.optional("odometer_km");
        String workshop = in.optional("workshop");
        String note = in.optional("note");
        return in.isRight()
                && doneOn != null
                && document.services.add(new RegisterDocument.Service(
                        path, plate, doneOn, number(odometer), orEmpty(workshop), orEmpty(note)));
    }

    private boolean hazard(String path, TableCells in) {
        String company = in.text("company");
        String title = in.text("title");
        String grade = in.text("grade");
        LocalDate foundOn = in.day("found_on");
        LocalDate dueOn = in.day("due_on");
        LocalDate closedOn = in.day("closed_on");
        String owner = in.optional("owner_name");
        if (foundOn != null && dueOn != null && dueOn.isBefore(foundOn)) {
            in.fault("due_on", ImportRule.ENDS_BEFORE_IT_BEGINS, foundOn);
        }
        return in.isRight()
                && foundOn != null
                && dueOn != null
                && document.hazards.add(
                        new RegisterDocument.Hazard(path, company, title, grade, foundOn, dueOn, closedOn, owner));
    }

    private boolean accident(String path, TableCells in) {
        String company = in.text("company");
        String place = in.text("place");
        LocalDate happenedOn = in.day("happened_on");
        String plate = in.optional("plate");
        String driver = in.optional("driver");
        Integer deaths = number(in.optional("deaths"));
        Integer injured = number(in.optional("injured"));
        String responsibility = in.optional("responsibility");
        String note = in.optional("note");
        return in.isRight()
                && happenedOn != null
                && document.accidents.add(new RegisterDocument.Accident(
                        path,
                        company,
                        happenedOn,
                        place,
                        plate,
                        driver,
                        deaths == null ? 0 : deaths,
                        injured == null ? 0 : injured,
                        responsibility == null ? "unknown" : responsibility,
                        orEmpty(note)));
    }

    private boolean training(String path, TableCells in) {
        String driver = in.text("driver");
        String kind = in.text("kind");
        LocalDate heldOn = in.day("held_on");
        String hours = in.text("hours");
        String topic = in.optional("topic");
        return in.isRight()
                && heldOn != null
                && document.trainings.add(
                        new RegisterDocument.Training(path, driver, kind, heldOn, hours, orEmpty(topic)));
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text == null ? null : Integer.valueOf(text);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Owner ownerOf(String kind) {
        return kind.startsWith("co.") ? Owner.COMPANY : kind.startsWith("veh.") ? Owner.VEHICLE : Owner.DRIVER;
    }

    /** A terminal goes with its vehicle's line, so that a truck that enrolled itself is recognised by it; the others stand alone. */
    private void putTerminals() {
        for (RegisterDocument.TerminalOf each : terminals) {
            Integer line = vehicleLines.get(each.plate());
            RegisterDocument.Vehicle vehicle = line == null ? null : document.vehicles.get(line);
            if (line == null || vehicle == null || vehicle.terminal() != null) {
                document.terminals.add(each);
            } else {
                document.vehicles.set(
                        line,
                        new RegisterDocument.Vehicle(
                                vehicle.path(),
                                vehicle.company(),
                                vehicle.plate(),
                                vehicle.plateColour(),
                                vehicle.vin(),
                                vehicle.vehicleClass(),
                                vehicle.model(),
                                vehicle.registeredOn(),
                                each.terminal()));
            }
        }
    }
}
