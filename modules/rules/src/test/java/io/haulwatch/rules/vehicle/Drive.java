package io.haulwatch.rules.vehicle;

import io.haulwatch.model.report.PositionRecord;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A truck's reports as a sheet writes them: local times and speeds. The truck goes east from a place near Chongqing as far as its speeds
 * say, so that place and speed agree unless a test has it otherwise.
 */
final class Drive {
    static final int VEHICLE = 17;
    static final int LATITUDE = 29_500_000;
    static final int LONGITUDE = 106_500_000;
    static final LocalDateTime DAY = LocalDateTime.of(2026, 3, 2, 0, 0);
    private static final int STATUS_FIXED_AND_IGNITION = 3;
    private static final double MICRODEG_PER_METRE = 1 / (0.111195 * Math.cos(Math.toRadians(29.5)));

    private final int vehicleId;
    final List<PositionRecord> reports = new ArrayList<>();
    long time;
    private double east;
    private double speed = Double.NaN;
    int status = STATUS_FIXED_AND_IGNITION;
    int flags;
    int satellites = PositionRecord.ABSENT_BYTE;
    int recorder = PositionRecord.ABSENT_SPEED;
    long delay = 2_000;
    private long stepMillis = 10_000;

    Drive() {
        this(VEHICLE);
    }

    Drive(int vehicleId) {
        this.vehicleId = vehicleId;
    }

    /** Local time of the day as ms since 1970 UTC. */
    static long at(String time) {
        return DAY.with(LocalTime.parse(time)).toInstant(ZoneOffset.ofHours(8)).toEpochMilli();
    }

    Drive every(int seconds) {
        stepMillis = seconds * 1000L;
        return this;
    }

    /** Reports one speed after the other, the first at {@code from}. */
    Drive speeds(String from, double... kmh) {
        time = at(from) - stepMillis;
        return go(kmh);
    }

    /** Goes on with one speed after the other. */
    Drive go(double... kmh) {
        for (double each : kmh) {
            step(stepMillis, each);
        }
        return this;
    }

    /** Goes on with one speed until a local time, that included. */
    Drive until(String to, double kmh) {
        while (time + stepMillis <= at(to)) {
            step(stepMillis, kmh);
        }
        return this;
    }

    /** One report after a pause, gone as far as the mean of both speeds says. */
    Drive step(long millis, double kmh) {
        double from = Double.isNaN(speed) ? kmh : speed;
        return place(millis, kmh, (from + kmh) / 2 / 3.6 * millis / 1000.0);
    }

    /** One report after a pause, gone a given way. */
    Drive place(long millis, double kmh, double metres) {
        time += millis;
        east += metres;
        speed = kmh;
        reports.add(report(east, kmh));
        return this;
    }

    /** One report beside the way; the truck itself stays on it. */
    Drive astray(double kmh, double metres) {
        time += stepMillis;
        double way = (Double.isNaN(speed) ? 0 : speed) / 3.6 * stepMillis / 1000.0;
        reports.add(report(east + metres, kmh));
        east += way;
        return this;
    }

    private PositionRecord report(double metresEast, double kmh) {
        byte[] body = ("body of " + time).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(PositionRecord.HEAD + body.length);
        int longitude = (int) Math.round(LONGITUDE + metresEast * MICRODEG_PER_METRE);
        PositionRecord.writeHead(
                bytes,
                0,
                flags,
                vehicleId,
                time + delay,
                time,
                time * 31 + longitude,
                0,
                status,
                LATITUDE,
                longitude,
                250,
                (int) Math.round(kmh * 10),
                90,
                satellites,
                PositionRecord.ABSENT_BYTE,
                PositionRecord.ABSENT_MILEAGE,
                recorder,
                body.length);
        bytes.put(PositionRecord.HEAD, body);
        return new PositionRecord().wrap(bytes, 0);
    }

    /** Degrees of longitude after so many metres. */
    static double longitude(double metresEast) {
        return (LONGITUDE + metresEast * MICRODEG_PER_METRE) / 1e6;
    }

    double metresEast() {
        return east;
    }

    Drive feed(VehicleStage stage) {
        reports.forEach(stage::onPosition);
        return this;
    }
}
