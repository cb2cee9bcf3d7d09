package io.haulwatch.store.register;

import io.haulwatch.store.register.TableColumn.Holds;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tables that can be imported, each with its columns: the one list behind reading, templates and reports. */
public enum TablePart {
    COMPANIES(
            TableColumn.needed("name", Holds.TEXT),
            TableColumn.needed("adcode", Holds.REGION),
            TableColumn.optional("licence_no", Holds.TEXT),
            TableColumn.optional("licence_expires", Holds.DAY),
            TableColumn.optional("contact_name", Holds.TEXT),
            TableColumn.optional("contact_phone", Holds.PHONE)),
    VEHICLES(
            TableColumn.needed("plate", Holds.PLATE),
            TableColumn.needed("plate_colour", Holds.COLOUR),
            TableColumn.needed("company", Holds.TEXT),
            TableColumn.needed("vehicle_class", Holds.CLASS),
            TableColumn.optional("vin", Holds.TEXT),
            TableColumn.optional("model", Holds.TEXT),
            TableColumn.optional("registered_on", Holds.DAY)),
    TERMINALS(
            TableColumn.needed("phone", Holds.TERMINAL_NUMBER),
            TableColumn.needed("plate", Holds.PLATE),
            TableColumn.needed("edition", Holds.EDITION),
            TableColumn.optional("maker", Holds.TEXT),
            TableColumn.optional("model", Holds.TEXT),
            TableColumn.optional("device_id", Holds.TEXT)),
    DRIVERS(
            TableColumn.needed("name", Holds.TEXT),
            TableColumn.needed("company", Holds.TEXT),
            TableColumn.optional("licence_no", Holds.TEXT),
            TableColumn.optional("phone", Holds.PHONE),
            TableColumn.optional("id_card", Holds.TEXT),
            TableColumn.optional("vehicle", Holds.PLATE)),
    PAPERS(
            TableColumn.needed("kind", Holds.PAPER_KIND),
            TableColumn.needed("owner", Holds.TEXT),
            TableColumn.needed("expires", Holds.DAY),
            TableColumn.optional("number", Holds.TEXT),
            TableColumn.optional("issued", Holds.DAY),
            TableColumn.optional("category", Holds.TEXT)),
    MAINTENANCE(
            TableColumn.needed("plate", Holds.PLATE),
            TableColumn.needed("done_on", Holds.DAY),
            TableColumn.optional("odometer_km", Holds.COUNT),
            TableColumn.optional("workshop", Holds.TEXT),
            TableColumn.optional("note", Holds.TEXT)),
    HAZARDS(
            TableColumn.needed("title", Holds.TEXT),
            TableColumn.needed("company", Holds.TEXT),
            TableColumn.needed("grade", Holds.GRADE),
            TableColumn.needed("found_on", Holds.DAY),
            TableColumn.needed("due_on", Holds.DAY),
            TableColumn.optional("closed_on", Holds.DAY),
            TableColumn.optional("owner_name", Holds.TEXT)),
    ACCIDENTS(
            TableColumn.needed("place", Holds.TEXT),
            TableColumn.needed("company", Holds.TEXT),
            TableColumn.needed("happened_on", Holds.DAY),
            TableColumn.optional("plate", Holds.PLATE),
            TableColumn.optional("driver", Holds.TEXT),
            TableColumn.optional("deaths", Holds.COUNT),
            TableColumn.optional("injured", Holds.COUNT),
            TableColumn.optional("responsibility", Holds.RESPONSIBILITY),
            TableColumn.optional("note", Holds.TEXT)),
    TRAINING(
            TableColumn.needed("driver", Holds.TEXT),
            TableColumn.needed("kind", Holds.TRAINING_KIND),
            TableColumn.needed("held_on", Holds.DAY),
            TableColumn.needed("hours", Holds.HOURS),
            TableColumn.optional("topic", Holds.TEXT));

    @SuppressWarnings("ImmutableEnumChecker") // made here, never changed
    private final List<TableColumn> columns;

    TablePart(TableColumn... columns) {
        this.columns = List.of(columns);
    }

    public List<TableColumn> columns() {
        return columns;
    }

    /** The word of the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its lines are things that happened: they are added and stay as they were said, unlike the register's own. */
    public boolean isOfDuties() {
        return switch (this) {
            case COMPANIES, VEHICLES, TERMINALS, DRIVERS, PAPERS -> false;
            case MAINTENANCE, HAZARDS, ACCIDENTS, TRAINING -> true;
        };
    }

    /** Whether lines of other tables name its lines: a company, a plate, a driver. */
    boolean isNamed() {
        return this == COMPANIES || this == VEHICLES || this == DRIVERS;
    }

    /** The column that says what a line is about. */
    TableColumn subject() {
        return this == PAPERS ? columns.get(1) : columns.getFirst();
    }

    /** Whether the column can be emptied on a page: nothing that others hang on, and nothing that is a row of its own. */
    public boolean canEmpty(String key) {
        TableColumn column = column(key);
        return column != null
                && !column.required()
                && this != PAPERS
                && !isOfDuties()
                && !key.equals("licence_expires")
                && !key.equals("id_card");
    }

    /** Whether its lines can be taken out of the register: a terminal goes with its vehicle, and a paper runs out. */
    public boolean canRetire() {
        return this == COMPANIES || this == VEHICLES || this == DRIVERS;
    }

    @Nullable
    TableColumn column(String key) {
        return columns.stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElse(null);
    }
}
