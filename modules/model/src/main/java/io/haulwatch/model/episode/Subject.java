package io.haulwatch.model.episode;

/** Whom an episode is about. Hours of driving belong to a driver; while nobody is known, to the vehicle. */
public sealed interface Subject {
    /** Stable text of the subject: {@code vehicle:17}, {@code driver:4}. */
    String key();

    record OfVehicle(int vehicleId) implements Subject {
        @Override
        public String key() {
            return "vehicle:" + vehicleId;
        }
    }

    record OfDriver(int driverId) implements Subject {
        @Override
        public String key() {
            return "driver:" + driverId;
        }
    }

    /** The subject whose {@link #key} is {@code key}. */
    static Subject parse(String key) {
        int colon = key.indexOf(':');
        String kind = colon < 0 ? key : key.substring(0, colon);
        return switch (kind) {
            case "vehicle" -> new OfVehicle(Integer.parseInt(key.substring(colon + 1)));
            case "driver" -> new OfDriver(Integer.parseInt(key.substring(colon + 1)));
            default -> throw new IllegalArgumentException("subject is vehicle:<id> or driver:<id>: key=" + key);
        };
    }
}
