package io.haulwatch.jt808.field;

import io.haulwatch.model.report.PositionRecord;

/**
 * Time BCD[6] kept as its twelve digits YYMMDDhhmmss, GMT+8, for the places where it is more than a moment: a date of 000000 is a time of every day (areas
 * and routes), twelve zeros are no limit (searches).
 *
 * @param digits twelve hex digits as sent; empty if they were not there
 */
public record BcdTime(String digits) {
    /** No limit. */
    public static final BcdTime NONE = new BcdTime("000000000000");

    private static final int DIGITS = 12;
    private static final String NO_DATE = "000000";

    /** Reads six bytes. */
    public static BcdTime read(BodyReader in) {
        return new BcdTime(in.bcd(DeviceTime.LENGTH));
    }

    /** A time of every day. */
    public static BcdTime daily(int hour, int minute, int second) {
        Range.of("hour", hour, 0, 23);
        Range.of("minute", minute, 0, 59);
        Range.of("second", second, 0, 59);
        return new BcdTime(NO_DATE + two(hour) + two(minute) + two(second));
    }

    /** A moment, ms since 1970 UTC, years 2000 to 2099; parts of a second are cut off. */
    public static BcdTime at(long utcMillis) {
        byte[] bytes = new byte[DeviceTime.LENGTH];
        DeviceTime.put(bytes, 0, utcMillis);
        return new BcdTime(Bcd.hex(bytes, 0, bytes.length));
    }

    /** Whether the date part is 000000. */
    public boolean isDaily() {
        return digits.startsWith(NO_DATE);
    }

    /** Minutes since midnight, 0 to 1439, of a time of every day at a whole minute; -1 for a date, for seconds and for what is no time. */
    public int dailyMinute() {
        if (digits.length() != DIGITS || !isDaily() || !digits.endsWith("00")) {
            return -1;
        }
        int hour = pair(6);
        int minute = pair(8);
        return hour < 0 || hour > 23 || minute < 0 || minute > 59 ? -1 : 60 * hour + minute;
    }

    /** Two decimal digits; −1 if they are none. */
    private int pair(int at) {
        int high = Character.digit(digits.charAt(at), 10);
        int low = Character.digit(digits.charAt(at + 1), 10);
        return high < 0 || low < 0 ? -1 : 10 * high + low;
    }

    /** ms since 1970 UTC, or {@link PositionRecord#UNREADABLE_TIME}, also for a time of every day. */
    public long millis() {
        if (digits.length() != DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return PositionRecord.UNREADABLE_TIME;
        }
        return DeviceTime.millis(bytes(), 0);
    }

    /** The six bytes; refuses what is no time. */
    public byte[] bytes() {
        if (digits.length() != DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a time has twelve decimal digits: digits=" + digits);
        }
        byte[] bytes = new byte[DeviceTime.LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Bcd.of(Integer.parseInt(digits, 2 * i, 2 * i + 2, 10));
        }
        return bytes;
    }

    /** As people read it: "2026-03-15 14:30:05", "daily 08:00:00", or the digits where they are no time. */
    public String text() {
        if (digits.length() != DIGITS) {
            return digits;
        }
        String clock = digits.substring(6, 8) + ":" + digits.substring(8, 10) + ":" + digits.substring(10);
        if (isDaily()) {
            return "daily " + clock;
        }
        return "20" + digits.substring(0, 2) + "-" + digits.substring(2, 4) + "-" + digits.substring(4, 6) + " "
                + clock;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
