package io.haulwatch.gateway;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads a stream of terminal bytes in the plainest way, from the protocol sheet and not from our codec, and says which positions a gateway
 * bound to one phone must store, each as a line of text.
 */
final class PlainReader {
    private final String phone;
    private final List<String> stored = new ArrayList<>();

    private PlainReader(String phone) {
        this.phone = phone;
    }

    /** What must be stored of {@code stream}, which begins right behind a flag. */
    static List<String> read(byte[] stream, String phone) {
        PlainReader reader = new PlainReader(phone);
        int from = 0;
        for (int i = 0; i < stream.length; i++) {
            if (stream[i] == 0x7E) {
                reader.slice(Arrays.copyOfRange(stream, from, i));
                from = i + 1;
            }
        }
        return reader.stored;
    }

    private void slice(byte[] wire) {
        if (wire.length > 2090) {
            return;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        boolean escaped = false;
        for (byte b : wire) {
            if (escaped && b != 1 && b != 2) {
                return;
            }
            if (escaped) {
                plain.write(b == 1 ? 0x7D : 0x7E);
                escaped = false;
            } else if (b == 0x7D) {
                escaped = true;
            } else {
                plain.write(b);
            }
        }
        if (escaped) {
            return;
        }
        byte[] frame = plain.toByteArray();
        int xor = 0;
        for (byte b : frame) {
            xor ^= b;
        }
        if (frame.length < 13 || xor != 0) {
            return;
        }
        int id = u16(frame, 0);
        int attributes = u16(frame, 2);
        boolean is2019 = (attributes & 0x4000) != 0;
        int phoneAt = is2019 ? 5 : 4;
        int phoneBytes = is2019 ? 10 : 6;
        int header = phoneAt + phoneBytes + 2 + ((attributes & 0x2000) != 0 ? 4 : 0);
        if (frame.length - 1 < header) {
            return;
        }
        String sender = HexFormat.of()
                .withUpperCase()
                .formatHex(frame, phoneAt, phoneAt + phoneBytes)
                .replaceFirst("^0+", "");
        byte[] body = Arrays.copyOfRange(frame, header, frame.length - 1);
        boolean oversized = body.length > 0x3FF && (attributes & 0x1FFF) == body.length;
        boolean encrypted = (attributes & 0x1C00) != 0 && !oversized;
        boolean onePart = (attributes & 0x2000) == 0 || (u16(frame, header - 4) == 1 && u16(frame, header - 2) == 1);
        if (!sender.equals(phone) || encrypted || !onePart) {
            return;
        }
        int form = is2019 ? 8 : 0;
        switch (id) {
            case 0x0200 -> position(body, form, false);
            case 0x0201 -> {
                if (body.length >= 2) {
                    position(Arrays.copyOfRange(body, 2, body.length), form | 16, false);
                }
            }
            case 0x0704 -> batch(body, form);
            default -> {
                // Nothing to store.
            }
        }
    }

    private void batch(byte[] body, int form) {
        int at = 3;
        while (at + 2 <= body.length) {
            int length = u16(body, at);
            int end = Math.min(body.length, at + 2 + length);
            position(Arrays.copyOfRange(body, at + 2, end), form | (body[2] == 1 ? 3 : 1), end < at + 2 + length);
            at = end;
        }
    }

    private void position(byte[] body, int flags, boolean cut) {
        if (body.length < 28) {
            return;
        }
        boolean partial = cut;
        boolean safety = false;
        String mileage = "-";
        String recorder = "-";
        String signal = "-";
        String satellites = "-";
        boolean signalSeen = false;
        boolean satellitesSeen = false;
        int at = 28;
        while (at < body.length) {
            if (at + 2 > body.length || at + 2 + (body[at + 1] & 0xFF) > body.length) {
                partial = true;
                break;
            }
            int item = body[at] & 0xFF;
            int length = body[at + 1] & 0xFF;
            int value = at + 2;
            partial |= item == 0 && length == 0;
            safety |= item >= 0x64 && item <= 0x67 && length >= 31;
            if (item == 1 && length == 4 && mileage.equals("-")) {
                mileage = String.valueOf(u32(body, value));
            } else if (item == 3 && length == 2 && recorder.equals("-")) {
                recorder = String.valueOf(u16(body, value));
            } else if (item == 0x30 && !signalSeen && (length == 1 || length == 2)) {
                // Of an item sent twice the first of a right length counts, even if its number is none.
                signalSeen = true;
                signal = small(body, value, length);
            } else if (item == 0x31 && !satellitesSeen && (length == 1 || length == 2)) {
                satellitesSeen = true;
                satellites = small(body, value, length);
            }
            at = value + length;
        }
        if (mileage.equals("4294967295")) {
            mileage = "-";
        }
        if (recorder.equals("65535")) {
            recorder = "-";
        }
        long status = u32(body, 4);
        long latitude = Math.min(u32(body, 8), Integer.MAX_VALUE) * ((status & 4) != 0 ? -1 : 1);
        long longitude = Math.min(u32(body, 12), Integer.MAX_VALUE) * ((status & 8) != 0 ? -1 : 1);
        stored.add("flags=" + (flags | (partial ? 4 : 0) | (safety ? 32 : 0)) + " alarms=" + u32(body, 0) + " status="
                + status + " lat="
                + latitude + " lon=" + longitude + " alt=" + (short) u16(body, 16) + " speed=" + u16(body, 18)
                + " heading=" + u16(body, 20) + " time=" + time(body) + " mileage=" + mileage + " recorder=" + recorder
                + " signal=" + signal + " satellites=" + satellites + " body="
                + HexFormat.of().formatHex(body));
    }

    private static String small(byte[] body, int at, int length) {
        int value = length == 1 ? body[at] & 0xFF : length == 2 ? u16(body, at) : 255;
        return value >= 255 ? "-" : String.valueOf(value);
    }

    private static String time(byte[] body) {
        int[] parts = new int[6];
        for (int i = 0; i < 6; i++) {
            int high = (body[22 + i] >> 4) & 15;
            int low = body[22 + i] & 15;
            if (high > 9 || low > 9) {
                return "unreadable";
            }
            parts[i] = high * 10 + low;
        }
        try {
            return String.valueOf(LocalDateTime.of(2000 + parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
                    .toInstant(ZoneOffset.ofHours(8))
                    .toEpochMilli());
        } catch (DateTimeException e) {
            return "unreadable";
        }
    }

    private static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    private static long u32(byte[] bytes, int at) {
        return ((long) u16(bytes, at) << 16) | u16(bytes, at + 2);
    }
}
