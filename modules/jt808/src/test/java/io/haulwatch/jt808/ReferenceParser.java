package io.haulwatch.jt808;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A second reader of JT/T 808 streams, written from the sheet alone: slow, plain, and sharing no line with the product. Numbers are added up
 * digit by digit, bytes are a list of ints, and nothing is kept between slices.
 */
final class ReferenceParser {
    private static final int CAP = 2_090;
    private static final int PARTIAL = 4;
    /** An active-safety item of T/JSATL 12 long enough to hold an alarm. */
    private static final int SAFETY = 32;

    private ReferenceParser() {}

    static List<Event> parse(byte[] stream) {
        List<Event> events = new ArrayList<>();
        List<Integer> slice = new ArrayList<>();
        boolean first = true;
        for (byte b : stream) {
            if (b != 0x7E) {
                slice.add(b & 255);
                continue;
            }
            if (!slice.isEmpty()) {
                events.add(first ? refusal("noise", slice) : slice(slice));
            }
            first = false;
            slice = new ArrayList<>();
        }
        return events;
    }

    private static Event refusal(String cause, List<Integer> slice) {
        return new Event(cause, slice.size() + " bytes", "", List.of());
    }

    private static Event slice(List<Integer> slice) {
        if (slice.size() > CAP) {
            return refusal("too_long", slice);
        }
        List<Integer> plain = new ArrayList<>();
        for (int i = 0; i < slice.size(); i++) {
            if (slice.get(i) != 0x7D) {
                plain.add(slice.get(i));
            } else if (i + 1 < slice.size() && slice.get(i + 1) == 1) {
                plain.add(0x7D);
                i++;
            } else if (i + 1 < slice.size() && slice.get(i + 1) == 2) {
                plain.add(0x7E);
                i++;
            } else {
                return refusal("bad_escape", slice);
            }
        }
        if (plain.size() < 13) {
            return refusal("too_short", slice);
        }
        int check = 0;
        for (int b : plain) {
            check ^= b;
        }
        if (check != 0) {
            return refusal("bad_checksum", slice);
        }
        List<Integer> frame = plain.subList(0, plain.size() - 1);
        int attributes = (int) number(frame, 2, 2);
        boolean is2019 = (attributes / 0x4000) % 2 == 1;
        boolean packaged = (attributes / 0x2000) % 2 == 1;
        int phoneAt = is2019 ? 5 : 4;
        int phoneBytes = is2019 ? 10 : 6;
        int headerBytes = phoneAt + phoneBytes + 2 + (packaged ? 4 : 0);
        if (frame.size() < headerBytes) {
            return refusal("bad_header", slice);
        }
        List<Integer> body = frame.subList(headerBytes, frame.size());
        int serialAt = phoneAt + phoneBytes;
        int total = packaged ? (int) number(frame, serialAt + 2, 2) : 1;
        int part = packaged ? (int) number(frame, serialAt + 4, 2) : 1;
        int encryption = (attributes / 0x400) % 8;
        if (body.size() > 1023 && attributes % 0x2000 == body.size()) {
            encryption = 0;
        }
        int id = (int) number(frame, 0, 2);
        String header = id + (is2019 ? " 2019/" + frame.get(4) : " old") + " "
                + phone(frame.subList(phoneAt, serialAt)) + " " + number(frame, serialAt, 2) + " "
                + total + "/" + part + " enc" + encryption + " " + attributes % 0x400 + "/" + body.size();
        boolean readable = encryption == 0 && total == 1;
        return new Event("frame", header, hex(body), readable ? positions(id, is2019, body) : List.of());
    }

    private static String phone(List<Integer> raw) {
        String digits = hex(raw);
        while (digits.length() > 1 && digits.startsWith("0")) {
            digits = digits.substring(1);
        }
        return digits;
    }

    private static List<Event.Position> positions(int id, boolean is2019, List<Integer> body) {
        int flags = is2019 ? 8 : 0;
        List<Event.Position> positions = new ArrayList<>();
        if (id == 0x0200 && body.size() >= 28) {
            positions.add(position(body, flags));
        }
        if (id == 0x0201 && body.size() >= 30) {
            positions.add(position(body.subList(2, body.size()), flags + 16));
        }
        if (id == 0x0704 && body.size() >= 3) {
            flags += body.get(2) == 1 ? 3 : 1;
            int at = 3;
            while (body.size() - at >= 2) {
                int announced = (int) number(body, at, 2);
                at += 2;
                int there = Math.min(announced, body.size() - at);
                if (there >= 28) {
                    positions.add(position(body.subList(at, at + there), flags + (there < announced ? PARTIAL : 0)));
                }
                at += there;
            }
        }
        return positions;
    }

