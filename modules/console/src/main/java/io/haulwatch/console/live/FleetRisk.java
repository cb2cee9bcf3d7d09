package io.haulwatch.console.live;

/** What colours a truck besides its motion. Thread-safe and quick. */
public interface FleetRisk {
    /** Highest severity of the vehicle's open alarms, 1 to 4, or 0. */
    int openSeverityOf(int vehicleId);

    /** Tenth of the company's risk score, 0 to 10, or -1 if it has none. */
    int decileOf(int companyId);

    /** Vehicles whose severity changed since the last call. */
    int[] changedVehicles();

    /** Rises when a company's score changed. */
    long scoresVersion();
}
