package io.haulwatch.store.position;

import io.haulwatch.model.report.PositionRecord;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A position for tests; what is not named is ordinary.
 *
 * @param bodyBytes the raw body is this many bytes of the vehicle's number
 */
record TestPosition(
        int vehicleId,
        Instant device,
        Instant received,
        long hash,
        int latitude,
        int longitude,
        int speed,
        int bodyBytes) {
    static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    /** Fixed by satellite, ignition on. */
    private static final int STATUS = 3;

    /** A truck that drives east at 72 km/h from 29.5 N 106.5 E, {@code second} seconds after {@link #START}. */
    static TestPosition at(int vehicleId, long second) {
        Instant device = START.plusSeconds(second);
        int east = (int) Math.round(second * 20.0 / (111_195.08 * Math.cos(Math.toRadians(29.5))) * 1e6);
        return new TestPosition(
                vehicleId, device, device.plusSeconds(2), second * 31 + 7, 29_500_000, 106_500_000 + east, 720, 28);
    }

    TestPosition receivedAt(Instant instant) {
        return new TestPosition(vehicleId, device, instant, hash, latitude, longitude, speed, bodyBytes);
    }

    TestPosition ofVehicle(int other) {
        return new TestPosition(other, device, received, hash, latitude, longitude, speed, bodyBytes);
    }

    TestPosition withDevice(Instant instant) {
        return new TestPosition(vehicleId, instant, received, hash, latitude, longitude, speed, bodyBytes);
    }

    TestPosition withHash(long otherHash) {
        return new TestPosition(vehicleId, device, received, otherHash, latitude, longitude, speed, bodyBytes);
    }

    TestPosition withSpeed(int deciKmh) {
        return new TestPosition(vehicleId, device, received, hash, latitude, longitude, deciKmh, bodyBytes);
    }

    PositionRecord record() {
        return record(device.equals(Instant.MIN) ? PositionRecord.UNREADABLE_TIME : device.toEpochMilli());
    }

    private PositionRecord record(long deviceMillis) {
        ByteBuffer buffer = ByteBuffer.allocate(PositionRecord.HEAD + bodyBytes);
        PositionRecord.writeHead(
                buffer,
                0,
                PositionRecord.FLAG_2019,
                vehicleId,
                received.toEpochMilli(),
                deviceMillis,
                hash,
                0x8000_0001,
                STATUS,
                latitude,
                longitude,
                -12,
                speed,
                359,
                PositionRecord.ABSENT_BYTE,
                PositionRecord.ABSENT_BYTE,
                PositionRecord.ABSENT_MILEAGE,
                PositionRecord.ABSENT_SPEED,
                bodyBytes);
        for (int i = 0; i < bodyBytes; i++) {
            buffer.put(PositionRecord.HEAD + i, (byte) (vehicleId + i));
        }
        return new PositionRecord().wrap(buffer, 0);
    }
}