    private static Event.Position position(List<Integer> body, int givenFlags) {
        int flags = givenFlags;
        long status = number(body, 4, 4);
        long latitude = Math.min(number(body, 8, 4), Integer.MAX_VALUE);
        long longitude = Math.min(number(body, 12, 4), Integer.MAX_VALUE);
        if ((status / 4) % 2 == 1) {
            latitude = -latitude;
        }
        if ((status / 8) % 2 == 1) {
            longitude = -longitude;
        }
        long altitude = number(body, 16, 2);
        if (altitude > 32_767) {
            altitude -= 65_536;
        }
        long time = time(hex(body.subList(22, 28)));
        Set<Integer> seen = new HashSet<>();
        long mileage = 0xFFFF_FFFFL;
        long recorder = 0xFFFF;
        long signal = 255;
        long satellites = 255;
        int at = 28;
        while (at < body.size()) {
            int left = body.size() - at;
            if (left == 1 || left - 2 < body.get(at + 1)) {
                flags |= PARTIAL;
                break;
            }
            int id = body.get(at);
            int length = body.get(at + 1);
            if (id == 0 && length == 0) {
                flags |= PARTIAL;
            }
            if (id == 0x01 && length == 4 && !seen.contains(id)) {
                mileage = number(body, at + 2, 4);
            }
            if (id == 0x03 && length == 2 && !seen.contains(id)) {
                recorder = number(body, at + 2, 2);
            }
            if (id == 0x30 && (length == 1 || length == 2) && !seen.contains(id)) {
                signal = Math.min(255, number(body, at + 2, length));
            }
            if (id == 0x31 && (length == 1 || length == 2) && !seen.contains(id)) {
                satellites = Math.min(255, number(body, at + 2, length));
            }
            if (id >= 0x64 && id <= 0x67 && length >= 31) {
                flags |= SAFETY;
            }
            boolean right = (id == 0x01 && length == 4)
                    || (id == 0x03 && length == 2)
                    || ((id == 0x30 || id == 0x31) && (length == 1 || length == 2));
            if (right) {
                seen.add(id);
            }
            at += 2 + length;
        }
        return new Event.Position(
                flags,
                time,
                xxh64(time == Long.MIN_VALUE ? body : body.subList(0, 28)),
                (int) number(body, 0, 4),
                (int) status,
                (int) latitude,
                (int) longitude,
                (int) altitude,
                (int) number(body, 18, 2),
                (int) number(body, 20, 2),
                (int) satellites,
                (int) signal,
                mileage,
                (int) recorder,
                hex(body));
    }

    private static long time(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > '9') {
                return Long.MIN_VALUE;
            }
        }
        try {
            return 1000
                    * LocalDateTime.of(
                                    2000 + Integer.parseInt(digits.substring(0, 2)),
                                    Integer.parseInt(digits.substring(2, 4)),
                                    Integer.parseInt(digits.substring(4, 6)),
                                    Integer.parseInt(digits.substring(6, 8)),
                                    Integer.parseInt(digits.substring(8, 10)),
                                    Integer.parseInt(digits.substring(10, 12)))
                            .toEpochSecond(ZoneOffset.ofHours(8));
        } catch (DateTimeException e) {
            return Long.MIN_VALUE;
        }
    }

    private static long number(List<Integer> bytes, int at, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number * 256 + bytes.get(at + i);
        }
        return number;
    }

    private static String hex(List<Integer> bytes) {
        StringBuilder hex = new StringBuilder();
        for (int b : bytes) {
            hex.append("0123456789ABCDEF".charAt(b / 16)).append("0123456789ABCDEF".charAt(b % 16));
        }
        return hex.toString();
    }

    /** XXH64, seed 0, step by step as its description numbers the steps. */
    private static long xxh64(List<Integer> bytes) {
        long p1 = Long.parseUnsignedLong("11400714785074694791");
        long p2 = Long.parseUnsignedLong("14029467366897019727");
        long p3 = Long.parseUnsignedLong("1609587929392839161");
        long p4 = Long.parseUnsignedLong("9650029242287828579");
        long p5 = Long.parseUnsignedLong("2870177450012600261");
        int at = 0;
        long acc = p5;
        if (bytes.size() >= 32) {
            long[] lanes = {p1 + p2, p2, 0, -p1};
            while (bytes.size() - at >= 32) {
                for (int lane = 0; lane < 4; lane++) {
                    lanes[lane] = Long.rotateLeft(lanes[lane] + little(bytes, at, 8) * p2, 31) * p1;
                    at += 8;
                }
            }
            acc = Long.rotateLeft(lanes[0], 1)
                    + Long.rotateLeft(lanes[1], 7)
                    + Long.rotateLeft(lanes[2], 12)
                    + Long.rotateLeft(lanes[3], 18);
            for (long lane : lanes) {
                acc = (acc ^ (Long.rotateLeft(lane * p2, 31) * p1)) * p1 + p4;
            }
        }
        acc += bytes.size();
        while (bytes.size() - at >= 8) {
            acc = Long.rotateLeft(acc ^ (Long.rotateLeft(little(bytes, at, 8) * p2, 31) * p1), 27) * p1 + p4;
            at += 8;
        }
        if (bytes.size() - at >= 4) {
            acc = Long.rotateLeft(acc ^ (little(bytes, at, 4) * p1), 23) * p2 + p3;
            at += 4;
        }
        while (at < bytes.size()) {
            acc = Long.rotateLeft(acc ^ (bytes.get(at) * p5), 11) * p1;
            at++;
        }
        acc = (acc ^ (acc >>> 33)) * p2;
        acc = (acc ^ (acc >>> 29)) * p3;
        return acc ^ (acc >>> 32);
    }

    private static long little(List<Integer> bytes, int at, int count) {
        long number = 0;
        for (int i = count - 1; i >= 0; i--) {
            number = number * 256 + bytes.get(at + i);
        }
        return number;
    }
}
