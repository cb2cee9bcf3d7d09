package io.haulwatch.analytics.fleet;

import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.RecordType;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Positions of one truck, made by hand: it drives north at a speed, stands, or says nothing. */
public final class Journey {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final double METRES_PER_MICRODEG = 0.111_32;

    private final int vehicleId;
    private final List<byte[]> records = new ArrayList<>();
    private final int stepSeconds;
    private long millis;
    private double latitudeMicrodeg = 20_000_000;
    private int flags;
    private int alarms;
    private byte[] items = {};

    private Journey(int vehicleId, String from, int stepSeconds) {
        this.vehicleId = vehicleId;
        this.stepSeconds = stepSeconds;
        this.millis = at(from);
    }

    /** A truck that reports each {@code stepSeconds} from {@code from} on. */
    public static Journey of(int vehicleId, String from, int stepSeconds) {
        return new Journey(vehicleId, from, stepSeconds);
    }

    /** {@code 2026-03-01T06:00} by the clock of China. */
    public static long at(String time) {
        return LocalDateTime.parse(time).atZone(ZONE).toInstant().toEpochMilli();
    }

    public Journey drive(int kmh, String until) {
        while (millis < at(until)) {
            report(kmh * 10, 3);
            latitudeMicrodeg += kmh / 3.6 * stepSeconds / METRES_PER_MICRODEG;
            millis += stepSeconds * 1_000L;
        }
        return this;
    }

    public Journey stand(String until) {
        while (millis < at(until)) {
            report(0, 3);
            millis += stepSeconds * 1_000L;
        }
        return this;
    }

    /** Parked with the engine off; the receiver wanders {@code metres} to and fro and says {@code kmh} while it does. */
    public Journey drift(double metres, int kmh, String until) {
        double home = latitudeMicrodeg;
        int i = 0;
        while (millis < at(until)) {
            latitudeMicrodeg = home + (i % 4 - 1.5) / 1.5 * metres / 2 / METRES_PER_MICRODEG;
            report(kmh * 10, 2);
            millis += stepSeconds * 1_000L;
            i++;
        }
        latitudeMicrodeg = home;
        return this;
    }

    public Journey park(String until) {
        while (millis < at(until)) {
            report(0, 2);
            millis += stepSeconds * 1_000L;
        }
        return this;
    }

    /** Says nothing until {@code until} and is {@code kilometres} further then. */
    public Journey silent(double kilometres, String until) {
        millis = at(until);
        latitudeMicrodeg += kilometres * 1_000 / METRES_PER_MICRODEG;
        return this;
    }

    /** From now on the reports carry these alarm flags. */
    public Journey alarms(int bits) {
        alarms = bits;
        return this;
    }

    /** From now on the reports carry these additional items; active-safety ones are marked as the gateway does. */
    public Journey items(byte[] raw) {
        items = raw;
        flags = raw.length == 0 ? flags & ~PositionRecord.FLAG_SAFETY : flags | PositionRecord.FLAG_SAFETY;
        return this;
    }

    public Journey backfill() {
        flags = PositionRecord.FLAG_BATCH | PositionRecord.FLAG_BACKFILL;
        return this;
    }

    /** A driver's card in or out, now. @param number of his qualification certificate, empty unless the card is in and was read */
    public Journey card(CardRecord.Event event, String name, String number) {
        records.add(new CardRecord(vehicleId, event, millis + 1_000, millis, name, number, "").bytes());
        return this;
    }

    /** A driver's card is in and was read. */
    public Journey cardIn(String name, String number) {
        return card(CardRecord.Event.IN, name, number);
    }

    /** Whatever card was in is out. */
    public Journey cardOut() {
        return card(CardRecord.Event.OUT, "", "");
    }

    private void report(int speedDeciKmh, int status) {
        ByteBuffer out = ByteBuffer.allocate(PositionRecord.HEAD + 28 + items.length);
        PositionRecord.writeHead(
                out,
                0,
                flags,
                vehicleId,
                millis + 1_000,
                millis,
                millis * 31 + vehicleId,
                alarms,
                status,
                (int) latitudeMicrodeg,
                106_500_000,
                300,
                speedDeciKmh,
                0,
                12,
                20,
                PositionRecord.ABSENT_MILEAGE,
                PositionRecord.ABSENT_SPEED,
                28 + items.length);
        out.put(PositionRecord.HEAD + 28, items);
        records.add(out.array());
    }

    /** The records as they lie in the log. */
    public List<byte[]> records() {
        return records;
    }

    /** Whether one of {@link #records} is a card. */
    public static boolean isCard(byte[] record) {
        return RecordType.of(ByteBuffer.wrap(record), 0) == RecordType.DRIVER;
    }

    /** The card that one of {@link #records} is. */
    public static CardRecord card(byte[] record) {
        return CardRecord.read(ByteBuffer.wrap(record), 0);
    }

    /** Looks at one of {@link #records} that is a position. */
    public static PositionRecord view(byte[] record) {
        return new PositionRecord().wrap(ByteBuffer.wrap(record), 0);
    }
}
