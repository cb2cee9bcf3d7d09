package io.haulwatch.console.risk;

import java.util.Map;

/** What a company's trucks and drivers drove in 180 days and what their alarms weigh, by id. */
record Driving(Map<Integer, Driven> trucks, Map<Integer, Driven> drivers) {
    Driving {
        trucks = Map.copyOf(trucks);
        drivers = Map.copyOf(drivers);
    }

    Driven of(Subject subject, int id) {
        return (subject == Subject.TRUCK ? trucks : drivers).getOrDefault(id, Driven.NOTHING);
    }

    /** One truck or driver. @param points of alarms, weighed by severity and age @param km30 of the last 30 days */
    record Driven(double points, double km, double km30) {
        static final Driven NOTHING = new Driven(0, 0, 0);

        Driven plus(Driven other) {
            return new Driven(points + other.points, km + other.km, km30 + other.km30);
        }
    }
}
