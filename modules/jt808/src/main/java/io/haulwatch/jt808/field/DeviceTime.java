package io.haulwatch.jt808.field;

import io.haulwatch.model.report.PositionRecord;
import java.time.LocalDate;

/**
 * Time BCD[6], YY MM DD hh mm ss, years 2000 to 2099, GMT+8 on the wire and ms since 1970 UTC here. Only the calendar is
 * checked: whether a readable time is possible is for whoever knows the receive time.
 */
public final class DeviceTime {
    /** Bytes on the wire. */
    public static final int LENGTH = 6;

    private static final long GMT8_MILLIS = 8 * 3_600_000L;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int EPOCH_DAYS_2000 = 10_957;
    private static final int MONTHS = 16;
    /** By year × 16 + month: days from 1970 to the day before the month's first. */
    private static final int[] DAYS_BEFORE = new int[100 * MONTHS];
    /** By year × 16 + month: days in the month, 0 for the months 0 and 13 to 15. */
    private static final byte[] DAYS_IN = new byte[100 * MONTHS];

    static {
        int[] lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        int days = EPOCH_DAYS_2000;
        for (int year = 0; year < 100; year++) {
            for (int month = 1; month <= 12; month++) {
                int length = lengths[month - 1] + (month == 2 && year % 4 == 0 ? 1 : 0);
                DAYS_BEFORE[year * MONTHS + month] = days - 1;
                DAYS_IN[year * MONTHS + month] = (byte) length;
                days += length;
            }
        }
    }

    private DeviceTime() {}

    /**
     * Reads six bytes.
     *
     * @return ms since 1970 UTC, whole seconds, or {@link PositionRecord#UNREADABLE_TIME} if a nibble is above 9 or the date or
     *     the time of day does not exist
     */
    public static long millis(byte[] bytes, int at) {
        int year = Bcd.value(bytes[at]);
        int month = Bcd.value(bytes[at + 1]);
        int day = Bcd.value(bytes[at + 2]);
        int hour = Bcd.value(bytes[at + 3]);
        int minute = Bcd.value(bytes[at + 4]);
        int second = Bcd.value(bytes[at + 5]);
        if ((year | month | day | hour | minute | second) < 0
                || month > 12
                || day == 0
                || hour > 23
                || minute > 59
                || second > 59) {
            return PositionRecord.UNREADABLE_TIME;
        }
        int slot = year * MONTHS + month;
        if (day > DAYS_IN[slot]) {
            return PositionRecord.UNREADABLE_TIME;
        }
        int secondOfDay = (hour * 60 + minute) * 60 + second;
        return (DAYS_BEFORE[slot] + day) * DAY_MILLIS + secondOfDay * 1000L - GMT8_MILLIS;
    }

    /** Writes a time as a terminal would; parts of a second are cut off. Refuses years outside 2000 to 2099 (GMT+8). */
    public static void put(byte[] target, int at, long utcMillis) {
        long local = Math.floorDiv(utcMillis + GMT8_MILLIS, 1000L);
        long epochDay = Math.floorDiv(local, 86_400L);
        int secondOfDay = (int) Math.floorMod(local, 86_400L);
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        if (date.getYear() < 2000 || date.getYear() > 2099) {
            throw new IllegalArgumentException("the wire holds the years 2000 to 2099: utcMillis=" + utcMillis);
        }
        target[at] = Bcd.of(date.getYear() - 2000);
        target[at + 1] = Bcd.of(date.getMonthValue());
        target[at + 2] = Bcd.of(date.getDayOfMonth());
        target[at + 3] = Bcd.of(secondOfDay / 3600);
        target[at + 4] = Bcd.of(secondOfDay / 60 % 60);
        target[at + 5] = Bcd.of(secondOfDay % 60);
    }
}
