package io.haulwatch.console.alarms;

import com.fasterxml.jackson.databind.JsonNode;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.personal.DriverName;
import io.haulwatch.model.episode.Episode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One alarm as lists, details and the live stream show it.
 *
 * @param cursor place in the episode stream of the revision shown
 * @param openedAt when the database first had it, null in the live stream
 */
public record AlarmRow(
        String id,
        long cursor,
        int revision,
        String rule,
        String ruleVersion,
        int severity,
        String state,
        String handling,
        String evidence,
        VehicleRef vehicle,
        @Nullable DriverRef driver,
        CompanyRef company,
        String startedAt,
        @Nullable String endedAt,
        @Nullable String openedAt,
        @Nullable String endedBy,
        JsonNode measures,
        JsonNode facts) {

    /** The vehicle of an alarm. */
    public record VehicleRef(int id, String plate) {}

    /** The driver of an alarm. */
    public record DriverRef(int id, @DriverName String name) {}

    /** The company of an alarm. */
    public record CompanyRef(int id, String name) {}

    /** A revision that came through the stream; names come from the book because the database may be away. */
    static AlarmRow live(
            long cursor, Episode episode, FleetBook book, String handling, JsonNode measures, JsonNode facts) {
        FleetBook.Vehicle vehicle = book.vehicle(episode.vehicleId());
        int companyId = vehicle == null ? 0 : vehicle.companyId();
        FleetBook.Company company = book.company(companyId);
        FleetBook.Driver driver = book.driver(episode.driverId());
        return new AlarmRow(
                episode.id().toString(),
                cursor,
                episode.revision(),
                word(episode.rule().name()),
                episode.ruleVersion(),
                episode.severity().level(),
                word(episode.state().name()),
                handling,
                word(episode.evidence().name()),
                new VehicleRef(episode.vehicleId(), vehicle == null ? "" : vehicle.plate()),
                driver == null ? null : new DriverRef(driver.id(), driver.name()),
                new CompanyRef(companyId, company == null ? "" : company.name()),
                Json.time(episode.startMillis()),
                Json.time(episode.endMillis()),
                null,
                episode.endedBy(),
                measures,
                facts);
    }

    /** A word of the model as the API writes it. */
    static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** When it started. */
    Instant started() {
        return Instant.parse(startedAt);
    }
}
